import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, eventsOf, lineOf, Place, targetOf } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
  mkdirSync(place.path('etc'))
  configure()
})

afterEach(() => place.remove())

/** Whose notifications these are. */
const configure = (more: object = {}): string =>
  place.write('prove.config.json', JSON.stringify({ name: 'cli-ledger', ...more }))

/** A reload that fails until the file `go` is there, and the file that asks for it. */
const reload = (): object => ({
  'cmd.run': { command: 'test -e go && touch reloaded', cwd: place.folder },
  lazy: true,
})

const conf = (notify: unknown = 'reload', content = 'one'): object => ({
  'file.managed': { path: place.path('etc/conf'), content },
  notify,
})

const apply = (...more: readonly string[]): Promise<Ended> => place.prove(['apply', 'site.yml', ...more])

/** A change whose notification is made, and not answered. */
const leaveOne = async (states: Record<string, unknown> = { conf: conf(), reload: reload() }): Promise<void> => {
  place.states(states)
  expect((await apply()).exit).toBe(2)
}

const ledger = (): string => join(dirname(place.lock), 'ledger')

/** States of the entries that the target keeps. */
const pending = async (...more: readonly string[]): Promise<readonly string[]> => {
  const ended = await place.prove(['status', '-o', 'json', ...more])
  expect(ended).toMatchObject({ exit: 0, stderr: '' })
  const answered = eventsOf(ended).find((event) => event.type === 'target' && event.event === 'answered')
  const { result } = answered as { readonly result: Record<string, readonly { readonly state: string }[]> }
  return (result['pending'] ?? result['dismissed'] ?? []).map(({ state }) => state)
}

const strayed = (ended: Ended): readonly string[] =>
  eventsOf(ended).flatMap((event) =>
    event.type === 'target' && event.event === 'strayed' ? [String(event.entry?.['state'])] : [],
  )

describe.sequential('what an earlier run could not answer', () => {
  it('is answered by the next, which says so, and so does its plan', async () => {
    await leaveOne()
    expect(await pending()).toEqual(['site:reload'])
    place.write('go', '')
    const earlier = /site:reload .*notified by site:conf in an earlier run, at 20\d\d-\d\d-\d\dT[\d:.]+Z/
    const plan = await place.prove(['plan', 'site.yml'])
    expect(plan).toMatchObject({ exit: 0, stdout: expect.stringMatching(earlier) })
    expect(existsSync(place.path('reloaded'))).toBe(false)
    const run = await apply()
    expect(run).toMatchObject({ exit: 0, stdout: expect.stringMatching(earlier) })
    expect(existsSync(place.path('reloaded'))).toBe(true)
    expect(await pending()).toEqual([])
    expect(readdirSync(ledger())).toEqual([])
    const last = await apply('-v')
    expect(last.stdout).not.toContain('site:reload')
    expect((await place.prove(['status'])).stdout).toContain('local  nothing is pending')
  })

  it('stays while it fails, and is told as old also when it is notified anew', async () => {
    await leaveOne()
    const again = await apply('-o', 'json')
    expect(again.exit).toBe(2)
    const { notifiedSince } = lineOf(again, 'site:reload')
    expect(notifiedSince).toMatch(/^20/)
    place.states({ conf: conf('reload', 'two'), reload: reload() })
    place.write('go', '')
    const both = await apply('-o', 'json')
    expect(lineOf(both, 'site:reload')).toMatchObject({ outcome: 'changed', notifiedBy: ['site:conf'], notifiedSince })
    expect(await pending()).toEqual([])
  })

  it('is given the variables that its notifier wrote, late ones included', async () => {
    const command = { $late: "`test -e go && printf '%s' '${with.text}' >said`" }
    const told = { 'cmd.run': { command, cwd: place.folder }, lazy: true }
    const from = conf([{ state: 'told', with: { text: { $late: "file('/').type" } } }])
    place.write('site.json', JSON.stringify({ conf: from, told }))
    expect((await place.prove(['apply', 'site.json'])).exit).toBe(2)
    place.write('go', '')
    const next = await place.prove(['apply', 'site.json', '-o', 'json'])
    expect(next.exit).toBe(0)
    expect(lineOf(next, 'site:told')).toMatchObject({ outcome: 'changed', with: { text: 'directory' } })
    expect(await pending()).toEqual([])
  })
})

