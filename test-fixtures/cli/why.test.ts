import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, Place } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
  place.write('prove.config.yml', 'targets: { local: { executor: local } }\nstates: [site]\n')
  const group = {
    members: { fetch: command('true'), unpack: { ...command('false'), requires: 'fetch' } },
    rescue: { undo: command('true') },
  }
  const conf = { 'file.managed': { path: place.path('conf'), content: 'x' }, notify: 'test' }
  const test = { ...command('true'), lazy: true, notify: 'reload' }
  const reload = { 'cmd.run': 'true', lazy: true, unless: 'false' }
  const alone = { ...command('true'), listen: 'quiet' }
  const quiet = { 'cmd.run': { command: 'true', changed_when: false } }
  const last = { ...command('true'), requires: 'nothing' }
  const nothing = command('exit 3')
  const deploy = { 'meta.group': group }
  place.states({ conf, test, reload, deploy, quiet, alone, nothing, last }, 'states/site.yml')
})

afterEach(() => place.remove())

const command = (line: string): object => ({ 'cmd.run': line })

const prove = (...args: readonly string[]): Promise<Ended> =>
  place.prove(args, { XDG_CACHE_HOME: place.path('.cache') })

const why = async (...args: readonly string[]): Promise<string> => {
  const { exit, stdout, stderr } = await prove('why', ...args)
  expect([exit, stderr]).toEqual([0, ''])
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  return stdout.replaceAll(/ +/g, ' ')
}

describe('prove why', () => {
  it('tells the place of a state, who wakes it, and its guards', async () => {
    const text = await why('reload')
    expect(text).toMatch(/^site:reload cmd\.run states\/site\.yml:\d+\n/)
    expect(text).toContain(' place 3 of 11\n soft after site:test\n')
    expect(text).toContain(' longest chain site:conf → site:test → site:reload\n')
    expect(text).toContain(' lazy runs only when notified\n notified by site:test (when changed)\n')
    expect(text).toContain(' guard unless false\n')
    expect(text).toContain(' last run no "prove apply" of local is remembered here\n')
  })

  it('tells the groups around a state', async () => {
    const text = await why('site:deploy/undo')
    expect(text).toContain(' by its group site:deploy/fetch, site:deploy/unpack\n')
    expect(text).toContain(' groups rescue of site:deploy\n runs only when a member of site:deploy failed\n')
    expect(await why('deploy')).toContain(
      ' its members site:deploy/fetch, site:deploy/unpack\n its rescue site:deploy/undo\n',
    )
  })

  it.each([
    ['site:relod', 'PRV_STATE_UNKNOWN', 'did you mean "site:reload"?'],
    ['undoo', 'PRV_STATE_UNKNOWN', 'did you mean "undo"?'],
  ])('refuses %s', async (id, code, hint) => {
    const { exit, stdout, stderr } = await prove('why', id)
    expect([exit, stdout]).toEqual([1, ''])
    expect(stderr).toContain(code)
    expect(stderr).toContain(hint)
  })

  it('refuses a short id that two states have', async () => {
    place.states({ a: { 'meta.group': { members: { conf: command('true') } } } }, 'other.yml')
    const { stderr } = await prove('why', 'conf', 'other.yml', 'states/site.yml')
    expect(stderr).toMatch(/"conf" may be any of other:a\/conf, \S*site:conf {2}PRV_STATE_AMBIGUOUS/)
  })
})

describe('the last run', () => {
  beforeEach(async () => {
    expect((await prove('apply')).exit).toBe(2)
  })

  it.each([
    ['conf', ' it was changed file.managed changed (type)'],
    ['reload', ' notified site:conf changed → site:test changed → site:reload'],
    ['undo', ' it was changed cmd.run changed (command)'],
    ['unpack', ' cmd.run rescued (command): exit 1; rescued by site:deploy'],
    ['alone', ' it did not run: it is lazy, and nobody notified it (site:quiet notifies it when changed, and was ok)'],
    ['last', ' cmd.run skipped: requires site:nothing, which did not succeed'],
    ['deploy', 'the worst outcome was rescued'],
  ])('tells what came of %s', async (id, says) => {
    const text = await why(id)
    expect(text).toMatch(/ last run \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: failed\n/)
    expect(text.replaceAll(/\s+/g, ' ')).toContain(says)
  })

  it('tells a state that it was not about', async () => {
    place.states({ new: command('true') }, 'new.yml')
    expect(await why('new', 'new.yml')).toContain('it was not among the states of that run')
  })

  it('gives data to programs', async () => {
    const { exit, stdout } = await prove('why', 'reload', '-o', 'json')
    expect(exit).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      target: 'local',
      state: 'site:reload',
      functions: ['cmd.run'],
      order: {
        position: 3,
        of: 11,
        after: [{ state: 'site:test', by: ['soft'] }],
        longestChain: ['site:conf', 'site:test', 'site:reload'],
      },
      lazy: true,
      deferred: false,
      notifiedBy: [{ state: 'site:test', on: 'changed' }],
      groups: [],
      gates: [],
      guards: [{ part: 0, fn: 'cmd.run', unless: ['false'], onlyif: [], when: false }],
      lastRun: {
        outcome: 'failed',
        runs: [
          {
            parts: [{ outcome: 'changed', notifiedBy: ['site:test'] }],
            chains: [
              [
                { state: 'site:conf', outcome: 'changed' },
                { state: 'site:test', outcome: 'changed' },
                { state: 'site:reload' },
              ],
            ],
          },
        ],
      },
    })
  })
})
