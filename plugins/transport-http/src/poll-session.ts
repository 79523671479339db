import type { ServerResponse } from 'node:http'
import { answer } from './answer.js'
import type { Carrier } from './carrier.js'
import { type HttpOptions, holdOf } from './http-options.js'
import { messagesOf, Outbox } from './outbox.js'
import { pollHeaders } from './poll-headers.js'

interface Waiting {
  readonly number: number
  readonly response: ServerResponse
  readonly timer: NodeJS.Timeout
}

/** What is left of a connection between the requests of who dialled it. */
export class PollSession implements Carrier {
  onMessage: (message: Buffer) => void = () => undefined
  onClosed: (error: Error) => void = () => undefined
  /** The number of the next request that brings messages. */
  #next = 0
  /** What the last request fetched: asked again, it is answered the same. */
  #fetched: { readonly number: number; readonly body: Buffer } = { number: -1, body: Buffer.alloc(0) }
  #waiting: Waiting | undefined
  #bringing: ServerResponse | undefined
  #heard = performance.now()
  #isClosed = false
  #isFinished = false
  readonly #outbox = new Outbox()
  readonly #watch: NodeJS.Timeout

  constructor(
    private readonly options: HttpOptions,
    /** Called once, when no request belongs to it any more. */
    private readonly forget: () => void,
  ) {
    const silence = options.silence * 1000
    this.#watch = setInterval(() => {
      if (this.#waiting === undefined && performance.now() - this.#heard > silence) {
        this.#leave(new Error('nothing was heard of the other side'))
      }
    }, silence / 4)
  }

  /** A request begins to bring messages: one that is still at it gives way, so that a session keeps one body at a time. */
  begin(response: ServerResponse): void {
    if (this.#bringing?.req.complete === false) this.#bringing.destroy()
    this.#bringing = response
  }

  /** Messages that a request brings. */
  take(number: number, batch: Buffer, response: ServerResponse): void {
    this.#heard = performance.now()
    if (number > this.#next) return answer(response, 409)
    const messages = number === this.#next ? messagesOf(batch) : []
    if (messages === undefined) {
      answer(response, 400)
      return this.#leave(new Error('the other side sent a batch that is none'))
    }
    if (number === this.#next) this.#next++
    answer(response, 204, { [pollHeaders.send]: String(number) })
    for (const message of messages) this.onMessage(message)
  }

  /** Answers when there is something to fetch, or `hold` milliseconds are over. */
  fetch(number: number, hold: number, response: ServerResponse): void {
    this.#heard = performance.now()
    if (number === this.#fetched.number) return this.#give(response)
    if (number !== this.#fetched.number + 1) return answer(response, 409)
    if (this.#isFinished && this.#outbox.isEmpty) {
      answer(response, 410)
      return this.abort()
    }
    // One that is repeated takes the place of the first, whose way back is lost.
    this.#stopWaiting(409)
    const timer = setTimeout(() => this.#answerWaiting(), Math.min(hold, holdOf(this.options)))
    const waiting = { number, response, timer }
    this.#waiting = waiting
    response.once('close', () => {
      if (this.#waiting !== waiting) return
      clearTimeout(timer)
      this.#waiting = undefined
    })
    this.#answerSoon()
  }

  /** The other side says that it is over. */
  leave(): void {
    this.#leave(new Error('the connection was closed by the other side before its end'))
  }

  send(message: Buffer, taken: () => void): void {
    this.#outbox.add(message, taken)
    this.#answerSoon()
  }

  /** What was sent last is still to be fetched; then the other side leaves, falls silent, or is told that it is over. */
  finish(): void {
    this.#isFinished = true
    if (this.#waiting !== undefined && this.#outbox.isEmpty) this.abort()
  }

  abort(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#watch)
    this.#stopWaiting(410)
    this.forget()
  }

  #leave(error: Error): void {
    this.onClosed(error)
    this.abort()
  }

  /** Not at once: what is sent in the same turn goes along. */
  #answerSoon(): void {
    if (this.#waiting === undefined || this.#outbox.isEmpty) return
    setImmediate(() => {
      if (!this.#outbox.isEmpty) this.#answerWaiting()
    })
  }

  #answerWaiting(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    clearTimeout(waiting.timer)
    this.#waiting = undefined
    this.#heard = performance.now()
    this.#fetched = { number: waiting.number, body: this.#outbox.take() }
    this.#give(waiting.response)
  }

  #give(response: ServerResponse): void {
    answer(response, 200, { [pollHeaders.receive]: String(this.#fetched.number) }, this.#fetched.body)
  }

  #stopWaiting(status: number): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    clearTimeout(waiting.timer)
    answer(waiting.response, status)
  }
}
