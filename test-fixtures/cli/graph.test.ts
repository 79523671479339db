import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, Place } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
  place.write('prove.config.yml', 'targets: { local: { executor: local } }\nstates: [site]\n')
})

afterEach(() => place.remove())

const prove = (...args: readonly string[]): Promise<Ended> =>
  place.prove(args, { XDG_CACHE_HOME: place.path('.cache') })

const output = async (...args: readonly string[]): Promise<string> => {
  const { exit, stdout, stderr } = await prove(...args)
  expect([exit, stderr]).toEqual([0, ''])
  return stdout
}

const refused = async (...args: readonly string[]): Promise<string> => {
  const { exit, stdout, stderr } = await prove(...args)
  // Whoever asked for events is told of the error by one.
  expect([exit, stdout.replace(/^\{"type":"error".*\n$/, '')]).toEqual([1, ''])
  expect(stderr).not.toContain('    at ')
  return stderr
}

const conf = { 'file.managed': { path: '/nowhere/conf', content: 'hunter2', secret: true }, notify: 'reload' }
const reload = { 'cmd.run': 'true', lazy: true }
const command = (line: string): object => ({ 'cmd.run': line })
const site = { conf, reload, bye: { ...command('echo bye'), defer: true, after: 'conf' } }

describe('prove graph', () => {
  it('shows the order of the run, and every edge', async () => {
    place.states(site, 'states/site.yml')
    expect(await output('graph')).toMatch(
      new RegExp(
        [
          '^local: 3 states in the order they run',
          '',
          ' 1\\. site:conf  states/site.yml:\\d+',
          '       notify          site:reload',
          ' 2\\. site:reload  \\[lazy\\]  states/site.yml:\\d+',
          '       soft after      site:conf',
          ' 3\\. site:bye  \\[deferred\\]  states/site.yml:\\d+',
          '       after           site:conf',
          '$',
        ].join('\n'),
      ),
    )
  })

  it.each(['text', 'dot', 'mermaid'])('never tells an argument: %s', async (format) => {
    place.states(site, 'states/site.yml')
    expect(await output('graph', '--format', format)).not.toMatch(/hunter2|sha256/)
  })

  it('gives data to programs', async () => {
    place.states(site, 'other.yml')
    const graph = JSON.parse(await output('graph', 'other.yml', '-o', 'json')) as Record<string, readonly unknown[]>
    expect(graph['nodes']?.[1]).toEqual({
      id: 'other:reload',
      place: expect.stringMatching(/^other\.yml:\d+$/) as string,
      functions: ['cmd.run'],
      lazy: true,
      deferred: false,
      group: false,
    })
    expect(graph['edges']).toEqual([
      { from: 'other:conf', to: 'other:reload', kind: 'notify' },
      { from: 'other:reload', to: 'other:conf', kind: 'soft' },
      { from: 'other:bye', to: 'other:conf', kind: 'after' },
    ])
  })

  it('is about one target', async () => {
    place.write('prove.config.yml', 'targets: { a: { executor: local }, b: { executor: local } }\nstates: [site]\n')
    place.states(site, 'states/site.yml')
    const stderr = await refused('graph')
    expect(stderr).toContain('"prove graph" is about one target, and these are 2: a, b  PRV_USAGE')
    expect(stderr).toContain('-t a')
    expect(await output('graph', '-t', 'b')).toContain('b: 3 states')
  })

  it.each([
    [['--format', 'svg'], 'it is text, dot or mermaid'],
    [['--format', 'dot', '-o', 'json'], 'are two answers'],
    [['-o', 'yaml'], 'it is console or json'],
    [['--run'], 'run "prove apply" first'],
  ])('refuses %j', async (args, says) => {
    place.states(site, 'states/site.yml')
    expect(await refused('graph', ...args)).toContain(says)
  })

  it('says which facts decide, and asks nobody', async () => {
    place.write('states/site.yml', 'a:\n  cmd.run: "echo {{ facts.os }}"\n')
    expect(await refused('graph')).toContain('PRV_FACTS_NEEDED')
    await output('facts')
    expect(await output('graph')).toContain('site:a')
  })

  it('asks for states where the catalog has none', async () => {
    place.write('prove.config.yml', 'targets: { local: {} }\n')
    expect(await refused('graph')).toContain('no state file was named, and the catalog gives local none')
  })
})

describe('the last run', () => {
  const touch = { 'file.managed': { path: '', content: 'hunter2' } }
  const ran = {
    conf: { ...touch, notify: 'reload' },
    reload,
    idle: reload,
    bad: { 'cmd.run': { command: 'echo oops >&2; exit 1' } },
    worse: { ...command('true'), requires: 'bad' },
  }

  const applied = async (): Promise<void> => {
    const { conf: written, ...rest } = ran
    const file = { path: place.path('conf'), content: 'hunter2', secret: true }
    place.states({ conf: { ...written, 'file.managed': file }, ...rest }, 'states/site.yml')
    expect((await prove('apply')).exit).toBe(2)
  }

  const record = (): string => {
    const root = place.path('.state/prove')
    const runs = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'))
    expect(runs).toHaveLength(1)
    return join(root, runs[0] ?? '')
  }

  it('colours the graph', async () => {
    await applied()
    const text = await output('graph', '--run')
    expect(text).toMatch(/^local: 5 states in the order they run; last run \d{4}-.*Z: failed\n/)
    for (const line of [
      'conf  changed',
      'reload  [lazy]  changed',
      'idle  [lazy]  not run',
      'bad  failed',
      'worse  skipped',
    ]) {
      expect(text).toContain(` site:${line}  `)
    }
    expect(await output('graph', '--run', '--format', 'dot')).toContain('site:bad\\nfailed", style="filled"')
    expect(await output('graph', '--run', '--format', 'mermaid')).toContain('classDef failed fill:')
    const json = JSON.parse(await output('graph', '--run', '-o', 'json')) as Record<string, readonly unknown[]>
    expect(json['nodes']?.[2]).toMatchObject({ id: 'site:idle', outcome: null, times: 0 })
    expect(json['run']).toMatchObject({ outcome: 'failed' })
  })

  it('is kept whole, for its owner alone, and without values', async () => {
    await applied()
    expect(statSync(record()).mode & 0o777).toBe(0o600)
    expect(readFileSync(record(), 'utf8')).not.toContain('hunter2')
  })

  it('is that of an apply, not of a plan', async () => {
    place.states({ a: command('true') }, 'states/site.yml')
    expect((await prove('plan')).exit).toBe(0)
    expect(await refused('graph', '--run')).toContain('no "prove apply" of local is remembered here')
  })

  it('is the one before where that of now did not reach the target', async () => {
    await applied()
    const other = { targets: { local: { executor: 'local' }, other: { executor: 'local' } }, states: ['site'] }
    place.write('prove.config.yml', JSON.stringify(other))
    expect((await prove('apply', '-t', 'other')).exit).toBe(2)
    expect(await output('graph', '-t', 'local', '--run')).toContain(' site:conf  changed  ')
    expect(await output('graph', '-t', 'other', '--run')).toContain(' site:conf  ok  ')
  })

  it('that is broken is none', async () => {
    await applied()
    place.write(record().slice(place.folder.length + 1), '{"started": 1}\n{"type": "run"}\n')
    expect(await refused('graph', '--run')).toContain('PRV_USAGE')
  })
})
