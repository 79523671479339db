import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame, type Frame, maxFrame, maxPayload, resetFrame } from './frame.js'

const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes))

const counter = fc.integer({ min: 0, max: 2 ** 48 - 1 })

const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array))

const frame: fc.Arbitrary<Frame> = fc
  .constantFrom('open', 'accept', 'data', 'credit', 'end', 'ended', 'reset', 'ping', 'pong')
  .chain((type) => {
    const payload = type === 'data' ? bytes(1, 200) : type === 'reset' ? bytes(0, 200) : bytes(0, 0)
    return fc.record({ type: fc.constant(type), stream: id, sequence: counter, grant: counter, payload })
  })

describe('a frame', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(frame, (sent) => {
        expect(decodeFrame(encodeFrame(sent))).toEqual(sent)
      }),
    )
  })

  it('is nothing when it is cut off, or begins with another form', () => {
    fc.assert(
      fc.property(frame, fc.nat({ max: 29 }), (sent, length) => {
        const whole = encodeFrame(sent)
        expect(decodeFrame(whole.subarray(0, length))).toBeUndefined()
        expect(decodeFrame(Buffer.concat([Buffer.from([0x50]), whole.subarray(1)]))).toBeUndefined()
      }),
    )
  })

  it('is nothing or a frame, whatever comes', () => {
    fc.assert(
      fc.property(bytes(0, 64), (noise) => {
        const found = decodeFrame(Buffer.concat([Buffer.from([0x51]), noise]))
        if (found !== undefined) expect(encodeFrame(found).subarray(1)).toEqual(noise)
      }),
      { numRuns: 20_000 },
    )
  })

  it.each([
    ['data without any', 'data', 0],
    ['more data than a frame carries', 'data', maxPayload + 1],
    ['an end with something behind it', 'end', 1],
    ['a reset that talks too long', 'reset', 257],
  ] as const)('is nothing: %s', (_, type, length) => {
    const sent = { type, stream: Buffer.alloc(16), sequence: 0, grant: 0, payload: Buffer.alloc(length) }
    expect(decodeFrame(encodeFrame(sent))).toBeUndefined()
  })

  it('is never longer than it may be', () => {
    const sent = {
      type: 'data',
      stream: Buffer.alloc(16),
      sequence: 1,
      grant: 1,
      payload: Buffer.alloc(maxPayload),
    } as const
    expect(encodeFrame(sent)).toHaveLength(maxFrame)
    expect(decodeFrame(encodeFrame(sent))?.payload).toHaveLength(maxPayload)
    expect(decodeFrame(resetFrame(Buffer.alloc(16), 'x'.repeat(1000)))?.type).toBe('reset')
  })
})
