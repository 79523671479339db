import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, type Frame, FrameReader, frameKinds } from './frames.js'
import { parseMessage } from './messages.js'

const limit = 1 << 16
const reader = (): FrameReader => new FrameReader(() => limit)

const frame = fc.record<Frame>({
  kind: fc.constantFrom(frameKinds.message, frameKinds.bytes),
  body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
})

describe('frames', () => {
  it('come out as they went in, in whatever pieces they travel', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), fc.array(fc.integer({ min: 1, max: 400 })), (frames, sizes) => {
        const bytes = Buffer.concat(frames.map(encodeFrame))
        const read = reader()
        const come: Frame[] = []
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i] ?? 7
          come.push(...read.take(bytes.subarray(at, at + size)))
          at += size
        }
        expect(come).toEqual(frames)
      }),
    )
  })

  it.each([
    ['empty', Buffer.from([0, 0, 0, 0])],
    ['too long', Buffer.from([0, 1, 0, 1, 0])],
    ['as long as can be written', Buffer.from([255, 255, 255, 255, 0])],
    ['of an unknown kind', Buffer.from([0, 0, 0, 1, 7])],
  ])('are refused when they are %s', (_what, bytes) => {
    expect(() => [...reader().take(bytes)]).toThrow(expect.objectContaining({ code: 'PRV_LINK_PROTOCOL' }))
  })

  it('of strangers are refused, or wait for more, whatever they hold: 100,000 of them', () => {
    let refused = 0
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.boolean(), (bytes, isFramed) => {
        const body = Buffer.from(bytes)
        const sent = isFramed ? encodeFrame({ kind: frameKinds.message, body }) : body
        try {
          for (const come of reader().take(sent)) if (come.kind === frameKinds.message) parseMessage(come.body)
        } catch (error) {
          refused += 1
          expect(error).toMatchObject({ code: 'PRV_LINK_PROTOCOL' })
        }
      }),
      { numRuns: 100_000 },
    )
    expect(refused).toBeGreaterThan(10_000)
  })
})

describe('messages', () => {
  const id = 'a'.repeat(32)
  const request = { kind: 'request', id, operation: 'ping', request: {}, target: 'web1', from: 0 }
  const owner = { who: 'alice@laptop', since: '2026-01-01T00:00:00Z' }

  it.each([
    { kind: 'hello', role: 'agent', protocol: 1, version: '0.1.0', name: 'web1' },
    { ...request, owner },
    { kind: 'interrupt', id, times: 2 },
    { kind: 'event', id, number: 0, event: { type: 'target' } },
    { kind: 'alive' },
  ])('are understood: $kind', (message) => {
    expect(parseMessage(Buffer.from(JSON.stringify(message)))).toEqual(message)
  })

  it.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an unknown kind', '{"kind":"exec"}'],
    ['a field that does not belong there', JSON.stringify({ kind: 'alive', more: 1 })],
    ['an id that leads elsewhere', JSON.stringify({ ...request, owner, id: '../../../../etc/cron.d/x0000' })],
    ['no owner', JSON.stringify(request)],
    ['a negative place', JSON.stringify({ ...request, owner, from: -1 })],
    ['a prototype', '{"kind":"__proto__"}'],
  ])('are refused: %s', (_what, text) => {
    expect(() => parseMessage(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'PRV_LINK_PROTOCOL' }))
  })

  it('are not repeated when they are refused', () => {
    const secret = 'do-not-tell-anyone'
    expect(() => parseMessage(Buffer.from(JSON.stringify({ kind: 'hello', token: secret, role: secret })))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) as string }),
    )
  })
})
