import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame, type Frame, frameCost, resetFrame } from './frame.js'
import { StreamState } from './stream-state.js'

const id = Buffer.alloc(16, 7)
const window = 4096

const decoded = (bytes: Buffer): Frame => {
  const frame = decodeFrame(bytes)
  if (frame === undefined) throw new Error('that is no frame')
  return frame
}

/** Both ends of a stream that was accepted. */
const opened = (): { readonly dialer: StreamState; readonly listener: StreamState } => {
  const dialer = new StreamState(id, 'dialer', window)
  const listener = new StreamState(id, 'listener', window)
  listener.receive(decoded(dialer.frame('open')))
  dialer.receive(decoded(listener.frame('accept')))
  return { dialer, listener }
}

const made = (frame: Partial<Frame>): Frame => ({
  type: 'ping',
  stream: id,
  sequence: 1,
  grant: window,
  payload: Buffer.alloc(0),
  ...frame,
})

describe('one end of a stream', () => {
  it('sends nothing before it was accepted, and no more than it was granted', () => {
    const dialer = new StreamState(id, 'dialer', window)
    expect(dialer.room).toBe(0)
    const listener = new StreamState(id, 'listener', window)
    expect(listener.receive(decoded(dialer.frame('open')))).toEqual({ kind: 'nothing' })
    expect(dialer.receive(decoded(listener.frame('accept')))).toEqual({ kind: 'accepted' })
    expect(dialer.room).toBe(window - frameCost)
    dialer.frame('data', Buffer.alloc(1000))
    expect(dialer.room).toBe(window - 1000 - 2 * frameCost)
  })

  it('owes credit when half of the window was read, and takes as much again', () => {
    const { dialer, listener } = opened()
    const payload = Buffer.alloc(window / 2)
    listener.receive(decoded(dialer.frame('data', payload)))
    expect(listener.owesCredit).toBe(false)
    listener.read(payload.length)
    expect(listener.owesCredit).toBe(true)
    dialer.receive(decoded(listener.frame('credit')))
    expect(listener.owesCredit).toBe(false)
    expect(dialer.room).toBe(window - frameCost)
  })

  it.each([
    ['a gap', made({ sequence: 2 }), 'a frame is missing'],
    ['a repetition', made({ sequence: 0 }), 'a frame came again'],
    ['another stream', made({ stream: Buffer.alloc(16) }), 'that stream is not known here'],
    ['a second opening', made({ type: 'open' }), '"open" on an open stream'],
    ['a second acceptance', made({ type: 'accept' }), '"accept" on an open stream'],
    ['credit taken back', made({ grant: window - 1 }), 'credit was taken back'],
    ['credit without bound', made({ grant: 2 ** 40 }), 'too much credit'],
    ['an end acknowledged that was not sent', made({ type: 'ended' }), 'an end that was not sent was acknowledged'],
    ['more than the credit', made({ type: 'data', payload: Buffer.alloc(window) }), 'more data than credit'],
  ] as const)('takes nothing after %s', (_, wrong, reason) => {
    for (const end of Object.values(opened())) {
      expect(end.receive(wrong)).toEqual({ kind: 'violation', reason })
      expect(end.receive(made({}))).toEqual({ kind: 'nothing' })
      expect(end.room).toBe(0)
    }
  })

  it.each(['data', 'end'] as const)('takes no %s after the end', (type) => {
    const { dialer, listener } = opened()
    expect(listener.receive(decoded(dialer.frame('end')))).toEqual({ kind: 'ended' })
    const payload = Buffer.alloc(type === 'data' ? 1 : 0)
    expect(listener.receive(made({ type, sequence: 2, payload })).kind).toBe('violation')
  })

  it('charges many tiny frames for what they cost', () => {
    const { dialer, listener } = opened()
    let frames = 0
    for (; dialer.room > 0; frames++) listener.receive(decoded(dialer.frame('data', Buffer.alloc(1))))
    expect(frames).toBe(Math.floor(window / (1 + frameCost)))
  })

  it('is over at a reset, whatever its number', () => {
    const { dialer } = opened()
    expect(dialer.receive(decoded(resetFrame(id, 'enough')))).toEqual({ kind: 'reset', reason: 'enough' })
  })
})

type Fault = 'lose' | 'repeat' | 'swap' | 'flip'

/** What happens to the frame of that number on its way. */
const faults = fc.array(fc.tuple(fc.nat(40), fc.constantFrom<Fault>('lose', 'repeat', 'swap', 'flip')), {
  maxLength: 3,
})

const damaged = (frames: readonly Buffer[], found: readonly (readonly [number, Fault])[]): readonly Buffer[] => {
  const all = frames.map((frame) => Buffer.from(frame))
  for (const [at, fault] of found) {
    const frame = all[at]
    if (frame === undefined) continue
    if (fault === 'lose') all.splice(at, 1)
    if (fault === 'repeat') all.splice(at, 0, frame)
    if (fault === 'swap') all.splice(at, 2, ...all.slice(at, at + 2).toReversed())
    if (fault === 'flip') frame[at % 18] = (frame[at % 18] ?? 0) ^ 1
  }
  return all
}

describe('two ends of a stream', () => {
  it('agree on a beginning of what was sent, whatever is lost, repeated, swapped or changed in its head', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 30 }),
        faults,
        (sizes, found) => {
          const { dialer, listener } = opened()
          const sent = sizes.map((size, i) => Buffer.alloc(size, i + 1))
          const frames = [...sent.map((payload) => dialer.frame('data', payload)), dialer.frame('end')]
          const came: Buffer[] = []
          let ended = false
          for (const bytes of damaged(frames, found)) {
            const frame = decodeFrame(bytes)
            const event = frame === undefined ? undefined : listener.receive(frame)
            if (event === undefined || event.kind === 'violation') break
            if (event.kind === 'data') came.push(event.payload)
            if (event.kind === 'ended') ended = true
          }
          expect(Buffer.concat(came).equals(Buffer.concat(sent.slice(0, came.length)))).toBe(true)
          if (ended || found.length === 0) expect(came).toHaveLength(sent.length)
          if (found.length === 0) expect(ended).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('never throw, whatever frame comes', () => {
    const anything = fc.record({
      type: fc.constantFrom('open', 'accept', 'data', 'credit', 'end', 'ended', 'reset', 'ping', 'pong'),
      stream: fc.constantFrom(id, Buffer.alloc(16)),
      sequence: fc.nat(4),
      grant: fc.nat(3 * window),
      payload: fc.constantFrom(Buffer.alloc(0), Buffer.alloc(1), Buffer.alloc(window)),
    })
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), (frames) => {
        for (const end of Object.values(opened())) for (const frame of frames) end.receive(frame)
      }),
      { numRuns: 5000 },
    )
    expect(decodeFrame(encodeFrame(made({})))).toBeDefined()
  })
})
