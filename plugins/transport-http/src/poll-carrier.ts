import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Carrier } from './carrier.js'
import type { Answered, HttpLink } from './http-link.js'
import { type HttpOptions, holdOf } from './http-options.js'
import { longestBatch, messagesOf, Outbox } from './outbox.js'
import { pollHeaders } from './poll-headers.js'

/** Milliseconds between two attempts, at the most. */
const longestPause = 2000

/** Milliseconds that a goodbye may take. */
const farewell = 5000

/** Answers after which it is no use to ask again: the session is not known there, or the request is none. */
const isFinal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429

/**
 * The dialling side of a poll: one request at a time brings messages, and one fetches them. A request whose answer is lost is
 * sent again with its number, so that a torn connection costs a round trip and nothing else.
 */
export class PollCarrier implements Carrier {
  onMessage: (message: Buffer) => void = () => undefined
  onClosed: (error: Error) => void = () => undefined
  readonly #session = randomBytes(16).toString('hex')
  readonly #outbox = new Outbox()
  readonly #stop = new AbortController()
  #isFinished = false
  #wake: () => void = () => undefined

  constructor(
    private readonly link: HttpLink,
    private readonly options: HttpOptions,
  ) {}

  /** Sends what is there; the answer says whether the other side has taken the connection. Begins to fetch when it has. */
  async open(stop: AbortSignal): Promise<Answered> {
    const answered = await this.#ask({ [pollHeaders.send]: '0' }, this.#outbox.take(), stop)
    if (isOurs(answered)) {
      this.#run(this.#sendAll())
      this.#run(this.#fetchAll())
    }
    return answered
  }

  send(message: Buffer, taken: () => void): void {
    this.#outbox.add(message, taken)
    this.#wake()
  }

  finish(): void {
    this.#isFinished = true
    this.#wake()
  }

  abort(): void {
    if (this.#stop.signal.aborted) return
    this.#close()
    const headers = { [pollHeaders.session]: this.#session }
    void this.link
      .ask({ method: 'DELETE', headers, timeout: farewell }, longestBatch)
      .catch(() => undefined)
      .finally(() => this.link.close())
  }

  #close(): void {
    this.#stop.abort()
    this.#wake()
  }

  #run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (this.#stop.signal.aborted) return
      this.#close()
      this.link.close()
      this.onClosed(error as Error)
    })
  }

  async #sendAll(): Promise<void> {
    for (let number = 1; ; number++) {
      while (this.#outbox.isEmpty && !this.#isFinished && !this.#stop.signal.aborted) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
      if (this.#stop.signal.aborted) return
      if (this.#outbox.isEmpty) return this.abort()
      // What is sent in the same turn goes along.
      await new Promise((resolve) => setImmediate(resolve))
      const batch = this.#outbox.take()
      await this.#insist({ [pollHeaders.send]: String(number) }, batch)
    }
  }

  async #fetchAll(): Promise<void> {
    const hold = String(Math.round(holdOf(this.options)))
    for (let number = 0; !this.#stop.signal.aborted; number++) {
      const { body } = await this.#insist({ [pollHeaders.receive]: String(number), [pollHeaders.hold]: hold })
      const messages = messagesOf(body)
      if (messages === undefined) throw new Error('the other side sent a batch that is none')
      for (const message of messages) this.onMessage(message)
    }
  }

  /** The answer to a request, however often it takes; until the silence has lasted too long. */
  async #insist(headers: Readonly<Record<string, string>>, body?: Buffer): Promise<Answered> {
    const begun = performance.now()
    for (let attempt = 0; ; attempt++) {
      const answered = await this.#ask(headers, body, this.#stop.signal).catch((error: unknown) => error as Error)
      if (!(answered instanceof Error) && isOurs(answered)) return answered
      const problem =
        answered instanceof Error ? answered : new Error(`the other side answered with status ${answered.status}`)
      const isOver = performance.now() - begun > this.options.silence * 1000
      if (isOver || (!(answered instanceof Error) && isFinal(answered.status))) throw problem
      const wait = Math.min(longestPause, 50 * 2 ** attempt)
      await pause(wait * (0.5 + Math.random() / 2), undefined, { signal: this.#stop.signal })
    }
  }

  #ask(headers: Readonly<Record<string, string>>, body: Buffer | undefined, signal: AbortSignal): Promise<Answered> {
    const patience = (this.options.silence * 1000) / 2
    return this.link.ask(
      {
        method: 'POST',
        headers: { [pollHeaders.session]: this.#session, ...headers },
        ...(body === undefined ? {} : { body }),
        // What fetches is held back on purpose.
        timeout: body === undefined ? patience + holdOf(this.options) : patience,
        signal,
      },
      longestBatch,
    )
  }
}

/** Whether a listener of ours has answered, and not something before it or in its place. */
export const isOurs = ({ status, headers }: Answered): boolean =>
  (status === 204 && headers[pollHeaders.send] !== undefined) ||
  (status === 200 && headers[pollHeaders.receive] !== undefined)
