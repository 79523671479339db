import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Receiver } from './receiver.js'

const capacity = 12
const bytesOf = (number: number): Buffer => Buffer.from([number])

describe('a receiver', () => {
  it('keeps no more than it has room for, whatever comes, and gives it on in order', () => {
    const deeds = fc.array(fc.oneof(fc.nat(40), fc.constant('read' as const), fc.constant('tell' as const)))
    fc.assert(
      fc.property(deeds, (all) => {
        const receiver = new Receiver(capacity)
        const read: number[] = []
        let edge = capacity
        for (const deed of all) {
          if (deed === 'read') read.push(...(receiver.read(3, 0) ?? []))
          else if (deed === 'tell') edge = told(receiver, edge)
          else receiver.receive({ number: deed, bytes: bytesOf(deed), isLast: false }, 0)
          expect(receiver.kept).toBeLessThanOrEqual(capacity)
        }
        expect(read).toEqual(read.map((_, i) => i))
      }),
      { numRuns: 2000 },
    )
  })

  it('forgets what comes again', () => {
    const receiver = new Receiver(capacity)
    for (const number of [1, 0, 0, 1, 1]) receiver.receive({ number, bytes: bytesOf(number), isLast: false }, 0)
    expect(receiver.read(9, 0)).toEqual(Buffer.from([0, 1]))
    expect(receiver.kept).toBe(0)
    expect(receiver.hasGap).toBe(false)
  })

  it('tells at once of what is out of order, of a second segment and of the end, else a little later', () => {
    const receiver = new Receiver(capacity)
    const receive = (number: number, isLast = false): number => {
      receiver.receive({ number, bytes: bytesOf(number), isLast }, 100)
      return receiver.deadline
    }
    expect(receive(0)).toBeGreaterThan(100)
    expect(receive(1)).toBe(100)
    receiver.acknowledge()
    expect(receiver.deadline).toBe(Infinity)
    expect(receive(3)).toBe(100)
    expect(receiver.acknowledge()).toEqual({ next: 2, window: capacity - 2, held: Buffer.from([1]) })
    expect(receive(2)).toBe(100)
    receiver.acknowledge()
    expect(receive(4, true)).toBe(100)
  })

  it('tells when a slow reader has made room', () => {
    const receiver = new Receiver(capacity)
    for (let number = 0; number < capacity; number++)
      receiver.receive({ number, bytes: bytesOf(number), isLast: false }, 0)
    expect(receiver.acknowledge().window).toBe(0)
    receiver.read(1, 5)
    expect(receiver.deadline).toBe(Infinity)
    receiver.read(4, 6)
    expect(receiver.deadline).toBe(6)
    expect(receiver.acknowledge().window).toBe(5)
  })
})

/** What is taken never becomes less. */
const told = (receiver: Receiver, before: number): number => {
  const { next, window } = receiver.acknowledge()
  expect(next + window).toBeGreaterThanOrEqual(before)
  return next + window
}
