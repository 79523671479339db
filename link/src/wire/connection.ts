import type { Duplex } from 'node:stream'
import { messageOf, ProveError } from '@prove/core'
import { encodeFrame, FrameReader, type Frame, frameKinds } from './frames.js'
import { type Message, parseMessage } from './messages.js'
import { roomIn } from './room-in.js'

/** What came: a message, or bytes of a content that was asked for. */
export type Incoming = Message | { readonly kind: 'bytes'; readonly bytes: Buffer }

/** Bytes that one frame of the other side may have: little before it is known, and enough for all states of a target then. */
const limits = { strange: 64 * 1024, known: 64 * 1024 * 1024 } as const

/** Milliseconds that the other side has to close a link that ends here. */
const farewell = 2000

export interface Liveness {
  /** Milliseconds after which a side that has nothing to say says that it is there. */
  readonly alive: number
  /** Milliseconds of silence after which the other side counts as gone. */
  readonly silence: number
}

/** An agent that dials is to notice that its master has vanished before the next run has waited for it in vain: that waits 30 s. */
export const usualLiveness: Liveness = { alive: 5000, silence: 20_000 }

/**
 * Messages over a secured stream, in order, both ways. It heeds back pressure: what is not taken from {@link incoming} is not
 * read, and {@link send} resolves when the stream takes more.
 */
export class Connection {
  readonly #reader = new FrameReader(() => (this.#isKnown ? limits.known : limits.strange))
  readonly #timer: NodeJS.Timeout
  #isKnown = false
  /** Bytes of frames, so far. */
  sent = 0
  received = 0
  #heard = performance.now()
  #said = performance.now()
  #looked = performance.now()
  #isReading = false
  #failure: Error | undefined
  /** Resolves when the stream is gone: to the reason, where there was one. */
  readonly closed: Promise<Error | undefined>

  constructor(
    private readonly stream: Duplex,
    /** The fingerprint of the other side. */
    readonly peer: string,
    private readonly liveness: Liveness = usualLiveness,
  ) {
    stream.on('error', (error) => (this.#failure ??= error))
    this.closed = new Promise((resolve) => {
      const end = (): void => {
        clearInterval(this.#timer)
        resolve(this.#failure)
      }
      if (stream.closed) end()
      else stream.once('close', end)
    })
    this.#timer = setInterval(() => this.#look(), Math.max(liveness.alive / 4, 10))
    this.#timer.unref()
  }

  /** The other side is one that may say more. */
  trust(): void {
    this.#isKnown = true
  }

  /** Resolves when more may be said. Rejects with PRV_LINK_LOST. */
  send(message: Message): Promise<void> {
    return this.#write({ kind: frameKinds.message, body: Buffer.from(JSON.stringify(message)) })
  }

  /** A piece of a content; at most what a frame may hold. */
  sendBytes(bytes: Buffer): Promise<void> {
    return this.#write({ kind: frameKinds.bytes, body: bytes })
  }

  /** All that the other side says until it ends. Throws PRV_LINK_PROTOCOL, and PRV_LINK_LOST when the stream breaks. */
  async *incoming(): AsyncGenerator<Incoming, void> {
    try {
      this.#isReading = true
      for await (const chunk of this.stream as AsyncIterable<Buffer>) {
        this.#heard = performance.now()
        this.#isReading = false
        this.received += chunk.length
        for (const frame of this.#reader.take(chunk)) {
          const said = incomingOf(frame)
          if (said.kind !== 'alive') yield said
        }
        this.#heard = performance.now()
        this.#isReading = true
      }
    } catch (error) {
      throw error instanceof ProveError ? error : lost(this.#failure ?? error)
    } finally {
      this.#isReading = false
      this.stream.destroy()
    }
  }

  /** Ends after what was sent, when the other side ends as well, or a moment later. */
  async end(): Promise<void> {
    this.stream.end()
    const timer = setTimeout(() => this.stream.destroy(), farewell)
    await this.closed
    clearTimeout(timer)
  }

  /** Ends at once. */
  destroy(why?: Error): void {
    this.#failure ??= why
    this.stream.destroy(why)
  }

  async #write(frame: Frame): Promise<void> {
    if (this.stream.destroyed || this.stream.writableEnded) throw lost(this.#failure)
    if (frame.body.length >= limits.known) {
      throw new ProveError(
        'PRV_LINK_PROTOCOL',
        `a message of ${frame.body.length} bytes is longer than a link carries`,
        {
          hint: `bring fewer states to the target at once; ${limits.known} bytes are allowed`,
        },
      )
    }
    this.#said = performance.now()
    const bytes = encodeFrame(frame)
    this.sent += bytes.length
    if (this.stream.write(bytes)) return
    await roomIn(this.stream)
    if (this.stream.destroyed) throw lost(this.#failure)
  }

  /** Says that this side is there, and gives the other one up that has been silent for too long. */
  #look(): void {
    const now = performance.now()
    const { alive, silence } = this.liveness
    // This side stood still itself: what was said meanwhile has not been read yet.
    if (now - this.#looked > alive) this.#heard = now
    this.#looked = now
    if (this.#isReading && now - this.#heard > silence) {
      this.destroy(lost(`nothing was heard for ${Math.round(silence / 1000)} s`))
    } else if (now - this.#said > alive && !this.stream.destroyed) {
      this.send({ kind: 'alive' }).catch(() => undefined)
    }
  }
}

const incomingOf = ({ kind, body }: Frame): Incoming =>
  kind === frameKinds.bytes ? { kind: 'bytes', bytes: body } : parseMessage(body)

/** The link is gone. */
export const lost = (why: unknown): ProveError => {
  if (why instanceof ProveError) return why
  const reason = why === undefined ? 'the other side closed it' : typeof why === 'string' ? why : messageOf(why)
  return new ProveError('PRV_LINK_LOST', `the link was lost: ${reason}`, {
    hint: 'check that the other side runs, and the network between both',
    cause: why,
  })
}
