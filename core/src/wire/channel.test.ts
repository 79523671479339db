import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ByteStream } from '../contracts/executor.js'
import { Channel } from './channel.js'
import { outputLimit } from './loop.js'

/** A stream whose far side is the test. */
class FakeStream implements ByteStream {
  readonly written: Buffer[] = []
  ended = false
  destroyed = false
  refuses = false
  data: (bytes: Buffer) => void = () => undefined
  close: (reason: string | undefined) => void = () => undefined

  write(bytes: Buffer): Promise<void> {
    if (this.refuses) return Promise.reject(new Error('EPIPE'))
    this.written.push(bytes)
    return Promise.resolve()
  }
  end(): void {
    this.ended = true
  }
  onData(listener: (bytes: Buffer) => void): void {
    this.data = listener
  }
  onNotice(): void {}
  onClose(listener: (reason: string | undefined) => void): void {
    this.close = listener
  }
  destroy(): void {
    this.destroyed = true
  }
  get text(): string {
    return Buffer.concat(this.written).toString('utf8')
  }
}

/** A file that cannot be read to its end. */
async function* brokenSource(): AsyncGenerator<Buffer> {
  yield Buffer.from('a')
  await Promise.reject(new Error('EIO'))
}

const start = (early = ''): { stream: FakeStream; channel: Channel } => {
  const stream = new FakeStream()
  return { stream, channel: new Channel(stream, Buffer.from(early), undefined) }
}

/** Resolves when everything that can happen without the far side has happened. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const answer = (token: string, exit: number, out: Uint8Array, err: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${token} ${exit} ${out.length} ${err.length}\n`), out, err])

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.constantFrom('t0 0 0 0\n', 't1 0 5 0\n', '\n\n').map((text) => Buffer.from(text)),
)

/** Splits at random places, one chunk after another. */
const split = (whole: Buffer, sizes: readonly number[]): readonly Buffer[] => {
  const chunks: Buffer[] = []
  for (let at = 0, i = 0; at < whole.length; i++) {
    const size = sizes[i % sizes.length] ?? whole.length
    chunks.push(whole.subarray(at, at + size))
    at += size
  }
  return chunks
}

describe('answers', () => {
  it('are the same however the stream is split', async () => {
    const answers = fc.array(fc.tuple(fc.nat(255), bytes, bytes), { minLength: 1, maxLength: 6 })
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 })
    const property = fc.asyncProperty(answers, sizes, async (given, cuts) => {
      const { stream, channel } = start()
      const asked = given.map(() => channel.run('x'))
      const whole = Buffer.concat(given.map(([exit, out, err], i) => answer(`t${i}`, exit, out, err)))
      for (const chunk of split(whole, cuts)) stream.data(chunk)
      for (const [i, { exit, stdout, stderr, cut }] of (await Promise.all(asked)).entries()) {
        const [status, out, err] = given[i] ?? []
        expect({ exit, cut, out: [...stdout], err: [...stderr] }).toEqual({
          exit: status,
          cut: false,
          out: [...(out ?? [])],
          err: [...(err ?? [])],
        })
      }
    })
    await fc.assert(property, { numRuns: 200 })
  })

  it('say that they were cut, and end where they were cut', async () => {
    const { stream, channel } = start()
    const asked = [channel.run('a'), channel.run('b')]
    stream.data(Buffer.from(`t0 0 1 ${outputLimit + 9}\n`))
    stream.data(Buffer.alloc(1 + outputLimit))
    stream.data(Buffer.from('t1 0 2 0\nok'))
    const [first, second] = await Promise.all(asked)
    expect({ cut: first?.cut, out: first?.stdout.length, err: first?.stderr.length }).toEqual({
      cut: true,
      out: 1,
      err: outputLimit,
    })
    expect(String(second?.stdout)).toBe('ok')
  })

  it.for([
    ['a token that is not due', 't7 0 0 0\n'],
    ['noise', 'logout\n'],
    ['a line without end', 'x'.repeat(300)],
    ['a negative length', 't0 0 -1 0\n'],
    ['a length beyond measure', `t0 0 ${'9'.repeat(16)} 0\n`],
  ])('give up the stream on %s', async ([, sent = '']) => {
    const { stream, channel } = start()
    const asked = [channel.run('a'), channel.run('b')]
    stream.data(Buffer.from(sent))
    const ends = await Promise.allSettled(asked)
    const code = { code: 'PRV_WIRE_PROTOCOL' }
    expect(ends).toMatchObject([{ reason: code }, { reason: code }])
    expect(stream.destroyed).toBe(true)
    await expect(channel.run('c')).rejects.toMatchObject(code)
  })

  it('that nobody awaits give up the stream, also when they came early', async () => {
    const { stream, channel } = start('t0 0 0 0\n')
    expect(stream.destroyed).toBe(true)
    await expect(channel.run('a')).rejects.toMatchObject({ code: 'PRV_WIRE_PROTOCOL' })
  })

  it('that the close overtakes are rejected with its reason; those before it stand', async () => {
    const { stream, channel } = start()
    const asked = [channel.run('a'), channel.run('b')]
    stream.data(Buffer.from('t0 0 0 0\nt1 0 5 0\nab'))
    stream.close('the shell ended with status 91')
    const lost = { code: 'PRV_TARGET_LOST', message: 'the shell ended with status 91' }
    expect(await Promise.allSettled(asked)).toMatchObject([{ status: 'fulfilled' }, { reason: lost }])
    expect(channel.outstanding).toBe(0)
  })
})

describe('frames', () => {
  it('carry the length in bytes, in order, and end after the last', async () => {
    const { stream, channel } = start()
    channel.upload('u0', 3, [Buffer.from('a'), Buffer.from('bc')])
    channel.run('é').catch(() => undefined)
    channel.end()
    await settle()
    expect(stream.text).toBe('w 3 u0\nabcx 2 t0\né')
    expect(stream.ended).toBe(true)
  })

  it.for([
    ['shorter', ['a'], 'a\0\0'],
    ['longer', ['ab', 'cd', 'ef'], 'abc'],
  ] as const)('are full even when the source turns out %s', async ([, chunks, sent]) => {
    const { stream, channel } = start()
    channel.upload(
      'u0',
      3,
      chunks.map((chunk) => Buffer.from(chunk)),
    )
    await settle()
    expect(stream.text).toBe(`w 3 u0\n${sent}`)
  })

  it('stop for good when a source fails: what followed would be taken for its rest', async () => {
    const { stream, channel } = start()
    channel.upload('u0', 20, brokenSource())
    channel.upload('u1', 60, [Buffer.from('x 9 t0\necho evil')])
    await expect(channel.run('b')).rejects.toMatchObject({ code: 'PRV_TARGET_LOST' })
    await settle()
    expect(stream.text).toBe('w 20 u0\na')
    expect(stream.destroyed).toBe(true)
  })

  it('that the stream refuses reject what is awaited', async () => {
    const { stream, channel } = start()
    stream.refuses = true
    await expect(channel.run('a')).rejects.toMatchObject({ code: 'PRV_TARGET_LOST' })
  })

  it('sent while something is awaited cost no round trip', async () => {
    const { stream, channel } = start()
    const asked = [channel.run('a'), channel.run('b')]
    stream.data(Buffer.from('t0 0 0 0\nt1 0 0 0\n'))
    await Promise.all(asked)
    expect(channel.roundTrips).toBe(1)
    channel.run('c').catch(() => undefined)
    expect(channel.roundTrips).toBe(2)
  })
})
