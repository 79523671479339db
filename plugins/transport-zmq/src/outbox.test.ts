import { describe, expect, it } from 'vitest'
import { Outbox, type Source } from './outbox.js'

/** A source with so many frames, which notes what becomes of them. */
class Letters implements Source {
  sentFrames = 0
  reason: string | undefined

  constructor(
    readonly name: string,
    public left: number,
  ) {}

  next(): Buffer | undefined {
    return this.left > 0 ? Buffer.from(`${this.name}${this.left--}`) : undefined
  }

  sent(): void {
    this.sentFrames++
  }

  lost(reason: string): void {
    this.reason = reason
  }
}

const failure = (code: string): Error => Object.assign(new Error(code), { code })

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

describe('the queue before a socket', () => {
  it('gives each source its turn', async () => {
    const order: string[] = []
    const outbox = new Outbox<Letters>(async (_, frame) => void order.push(frame.toString()))
    const sources = [new Letters('a', 3), new Letters('b', 3), new Letters('c', 1)]
    for (const source of sources) outbox.wake(source)
    await until(() => order.length === 7)
    expect(order).toEqual(['a3', 'b3', 'c1', 'a2', 'b2', 'a1', 'b1'])
  })

  it('lets nobody wait for one whose peer takes nothing, and loses nothing of that one', async () => {
    let open = false
    const order: string[] = []
    const outbox = new Outbox<Letters>(async (source, frame) => {
      if (source.name === 'stuck' && !open) throw failure('EAGAIN')
      order.push(frame.toString())
    })
    const [stuck, other] = [new Letters('stuck', 2), new Letters('other', 100)]
    outbox.wake(stuck)
    outbox.wake(other)
    await until(() => other.sentFrames === 100)
    expect(stuck.sentFrames).toBe(0)
    open = true
    outbox.retry(stuck)
    await until(() => stuck.sentFrames === 2)
    expect(order.slice(-2)).toEqual(['stuck2', 'stuck1'])
  })

  it('tries again by itself', async () => {
    let refusals = 3
    const outbox = new Outbox<Letters>(async () => {
      if (refusals-- > 0) throw failure('EAGAIN')
    })
    const source = new Letters('a', 1)
    outbox.wake(source)
    await until(() => source.sentFrames === 1)
  })

  it('tells a source that its peer is gone, and goes on with others', async () => {
    const outbox = new Outbox<Letters>(async ({ name }) => {
      if (name === 'gone') throw failure('EHOSTUNREACH')
    })
    const [lost, other] = [new Letters('gone', 5), new Letters('other', 2)]
    outbox.wake(lost)
    outbox.wake(other)
    await until(() => other.sentFrames === 2)
    expect(lost).toMatchObject({ reason: expect.any(String) as unknown, left: 4, sentFrames: 0 })
  })
})
