import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Ended, eventsOf, lineOf, Place, type Running, targetOf, textOf, until } from '../cli/prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

const file = (name: string, more: object = {}): object => ({
  'file.managed': { path: place.path(name), content: name, ...more },
})

const apply = (): Promise<Ended> => place.prove(['apply', 'site.yml', '-o', 'json'])

const made = (): readonly string[] => ['a', 'b', 'reloaded'].filter((name) => existsSync(place.path(name)))

/** Three steps of one frame: the note in the ledger, a file whose check waits for `go`, and one after it. */
const waiting = async (): Promise<Running> => {
  const wait = `echo $$ >pid; while ! [ -e go ]; do sleep 0.05; done`
  const validate = ['sh', place.write('check', `cd '${place.folder}'; ${wait}`)]
  place.states({
    a: { ...file('a', { validate }), notify: 'reload' },
    b: file('b'),
    reload: { 'cmd.run': { command: 'touch reloaded', cwd: place.folder }, lazy: true },
  })
  const running = place.start(['apply', 'site.yml', '-o', 'json'])
  await until('the running step', () => textOf(place.path('pid')).endsWith('\n'))
  return running
}

const orphansEnd = (): Promise<void> =>
  until(`the end of ${place.processes().join(', ')}`, () => place.processes().length === 0)

const nothingLeft = (): void => {
  const ledger = `${dirname(place.lock)}/ledger`
  expect([...place.scratch(), ...readdirSync(ledger)]).toEqual([])
  expect(existsSync(place.lock)).toBe(false)
  expect(readdirSync(place.folder).filter((name) => name.startsWith('.prove-'))).toEqual([])
}

it('the shell of a killed prove keeps the lock until its frame ends, and then leaves nothing', async () => {
  const running = await waiting()
  running.child.kill('SIGKILL')
  expect((await running.ended).exit).toBe(null)
  const second = await apply()
  expect(second.exit).toBe(2)
  expect(eventsOf(second)).toContainEqual(
    expect.objectContaining({ event: 'error', error: expect.objectContaining({ code: 'PRV_TARGET_LOCKED' }) }),
  )
  place.write('go', '')
  await orphansEnd()
  expect([made(), place.scratch(), existsSync(place.lock)]).toEqual([['a', 'b'], [], false])
  const third = await apply()
  expect(third.exit).toBe(0)
  expect(lineOf(third, 'site:reload')).toMatchObject({ outcome: 'changed', notifiedSince: expect.any(String) })
  nothingLeft()
})

it('what runs below a killed shell ends its step and begins no other: the next run may be there', async () => {
  const running = await waiting()
  process.kill(Number(textOf(place.lock).split(' ')[0]), 'SIGKILL')
  const cut = await running.ended
  expect([cut.exit, targetOf(cut).outcome]).toEqual([2, 'lost'])
  expect(lineOf(cut, 'site:b')).toMatchObject({ outcome: 'pending', reason: expect.stringContaining('lost') })
  place.write('go', '')
  await orphansEnd()
  expect(made()).toEqual(['a'])
  const next = await apply()
  expect(next.exit).toBe(0)
  expect(lineOf(next, 'site:reload')).toMatchObject({ outcome: 'changed', notifiedSince: expect.any(String) })
  expect(made()).toEqual(['a', 'b', 'reloaded'])
  nothingLeft()
})
