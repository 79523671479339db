import { describe, expect, it } from 'vitest'
import { isBlocked, z } from '@prove/core'
import { reloaded } from './reloaded.js'
import { restarted } from './restarted.js'
import { noService, seenService } from './testing/seen-service.js'

// These have no converged case, which a table must have: they always differ, and run when they are notified.
const decided = (fn: typeof restarted, now: unknown): unknown => {
  const args = z.strictObject(fn.args).parse({ name: 'app' })
  const found = fn.check(args, { now })
  return isBlocked(found) ? found.blocked : found.length === 0 ? [] : fn.apply(args, { now }, found)
}
const step = (action: string): unknown =>
  expect.objectContaining({ kind: 'service.control', action, id: 'app.service' })
const load = { kind: 'systemd.load', unit: 'app.service' }

describe.each([restarted, reloaded])('$name', (fn) => {
  it('is lazy, and is not looked at again', () => {
    expect(fn.lazy).toBe(true)
    expect(fn.verify?.({ name: 'app' })).toBe('none')
  })
  it.each([
    ['does not exist', noService, 'there is no service'],
    ['is masked', seenService({ atBoot: 'masked' }), 'masked'],
    ['has a broken unit', seenService({ broken: 'no ExecStart' }), 'no ExecStart'],
  ])('fails where it %s', (_title, now, reason) => expect(decided(fn, now)).toContain(reason))
})

describe('what is done', () => {
  it.each([
    ['restarts what runs', restarted, seenService(), [step('restart')]],
    ['starts what is stopped', restarted, seenService({ activity: 'stopped' }), [step('restart')]],
    ['restarts with the unit on disk', restarted, seenService({ stale: true }), [load, step('restart')]],
    ['runs once more what ends', restarted, seenService({ ends: true, activity: 'stopped' }), [step('restart')]],
    ['reloads what runs', reloaded, seenService(), [step('reload')]],
    ['leaves what is stopped', reloaded, seenService({ activity: 'stopped' }), []],
    ['leaves what has failed', reloaded, seenService({ activity: 'failed' }), []],
    [
      'fails where it cannot be reloaded',
      reloaded,
      seenService({ canReload: false }),
      expect.stringContaining('service.restarted'),
    ],
  ])('%s', (_title, fn, now, expected) => expect(decided(fn, now)).toEqual(expected))
})
