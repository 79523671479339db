import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Carrier } from './carrier.js'
import { MessageStream } from './message-stream.js'
import { gone } from './testing/http-ground.js'
import { creditMessage, dataMessage, endMessage, longestMessage, mostData, window } from './messages.js'

/** Keeps what is sent; what comes, the test says. */
class Desk implements Carrier {
  onMessage: (message: Buffer) => void = () => undefined
  onClosed: (error: Error) => void = () => undefined
  readonly sent: Buffer[] = []
  outcome: 'finished' | 'aborted' | undefined
  other: Desk | undefined

  send(message: Buffer, taken: () => void): void {
    this.sent.push(message)
    // Not at once: as over a network, what answers it cannot come before it has left.
    setImmediate(() => this.other?.onMessage(message))
    taken()
  }

  finish(): void {
    this.outcome = 'finished'
  }

  abort(): void {
    this.outcome = 'aborted'
    this.other?.onClosed(new Error('gone'))
  }
}

const pair = () => {
  const desks = [new Desk(), new Desk()] as const
  desks[0].other = desks[1]
  desks[1].other = desks[0]
  return [new MessageStream(desks[0]), new MessageStream(desks[1])] as const
}

const alone = () => {
  const desk = new Desk()
  const stream = new MessageStream(desk)
  stream.on('error', () => undefined)
  return { desk, stream }
}

describe('a stream made of messages', () => {
  it('moves bytes exactly, however they are written and read', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 3 * mostData }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 200_000 }), async (writes, reads) => {
        const [from, to] = pair()
        const sent = randomBytes(writes.reduce((sum, size) => sum + size, 0))
        let at = 0
        for (const size of writes) from.write(sent.subarray(at, (at += size)))
        from.end()
        const came: Buffer[] = []
        to.on('readable', () => {
          for (let some = to.read(reads) as Buffer | null; some !== null; some = to.read(reads) as Buffer | null) {
            came.push(some)
          }
        })
        await once(to, 'end')
        expect(Buffer.concat(came).equals(sent)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('sends no more than it was given credit for', () => {
    const { desk, stream } = alone()
    stream.write(Buffer.alloc(2 * window))
    expect(desk.sent.length).toBe(1)
    desk.onMessage(creditMessage(1000))
    expect(desk.sent.slice(1).map(({ length }) => length)).toEqual([1 + 1000 - 64])
    desk.onMessage(creditMessage(window))
    const bytes = desk.sent.slice(1).reduce((sum, { length }) => sum + length - 1 + 64, 0)
    expect(bytes).toBe(1000 + window)
  })

  it.each<[string, Buffer[]]>([
    ['nothing', [Buffer.alloc(0)]],
    ['an unknown kind', [Buffer.from([9, 1])]],
    ['data without data', [Buffer.from([0])]],
    ['data that is too long', [Buffer.alloc(longestMessage + 1)]],
    ['credit of no size', [Buffer.from([1, 0])]],
    ['no credit', [creditMessage(0)]],
    ['more credit than there is', [creditMessage(window), creditMessage(1)]],
    ['an end that goes on', [Buffer.from([2, 0])]],
    ['something after its end', [endMessage(), dataMessage(Buffer.from('x'))]],
    ['a second end', [endMessage(), endMessage()]],
    ['more than it was given credit for', Array.from({ length: 9 }, () => dataMessage(Buffer.alloc(mostData)))],
    ['too many small things', Array.from({ length: window / 64 }, () => dataMessage(Buffer.from('x')))],
  ])('is closed when the other side sends %s', (_what, messages) => {
    const { desk, stream } = alone()
    for (const message of messages) desk.onMessage(message)
    expect(stream.destroyed).toBe(true)
    expect(desk.outcome).toBe('aborted')
  })

  it('hands over what came before the other side was gone', async () => {
    const { desk, stream } = alone()
    desk.onMessage(dataMessage(Buffer.from('last words')))
    desk.onMessage(endMessage())
    desk.onClosed(new Error('gone'))
    expect(stream.destroyed).toBe(false)
    const came: Buffer[] = []
    stream.on('data', (bytes: Buffer) => came.push(bytes))
    await gone(stream)
    expect(String(Buffer.concat(came))).toBe('last words')
    expect(stream.readableEnded).toBe(true)
  })

  it('lets what it sent arrive when it is destroyed after its end', async () => {
    const { desk, stream } = alone()
    desk.onMessage(creditMessage(window))
    stream.end('last words')
    await once(stream, 'finish')
    stream.destroy()
    expect(desk.outcome).toBe('finished')
  })

  it('calls back who waits to write when it is closed', async () => {
    const { stream } = alone()
    const failed = new Promise((resolve) => stream.write('x', resolve))
    stream.destroy(new Error('closed'))
    expect(await failed).toBeInstanceOf(Error)
  })

  it('bears 20,000 messages of any kind, and keeps little of them', () => {
    for (let round = 0; round < 400; round++) {
      const { desk, stream } = alone()
      for (let i = 0; i < 50; i++) {
        const length = Math.floor(Math.random() * (i % 10 === 0 ? longestMessage + 100 : 12))
        const message = randomBytes(length)
        if (length > 0 && Math.random() < 0.9) message[0] = Math.floor(Math.random() * 2)
        desk.onMessage(message)
      }
      expect(stream.readableLength).toBeLessThan(window)
      stream.destroy()
    }
  })
})
