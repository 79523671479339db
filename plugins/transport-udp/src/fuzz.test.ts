import { describe, expect, it } from 'vitest'
import { Cookies } from './handshake/cookies.js'
import { Dialling } from './handshake/dialling.js'
import { Door } from './handshake/door.js'
import { StreamMachine } from './stream/stream-machine.js'
import { Dice } from './testing/dice.js'
import { hostile } from './testing/hostile.js'
import { decode } from './wire/decode.js'
import { encode } from './wire/encode.js'
import type { Packet } from './wire/packet.js'

const [ours, theirs] = ['to-this!', 'to-that!']
const patience = { keepAlive: 10_000, deadAfter: 30_000 }
const capacity = 64
const start = { ours, theirs, capacity, patience, speaksFirst: false }

const segment = (number: number, length: number): Packet => ({
  kind: 'stream',
  to: ours,
  isProbe: false,
  isDone: false,
  segment: { number, bytes: Buffer.alloc(length, number), isLast: false },
})

/** One of everything that could be said to the end `ours`. */
const phrases: readonly Buffer[] = [
  ...Array.from({ length: 80 }, (_, i) => encode(segment(i, 1 + (i % 30)))),
  ...Array.from({ length: 40 }, (_, next) =>
    encode({
      kind: 'stream',
      to: ours,
      isProbe: next % 3 === 0,
      isDone: next % 7 === 0,
      acknowledgement: { next, window: next * 3, held: Buffer.alloc(next % 9, 0x5b) },
    }),
  ),
  encode({ kind: 'reset', to: theirs }),
  encode({ kind: 'gone', unknown: ours }),
]

describe('hostile datagrams', () => {
  it('do nothing to a stream but what its other side could do: 150,000', { timeout: 120_000 }, () => {
    const dice = new Dice(1)
    let now = 0
    let streams = 0
    let stream: StreamMachine | undefined
    for (let i = 0; i < 150_000; i++) {
      if (stream === undefined || stream.state === 'closed') {
        stream = new StreamMachine(start, now)
        stream.write(Buffer.alloc(40_000))
        streams++
      }
      now += dice.below(20)
      const packet = decode(hostile(dice, phrases))
      if (packet !== undefined) stream.receive(packet, now)
      let said = 0
      for (let datagram = stream.poll(now); datagram !== undefined; datagram = stream.poll(now)) {
        said++
        expect(decode(datagram)).toBeDefined()
      }
      expect(said).toBeLessThan(64)
      // Whoever reads gets no more than was kept for it.
      if (dice.happens(0.01)) expect(stream.read(Infinity, now)?.length ?? 0).toBeLessThanOrEqual(capacity * 1171)
      if (dice.happens(0.0005)) stream.end()
    }
    expect(streams).toBeGreaterThan(10)
  })

  it('open no door, and are never answered at greater length: 100,000', { timeout: 120_000 }, () => {
    const dice = new Dice(2)
    const limits = { connections: 50, waiting: 20, waitingOfOne: 10, firstWord: 15_000, capacity, patience }
    const door = new Door(limits, new Cookies(0), () => dice.bytes(8).toString('latin1'))
    const honest = encode({ kind: 'hello', dialler: theirs })
    const seen = [honest, ...phrases.slice(0, 5), encode({ kind: 'reset', to: ours })]
    for (let i = 0; i < 100_000; i++) {
      const from = { address: `192.0.2.${dice.below(4)}`, port: 1 + dice.below(2) }
      const question = hostile(dice, seen)
      const { answer, seat } = door.receive(question, from, i)
      // No cookie of these was made here: nothing is kept for anyone.
      expect(door.size).toBe(0)
      expect(seat).toBeUndefined()
      if (answer !== undefined) expect(answer.length).toBeLessThanOrEqual(question.length)
    }
  })

  it('from elsewhere do nothing to a connection, even where its ids are known: 50,000', { timeout: 120_000 }, () => {
    const dice = new Dice(4)
    const limits = { connections: 50, waiting: 20, waitingOfOne: 10, firstWord: 15_000, capacity, patience }
    const cookies = new Cookies(0)
    const door = new Door(limits, cookies, () => ours)
    const friend = { address: '192.0.2.9', port: 9 }
    const cookie = cookies.make(friend, theirs, 0)
    door.receive(encode({ kind: 'open', dialler: theirs, cookie }), friend, 0)
    const stream = door.receive(phrases[0] ?? Buffer.alloc(0), friend, 0).seat?.stream
    const seen = [...phrases, encode({ kind: 'reset', to: ours }), encode({ kind: 'gone', unknown: theirs })]
    for (let i = 0; i < 50_000; i++) {
      const from = { address: `192.0.2.${8 + dice.below(2)}`, port: 8 }
      const question = dice.happens(0.1) ? (seen[dice.below(seen.length)] ?? Buffer.alloc(0)) : hostile(dice, seen)
      const { answer, seat } = door.receive(question, from, dice.below(20))
      expect(seat).toBeUndefined()
      if (answer !== undefined) expect(answer.length).toBeLessThanOrEqual(question.length)
    }
    expect(door.size).toBe(1)
    expect(stream?.state).toBe('open')
    expect(stream?.read(Infinity, 20)).toEqual(Buffer.alloc(1, 0))
    expect(stream?.read(Infinity, 20)).toBeUndefined()
  })

  it('answer no one who dials, unless they know the id: 50,000', { timeout: 120_000 }, () => {
    const dice = new Dice(3)
    const dialling = new Dialling('the-real')
    const cookie = { stamp: 1, seal: Buffer.alloc(16) }
    const seen = (['cookie', 'welcome', 'refusal'] as const).map((kind) =>
      encode({ kind, dialler: 'a-guess!', cookie, listener: ours, isFull: true }),
    )
    for (let i = 0; i < 50_000; i++) dialling.receive(hostile(dice, seen), i)
    expect(dialling.answer).toBeUndefined()
  })
})
