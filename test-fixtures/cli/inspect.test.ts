import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Place } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

describe('prove inspect', () => {
  it.each(['console', 'json', 'yaml'])('never tells what is secret: %s', async (output) => {
    place.write('prove.config.yml', 'states: [site]\n')
    const content = { path: '/tmp/x', content: 'hunter2', secret: true }
    place.states({ a: { 'file.managed': content } }, 'states/site.yml')
    const { exit, stdout } = await place.prove(['inspect', 'states', '-o', output])
    expect(exit).toBe(0)
    expect(stdout).toMatch(/content"?: ?"?secret/)
    expect(stdout).not.toMatch(/hunter2|sha256/)
  })

  it.each(['console', 'json', 'yaml'])('never tells an argument that is marked as secret: %s', async (output) => {
    place.write('prove.config.yml', 'states: [site]\n')
    const hash = `$6$salt$${'x'.repeat(40)}`
    place.states({ a: { 'user.present': { name: 'alice', password: hash } } }, 'states/site.yml')
    const { exit, stdout } = await place.prove(['inspect', 'states', '-o', output])
    expect(exit).toBe(0)
    expect(stdout).toMatch(/password"?: ?"?secret/)
    expect(stdout).not.toContain('xxx')
  })

  it.each<[string, object, readonly string[]]>([
    [
      'file.download',
      { path: '/x', url: 'https://a.example/f?key=hunter2', headers: { 'X-Key': 'hunter2' } },
      ['"https://a.example/f?secret"', '"headers":"secret"'],
    ],
    [
      'archive.extracted',
      { path: '/x', url: 'https://a.example/f#x', username: 'hunter2', password: 'hunter2' },
      ['"https://a.example/f#x"', '"username":"secret"', '"password":"secret"'],
    ],
    ['git.checkout', { path: '/x', repo: 'https://hunter2@a.example/f.git' }, ['"https://secret@a.example/f.git"']],
    ['git.checkout', { path: '/x', repo: 'ssh://git:hunter2@a.example/f' }, ['"ssh://secret@a.example/f"']],
    ['git.checkout', { path: '/x', repo: 'ssh://git@a.example/f' }, ['"ssh://git@a.example/f"']],
    ['net.wait', { url: 'http://me:hunter2@a.example:8080/?a=hunter2' }, ['"http://secret@a.example:8080/?secret"']],
    ['file.line', { path: '/x', line: 'hunter2', owner: 'root', secret: true }, ['"line":"secret"', '"owner":"root"']],
    ['file.block', { path: '/x', block: 'hunter2', secret: true }, ['"path":"/x"', '"block":"secret"']],
    [
      'file.replace',
      { path: '/x', regex: 'hunter2', replacement: 'hunter2', secret: true },
      ['"regex":"secret"', '"replacement":"secret"'],
    ],
    [
      'systemd.unit',
      { name: 'a.service', sections: { Service: { ExecStart: '/bin/hunter2' } }, secret: true },
      ['"name":"a.service"', '"sections":"secret"'],
    ],
  ])('never tells what is secret of %s with %j', async (name, args, told) => {
    place.write('prove.config.yml', 'states: [site]\n')
    place.states({ a: { [name]: args } }, 'states/site.yml')
    const { exit, stdout, stderr } = await place.prove(['inspect', 'states'])
    expect(exit, stderr).toBe(0)
    for (const each of told) expect(stdout).toContain(each)
    expect(stdout).not.toContain('hunter2')
  })

  it('tells where a value was replaced as a whole', async () => {
    place.write('prove.config.yml', 'targets: { local: { variables: { a: 5 } } }\n')
    place.write('variables/all.yml', 'a:\n  b: 1\n')
    const { stdout } = await place.prove(['inspect', 'vars', '--explain'])
    expect(stdout).toBe('a  5\n    = target local  5  prove.config.yml:1\n      global  a.b 1  variables/all.yml:2\n')
  })

  it('tells the variables of a component, the weakest layer, where it is named', async () => {
    place.write('prove.config.yml', 'targets: { local: {} }\n')
    place.write('variables/all.yml', 'port: 80\n')
    place.write('components/vhost/variables.yml', 'root: /srv\nport: 1\n')
    const { stdout } = await place.prove(['inspect', 'vars', '--explain', '--component', 'vhost'])
    expect(stdout).toContain('root  "/srv"\n    = component vhost  "/srv"  components/vhost/variables.yml:1\n')
    expect(stdout).toContain('      component vhost  1  components/vhost/variables.yml:2\n')
    const { exit, stderr } = await place.prove(['inspect', 'vars', '--component', 'vhsot'])
    expect([exit, stderr]).toEqual([1, expect.stringContaining('did you mean "vhost"?')])
  })
})

describe('what is remembered', () => {
  it.each([
    ['nothing', ''],
    ['a relative path', 'cache'],
  ])('is never kept in the catalog, where XDG_CACHE_HOME holds %s', async (_title, given) => {
    place.write('prove.config.yml', 'targets: { local: {} }\n')
    const { exit } = await place.prove(['facts'], { XDG_CACHE_HOME: given, HOME: place.path('home') })
    expect([exit, existsSync(place.path('prove')), existsSync(place.path('cache'))]).toEqual([0, false, false])
    expect(existsSync(place.path('home/.cache/prove'))).toBe(true)
  })

  it('is nothing where there is no place for it', async () => {
    place.write('prove.config.yml', 'targets: { local: {} }\n')
    const { exit } = await place.prove(['facts'], { XDG_CACHE_HOME: '', HOME: '' })
    expect([exit, existsSync(place.path('.cache')), existsSync(place.path('prove'))]).toEqual([0, false, false])
  })
})

describe('facts that are given to a check', () => {
  it('also choose targets', async () => {
    place.write('prove.config.yml', 'targets: { a: { executor: local }, b: { executor: local } }\nstates: [site]\n')
    place.write('states/site.yml', 'a:\n  file.directory: /tmp/{{ facts.os }}\n')
    place.write('facts.json', '{ "a": { "os": "debian" }, "b": { "os": "alpine" } }')
    const { stdout } = await place.prove(['check', '--facts', 'facts.json', '-t', 'fact:os=debian'])
    expect(stdout).toBe('ok  1 target, 1 state\n')
  })
})

describe('all facts at once', () => {
  it('may be made JSON of, and awaited', async () => {
    place.write('prove.config.yml', 'targets: { local: {} }\nstates: [site, code]\n')
    place.write('states/site.yml', 'a:\n  cmd.run: "{{ facts | dump | length }}"\n')
    place.write(
      'states/code.ts',
      'export default async ({ facts }) => ({ b: { "cmd.run": String((await (async () => facts)()).os) } })\n',
    )
    const { stdout } = await place.prove(['plan', '-o', 'json'])
    expect(stdout).not.toContain('PRV_')
    expect(stdout).toContain('"code:b"')
  })
})
