import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { eventsOf, invocationsOf, Place, targetOf, until } from './prove.js'

let place = new Place()
beforeEach(() => {
  place.remove()
  place = new Place()
})
afterAll(() => place.remove())

const cacheIn = (): Record<string, string> => ({ XDG_CACHE_HOME: place.path('cache') })

const tripsOf = async (...words: readonly string[]): Promise<number> => {
  const ended = await place.prove([...words, '-o', 'json'], cacheIn())
  expect(ended).toMatchObject({ exit: 0, stderr: '' })
  return targetOf(ended).roundTrips
}

/** The file of remembered facts. */
const remembered = (): string => {
  // Beside them is what V8 has compiled.
  const [catalog = ''] = readdirSync(place.path('cache/prove')).filter((name) => name !== 'code')
  return join(place.path('cache/prove'), catalog, 'facts/local.json')
}

const forge = (change: (facts: Record<string, unknown>) => void): void => {
  const cached = JSON.parse(readFileSync(remembered(), 'utf8')) as { facts: Record<string, unknown> }
  change(cached.facts)
  writeFileSync(remembered(), JSON.stringify(cached))
}

const told = (): string =>
  [
    'export default ({ facts }) => ({',
    `  told: { 'file.managed': { path: '${place.path('told')}', content: \`\${facts.hostname} \${facts.cpus}\\n\` } },`,
    '})',
    '',
  ].join('\n')

describe.sequential('facts', () => {
  it('reach templates and code, lazy ones when they are asked for', async () => {
    place.write(
      'site.ts',
      `export default ({ facts }) => ({ told: { 'file.managed': { path: '${place.path('told')}', content: Object.keys(facts.users).join(' ') } } })`,
    )
    // One round trip for the facts, one for the users, and three to write a file.
    await tripsOf('apply', 'site.ts')
    expect(readFileSync(place.path('told'), 'utf8').split(' ')).toContain('root')
  })

  it('that are remembered save the first round trip, and are confirmed in the one that is left', async () => {
    place.write('site.ts', told())
    await tripsOf('apply', 'site.ts')
    expect(await tripsOf('apply', 'site.ts')).toBe(1)
    expect(await tripsOf('plan', 'site.ts')).toBe(1)
    expect(statSync(remembered()).mode & 0o777).toBe(0o600)
  })

  it('that are not true any more decide nothing', async () => {
    place.write('site.ts', told())
    await tripsOf('apply', 'site.ts')
    const right = readFileSync(place.path('told'), 'utf8')
    forge((facts) => {
      facts['hostname'] = 'another'
      facts['cpus'] = 4096
    })
    const ended = await place.prove(['apply', 'site.ts', '-o', 'json'], cacheIn())
    expect(invocationsOf(ended).map(({ outcome }) => outcome)).toEqual(['ok'])
    expect(targetOf(ended).roundTrips).toBe(2)
    expect(readFileSync(place.path('told'), 'utf8')).toBe(right)
    expect(await tripsOf('apply', 'site.ts')).toBe(1)
  })

  it('of another shell are not believed either', async () => {
    place.states({ a: { 'file.directory': { path: place.path('a') } } })
    await tripsOf('apply', 'site.yml')
    forge((facts) => {
      facts['dialect'] = facts['dialect'] === 'gnu' ? 'busybox' : 'gnu'
    })
    expect(await tripsOf('apply', 'site.yml')).toBe(2)
    forge((facts) => {
      delete facts['boot']
    })
    expect(await tripsOf('apply', 'site.yml')).toBe(2)
    writeFileSync(remembered(), '{ broken')
    expect(await tripsOf('apply', 'site.yml')).toBe(2)
    expect(await tripsOf('apply', 'site.yml')).toBe(1)
  })

  it('leave the lock what it is', async () => {
    place.states({ a: { 'file.directory': { path: place.path('a') } } })
    await tripsOf('apply', 'site.yml')
    const wait = `echo begun >begun; until [ -e go ]; do :; done`
    place.states({ wait: { 'cmd.run': { command: wait, cwd: place.folder } } }, 'wait.yml')
    const first = place.start(['apply', 'wait.yml'], cacheIn())
    await until('the running step', () => existsSync(place.path('begun')))
    place.states({ b: { 'file.directory': { path: place.path('b') } } })
    const second = await place.prove(['apply', 'site.yml', '-o', 'json'], cacheIn())
    expect(second.stdout).toContain('PRV_TARGET_LOCKED')
    expect(existsSync(place.path('b'))).toBe(false)
    place.write('go', '')
    expect((await first.ended).exit).toBe(0)
  })

  it('let a catalog be checked without reaching the target', async () => {
    place.write('prove.config.json', '{ "states": ["site"] }')
    place.write('states/site.ts', told())
    const ignorant = await place.prove(['check'], cacheIn())
    expect(ignorant).toMatchObject({ exit: 1 })
    expect(ignorant.stdout).toContain('PRV_FACTS_NEEDED')
    await tripsOf('facts')
    expect(await place.prove(['check'], cacheIn())).toMatchObject({ exit: 0 })
  })

  it('may be given to a check in a file', async () => {
    place.write('prove.config.json', '{ "states": ["site"] }')
    place.write('states/site.ts', told())
    const facts = await place.prove(['facts', '-o', 'json'])
    place.write('facts.json', facts.stdout)
    expect(await place.prove(['check', '--facts', 'facts.json'])).toMatchObject({ exit: 0 })
    place.write('map.json', '{ "local": { "hostname": "x", "cpus": 1 } }')
    expect(await place.prove(['check', '--facts', 'map.json'])).toMatchObject({ exit: 0 })
    expect(await place.prove(['check', '--facts', 'none.json'])).toMatchObject({ exit: 1 })
  })

  it('are told by their names, and no others', async () => {
    const ended = await place.prove(['facts', 'os', 'cpus', '-o', 'json'])
    const names = eventsOf(ended).flatMap((event) => (event.type === 'target' ? Object.keys(event.result ?? {}) : []))
    expect(names).toEqual(['cpus', 'os'])
    const refused = await place.prove(['facts', 'hostnam', 'os', 'nothing-like-it'])
    expect(refused).toMatchObject({ exit: 1, stdout: '' })
    expect(refused.stderr.match(/PRV_FACT_UNKNOWN/g)).toHaveLength(2)
    expect(refused.stderr).toContain('did you mean "hostname"?')
  })

  it('choose targets', async () => {
    place.write('prove.config.json', '{ "targets": { "a": { "executor": "local" }, "b": { "executor": "local" } } }')
    const ignorant = await place.prove(['ping', '-t', 'fact:kernel=Linux'], cacheIn())
    expect(ignorant.stderr).toContain('PRV_FACTS_NEEDED')
    await place.prove(['facts', '-t', 'a'], cacheIn())
    const one = await place.prove(['ping', '-t', 'a and fact:kernel=Linux', '-o', 'json'], cacheIn())
    expect(eventsOf(one)[0]).toMatchObject({ targets: ['a'] })
  })

  it('are told even where they cannot be remembered', async () => {
    const ended = await place.prove(['facts', '-o', 'json'], { XDG_CACHE_HOME: '/dev/null/x' })
    expect(ended).toMatchObject({ exit: 0, stderr: '' })
    expect(existsSync('/dev/null/x')).toBe(false)
  })
})
