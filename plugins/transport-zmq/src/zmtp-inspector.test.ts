import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { greeting, zmtpFrame } from './testing/raw-peer.js'
import { readyOf, ZmtpInspector, ZmtpViolation } from './zmtp-inspector.js'

const identity = Buffer.alloc(16, 9)
const maxMessage = 1000

const inspector = (): ZmtpInspector => new ZmtpInspector('DEALER', identity, maxMessage)

/** What is handed on when it comes in pieces that end at those places. */
const passed = (bytes: Buffer, ends: readonly number[] = []): Buffer => {
  const eyes = inspector()
  const places = [0, ...ends.map((end) => end % bytes.length).toSorted((a, b) => a - b), bytes.length]
  return Buffer.concat(places.slice(1).map((end, i) => eyes.inspect(bytes.subarray(places[i], end))))
}

const claimed = readyOf('DEALER', Buffer.from('006b8b4567', 'hex'))

const short = (...bytes: readonly number[]): Buffer => Buffer.from([0, bytes.length, ...bytes])

const changed = (at: number, byte: number): Buffer => {
  const bytes = greeting()
  bytes[at] = byte
  return bytes
}

describe('who reads along with ZMTP', () => {
  it('replaces the identity that a peer claims, however its bytes come', () => {
    const messages = [
      short(1, 2, 3),
      zmtpFrame(Buffer.alloc(maxMessage)),
      Buffer.from([4, 5, 4, 80, 73, 78, 71]),
      short(),
    ]
    const said = Buffer.concat([greeting(), claimed, ...messages])
    const wanted = Buffer.concat([greeting(), readyOf('DEALER', identity), ...messages])
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (ends) => {
        expect(passed(said, ends).equals(wanted)).toBe(true)
      }),
    )
  })

  const met = Buffer.concat([greeting(), claimed])

  it.each([
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\n')],
    ['an older form of ZMTP', changed(10, 1)],
    ['a mechanism', changed(12, 'P'.charCodeAt(0))],
    ['a message before READY', Buffer.concat([greeting(), short(1)])],
    ['another command before READY', Buffer.concat([greeting(), Buffer.from([4, 5, 4, 80, 73, 78, 71])])],
    ['another type of socket', Buffer.concat([greeting(), readyOf('ROUTER', Buffer.alloc(0))])],
    [
      'a READY that is cut off',
      Buffer.concat([greeting(), Buffer.from([4, 8, 5]), Buffer.from('READY'), Buffer.from([200, 1])]),
    ],
    ['a message of several parts', Buffer.concat([met, Buffer.from([1, 1, 0])])],
    ['a long message of several parts', Buffer.concat([met, zmtpFrame(Buffer.alloc(300), 1)])],
    ['a message that is too long', Buffer.concat([met, zmtpFrame(Buffer.alloc(maxMessage + 1))])],
    ['a message of 2^63 bytes', Buffer.concat([met, Buffer.from([2, 128, 0, 0, 0, 0, 0, 0, 0])])],
    ['a command that is too long', Buffer.concat([met, zmtpFrame(Buffer.alloc(256), 4)])],
    ['unknown flags', Buffer.concat([met, Buffer.from([8, 1, 0])])],
  ])('refuses %s, however its bytes come', (_, said) => {
    expect(() => passed(said)).toThrow(ZmtpViolation)
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 9 }), (ends) => {
        expect(() => passed(said, ends)).toThrow(ZmtpViolation)
      }),
    )
  })

  it('knows a peer from READY on', () => {
    const eyes = inspector()
    eyes.inspect(greeting())
    expect(eyes.ready).toBe(false)
    eyes.inspect(claimed)
    expect(eyes.ready).toBe(true)
  })
})