describe.sequential('prove status', () => {
  it('tells what is pending, and forgets what is dismissed', async () => {
    await leaveOne()
    const shown =
      /\? pending {2}site:reload: notified by site:conf at 20\S+Z {2}\(catalog cli-ledger, environment default\)/
    expect(await place.prove(['status'])).toMatchObject({ exit: 0, stdout: expect.stringMatching(shown) })
    const wrong = await place.prove(['status', '--dismiss', 'site:relaod'])
    expect(wrong.exit).toBe(2)
    expect(wrong.stdout).toContain('no notification for "site:relaod" is pending')
    expect(wrong.stdout).toContain('site:reload')
    expect(await pending('--dismiss', 'site:reload')).toEqual(['site:reload'])
    expect(await pending()).toEqual([])
    place.write('go', '')
    expect((await apply('-v')).stdout).not.toContain('site:reload')
    expect(existsSync(place.lock)).toBe(false)
  })
})

describe.sequential('a notification for a state that is gone', () => {
  it('is told by every run, plans included, until it is dismissed', async () => {
    await leaveOne()
    place.states({ conf: conf([]) })
    for (const operation of ['plan', 'apply', 'apply', 'plan']) {
      // oxlint-disable-next-line no-await-in-loop -- each is to come after the one before
      const ended = await place.prove([operation, 'site.yml'])
      expect(ended.exit, operation).toBe(0)
      expect(ended.stdout, operation).toMatch(/pending {2}site:reload: notified by site:conf at 20/)
      expect(ended.stdout, operation).toContain('prove status local --dismiss site:reload')
    }
    expect(await pending('--dismiss', 'site:reload')).toEqual(['site:reload'])
    expect(strayed(await apply('-o', 'json'))).toEqual([])
  })
})

describe.sequential('notifications of others', () => {
  it.each([
    ['another environment', { environment: 'production' }],
    ['another catalog', { name: 'other' }],
  ])('are left alone: %s', async (_title, other) => {
    configure({ environment: 'staging' })
    await leaveOne()
    place.write('go', '')
    configure(other)
    for (const operation of ['plan', 'apply']) {
      // oxlint-disable-next-line no-await-in-loop -- each is to come after the one before
      const ended = await place.prove([operation, 'site.yml', '-v', '-o', 'json'])
      expect([ended.exit, strayed(ended)], operation).toEqual([0, []])
      const told = eventsOf(ended).filter(({ type }) => type !== 'compiled')
      expect(JSON.stringify(told), operation).not.toContain('site:reload')
    }
    expect(existsSync(place.path('reloaded'))).toBe(false)
    expect(await pending()).toEqual(['site:reload'])
    configure({ environment: 'staging' })
    expect(lineOf(await apply('-o', 'json'), 'site:reload').outcome).toBe('changed')
    expect(await pending()).toEqual([])
  })

  it('are kept beside each other, for the same state of two environments', async () => {
    configure({ environment: 'staging' })
    await leaveOne()
    configure({ environment: 'production' })
    await leaveOne({ conf: conf('reload', 'two'), reload: reload() })
    expect(await pending()).toEqual(['site:reload', 'site:reload'])
    place.write('go', '')
    expect((await apply()).exit).toBe(0)
    expect(await pending()).toEqual(['site:reload'])
    expect((await place.prove(['status'])).stdout).toContain('environment staging')
  })
})

describe.sequential('a ledger that cannot be written', () => {
  it('lets nothing begin that would notify, and says why; --no-ledger lets it', async () => {
    mkdirSync(dirname(place.lock), { recursive: true })
    writeFileSync(ledger(), '')
    place.write('go', '')
    place.states({
      conf: conf(),
      reload: reload(),
      plain: { 'cmd.run': { command: 'touch plain', cwd: place.folder } },
    })
    const refused = await apply('-o', 'json')
    expect(refused.exit).toBe(2)
    expect(lineOf(refused, 'site:conf')).toMatchObject({ outcome: 'failed', changes: [] })
    expect(lineOf(refused, 'site:conf').reason).toMatch(/^its notifications cannot be noted on the target: .*ledger/)
    expect(targetOf(refused)).toMatchObject({ outcome: 'failed', changed: 1, failed: 1 })
    expect(['etc/conf', 'reloaded', 'plain'].filter((name) => existsSync(place.path(name)))).toEqual(['plain'])
    const allowed = await apply('-o', 'json', '--no-ledger')
    expect(allowed.exit).toBe(0)
    expect(existsSync(place.path('reloaded'))).toBe(true)
    rmSync(ledger())
  })
})
