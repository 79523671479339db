import { describe, expect, it } from 'vitest'
import { decode } from '../wire/decode.js'
import type { StreamPacket } from '../wire/packet.js'
import { StreamMachine } from './stream-machine.js'

const capacity = 8
const patience = { keepAlive: 10_000, deadAfter: 30_000 }
const [a, b] = ['end-no-1', 'end-no-2']

const machine = (ours: string, theirs: string, speaksFirst: boolean): StreamMachine =>
  new StreamMachine({ ours, theirs, capacity, patience, speaksFirst }, 0)

/** All that an end has to say at one time. */
const saidBy = (end: StreamMachine, now: number): Buffer[] => {
  const said: Buffer[] = []
  for (let datagram = end.poll(now); datagram !== undefined; datagram = end.poll(now)) said.push(datagram)
  return said
}

const hand = (datagrams: readonly Buffer[], to: StreamMachine, now: number): void => {
  for (const datagram of datagrams) {
    const packet = decode(datagram)
    if (packet !== undefined) to.receive(packet, now)
  }
}

/** Both say what they have to say, until neither has anything more at this time. */
const talk = (one: StreamMachine, other: StreamMachine, now: number): number => {
  let datagrams = 0
  for (;;) {
    const [there, back] = [saidBy(one, now), saidBy(other, now)]
    if (there.length + back.length === 0) return datagrams
    datagrams += there.length + back.length
    hand(there, other, now)
    hand(back, one, now)
  }
}

const meet = (): readonly [StreamMachine, StreamMachine] => {
  const both = [machine(a, b, true), machine(b, a, false)] as const
  talk(...both, 0)
  return both
}

describe('two ends', () => {
  it('have nothing to say while nothing happens, but ask now and then', () => {
    const [one, other] = meet()
    expect(saidBy(one, 9999)).toEqual([])
    expect(Math.min(one.deadline, other.deadline)).toBe(10_000)
    expect(talk(one, other, 10_000)).toBeLessThanOrEqual(4)
    expect(one.failure).toBeUndefined()
  })

  it('give each other up after a long silence, and not before', () => {
    const [one] = meet()
    for (let now = 0; now < 30_000; now += 100) saidBy(one, now)
    expect(one.failure).toBeUndefined()
    saidBy(one, 30_000)
    expect(one.failure).toBe('silent')
  })

  it('ask again soon when the word that there is room again is lost', () => {
    const [one, other] = meet()
    one.write(Buffer.alloc(20 * 1171))
    talk(one, other, 1)
    other.read(Infinity, 2)
    expect(saidBy(other, 2).length).toBe(1)
    let now = 2
    while (now < 1000 && talk(one, other, now) === 0) now = Math.min(one.deadline, other.deadline)
    expect(now).toBeLessThan(1000)
    expect(other.read(Infinity, now)?.length).toBeGreaterThan(0)
  })

  it('send again what was lost before others, without waiting for a timeout', () => {
    const [one, other] = meet()
    one.write(Buffer.alloc(6 * 1171))
    hand(saidBy(one, 10).slice(1), other, 20)
    hand(saidBy(other, 20), one, 30)
    const [again, ...more] = saidBy(one, 30)
    expect(more).toEqual([])
    expect((decode(again ?? Buffer.alloc(0)) as StreamPacket).segment?.number).toBe(0)
  })

  it('ask at once when the network says that nobody is there, and believe the answer rather than the network', () => {
    const [one, other] = meet()
    one.doubt(100)
    expect(talk(one, other, 100)).toBeGreaterThan(0)
    saidBy(one, 5000)
    expect(one.failure).toBeUndefined()
    one.doubt(5000)
    for (let now = 5000; now <= 7000; now += 100) saidBy(one, now)
    expect(one.failure).toBe('silent')
  })

  it('bring what was written before both gave up, unless something comes that nobody reads', () => {
    const [one, other] = meet()
    one.write(Buffer.from('goodbye'))
    one.end()
    one.abandon(5)
    talk(one, other, 5)
    expect(other.read(1, 5)?.toString()).toBe('goodbye')
    expect(other.isAtEnd).toBe(true)
    other.write(Buffer.from('wait'))
    talk(one, other, 6)
    expect([one.state, other.failure]).toEqual(['closed', 'reset'])
  })

  it('keep telling that they gave up until it is heard, but not for ever', () => {
    const [one] = meet()
    one.reset()
    let resets = 0
    for (let now = 0; one.state !== 'closed'; now = one.deadline) resets += saidBy(one, now).length
    expect(resets).toBe(5)
    expect(one.deadline).toBe(Infinity)
  })
})
