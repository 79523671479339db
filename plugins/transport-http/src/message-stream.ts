import { Duplex } from 'node:stream'
import type { Carrier } from './carrier.js'
import { costOf, creditMessage, dataMessage, endMessage, mostData, overhead, readMessage, window } from './messages.js'

type Taken = (error?: Error | null) => void

/** A stream of bytes made of messages. It begins by giving the other side credit, and sends nothing before it was given some. */
export class MessageStream extends Duplex {
  /** Resolves when the other side has given credit: it is there, and has taken the connection. */
  readonly opened: Promise<void>
  #opened: () => void = () => undefined
  /** What may be sent, and what may come. */
  #credit = 0
  #allowance = window
  /** What was read, and no credit given for since. */
  #owed = 0
  readonly #arrived: Buffer[] = []
  #isWanted = false
  #hasTheirEnd = false
  #hasOurEnd = false
  /** Whether their end was passed on to who reads. */
  #isEnded = false
  #waiting: { readonly bytes: Buffer; readonly taken: Taken } | undefined

  constructor(private readonly carrier: Carrier) {
    super({ allowHalfOpen: true })
    this.opened = new Promise((resolve, reject) => {
      this.#opened = resolve
      this.once('close', () => reject(this.errored ?? new Error('the connection was closed')))
    })
    this.opened.catch(() => undefined)
    carrier.onMessage = (message) => this.#take(message)
    carrier.onClosed = (error) => {
      if (this.#hasTheirEnd && !this.readableEnded) this.once('end', () => this.#giveUp(error))
      else this.#giveUp(error)
    }
    carrier.send(creditMessage(window), ignored)
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, taken: Taken): void {
    this.#send(bytes, taken)
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], taken: Taken): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), taken)
  }

  override _final(taken: Taken): void {
    this.carrier.send(endMessage(), (error) => {
      this.#hasOurEnd = error === undefined || error === null
      taken(error)
    })
  }

  override _read(): void {
    this.#isWanted = true
    this.#deliver()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // As a system does with a socket: what was sent before the end still arrives, although nobody reads here any more.
    if (error === null && this.#hasOurEnd) this.carrier.finish()
    else this.carrier.abort()
    this.#arrived.length = 0
    done(error)
    this.#waiting?.taken(error ?? new Error('the connection was closed'))
    this.#waiting = undefined
  }

  #giveUp(error: Error): void {
    if (!this.#hasOurEnd || !this.#hasTheirEnd) this.destroy(error)
  }

  #send(bytes: Buffer, taken: Taken): void {
    if (bytes.length === 0) return taken()
    const length = Math.min(this.#credit - overhead, mostData, bytes.length)
    if (length <= 0) {
      this.#waiting = { bytes, taken }
      return
    }
    this.#credit -= costOf(length)
    this.carrier.send(dataMessage(bytes.subarray(0, length)), (error) => {
      if (error !== undefined && error !== null) taken(error)
      else this.#send(bytes.subarray(length), taken)
    })
  }

  #take(raw: Buffer): void {
    if (this.destroyed) return
    const message = readMessage(raw)
    if (message === undefined) return this.#refuse('a message that is none')
    if (message.kind === 'credit') return this.#takeCredit(message.amount)
    if (this.#hasTheirEnd) return this.#refuse('something after its end')
    if (message.kind === 'end') this.#hasTheirEnd = true
    else {
      this.#allowance -= costOf(message.bytes.length)
      if (this.#allowance < 0) return this.#refuse('more than it was given credit for')
      this.#arrived.push(message.bytes)
    }
    this.#deliver()
  }

  #takeCredit(amount: number): void {
    if (amount === 0 || this.#credit + amount > window) return this.#refuse('credit beyond all measure')
    this.#credit += amount
    this.#opened()
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting !== undefined) this.#send(waiting.bytes, waiting.taken)
  }

  #deliver(): void {
    while (this.#isWanted && this.#arrived.length > 0) {
      const bytes = this.#arrived.shift() as Buffer
      this.#owed += costOf(bytes.length)
      this.#isWanted = this.push(bytes)
    }
    if (this.#hasTheirEnd) {
      if (this.#arrived.length === 0) this.#end()
    } else if (this.#owed >= window / 2) {
      this.#allowance += this.#owed
      this.carrier.send(creditMessage(this.#owed), ignored)
      this.#owed = 0
    }
  }

  #end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.push(null)
  }

  #refuse(what: string): void {
    this.destroy(new Error(`the other side sent ${what}`))
  }
}

const ignored = (): void => undefined
