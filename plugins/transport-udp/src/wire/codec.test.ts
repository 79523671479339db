import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from './decode.js'
import { encode } from './encode.js'
import { datagramLimit, type Packet, questionLength, segmentLimit, type StreamPacket, windowLimit } from './packet.js'

const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array))
const id = bytes(8, 8).map((eight) => eight.toString('latin1'))
const number = fc.maxSafeNat().map((any) => any % 2 ** 48)
const cookie = fc.record({ stamp: number, seal: bytes(16, 16) })

const acknowledgement = fc.record({
  next: number,
  window: fc.integer({ min: 0, max: windowLimit }),
  held: bytes(0, windowLimit / 8),
})
const segment = fc.oneof(
  fc.record({ number, bytes: bytes(1, segmentLimit), isLast: fc.boolean() }),
  fc.record({ number, bytes: fc.constant(Buffer.alloc(0)), isLast: fc.constant(true) }),
)
const streamHead = { kind: fc.constant('stream' as const), to: id, isProbe: fc.boolean(), isDone: fc.boolean() }

const packets: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({ kind: fc.constant('hello' as const), dialler: id }),
  fc.record({ kind: fc.constantFrom('cookie' as const, 'open' as const), dialler: id, cookie }),
  fc.record({ kind: fc.constant('welcome' as const), dialler: id, listener: id }),
  fc.record({ kind: fc.constant('refusal' as const), dialler: id, isFull: fc.boolean() }),
  fc.record({ kind: fc.constant('reset' as const), to: id }),
  fc.record({ kind: fc.constant('gone' as const), unknown: id }),
  fc.record(streamHead),
  fc.record({ ...streamHead, segment }),
  fc.record({ ...streamHead, acknowledgement }),
  fc.record({
    ...streamHead,
    acknowledgement: acknowledgement.map((one) => ({ ...one, held: Buffer.alloc(0) })),
    segment,
  }),
)

describe('a datagram', () => {
  it('says what was put into it', () => {
    fc.assert(
      fc.property(packets, (packet) => {
        const datagram = encode(packet)
        expect(decode(datagram)).toEqual(packet)
        expect(datagram.length).toBeLessThanOrEqual(datagramLimit)
      }),
      { numRuns: 3000 },
    )
  })

  it('is full with a whole segment and an acknowledgement', () => {
    const packet: StreamPacket = {
      kind: 'stream',
      to: '12345678',
      isProbe: false,
      isDone: false,
      acknowledgement: { next: 1, window: 2, held: Buffer.alloc(0) },
      segment: { number: 3, bytes: Buffer.alloc(segmentLimit), isLast: false },
    }
    expect(encode(packet).length).toBe(datagramLimit)
  })

  it('says nothing when a bit of it is wrong, or some of it is missing', () => {
    fc.assert(
      fc.property(packets, fc.nat(), fc.integer({ min: 0, max: 7 }), (packet, place, bit) => {
        const damaged = encode(packet)
        const at = place % damaged.length
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
        expect(decode(damaged)).toBeUndefined()
        expect(decode(encode(packet).subarray(0, at))).toBeUndefined()
      }),
      { numRuns: 3000 },
    )
  })

  it('that asks before an address is proven is longer than any answer', () => {
    const dialler = '12345678'
    const proof = { stamp: 1, seal: Buffer.alloc(16) }
    expect(encode({ kind: 'hello', dialler }).length).toBe(questionLength)
    expect(encode({ kind: 'open', dialler, cookie: proof }).length).toBe(questionLength)
    for (const answer of [
      { kind: 'cookie', dialler, cookie: proof },
      { kind: 'welcome', dialler, listener: dialler },
      { kind: 'refusal', dialler, isFull: true },
    ] as const) {
      expect(encode(answer).length).toBeLessThanOrEqual(questionLength)
    }
  })
})
