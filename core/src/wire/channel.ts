import type { ByteStream } from '../contracts/executor.js'
import type { Asked, Trip } from '../contracts/trip.js'
import { ProveError } from '../error.js'
import { type AnswerHead, answerHead } from './answer-head.js'
import { loopExits, outputLimit } from './loop.js'
import { lost } from './lost.js'

/** What came back for a script. `cut` tells that a stream was longer than the limit. */
export interface Answer {
  readonly exit: number
  readonly stdout: Buffer
  readonly stderr: Buffer
  readonly cut: boolean
}

/** What comes before all answers. */
export interface Greeting {
  /** Returns what is wrong with the line, which ends the channel. */
  readonly take: (line: string) => Error | undefined
  /** The error for a stream that ends before it. */
  readonly missing: (cause: string) => Error
}

interface Waiting {
  readonly token: string
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

const headerLimit = 256

/**
 * Frames over a byte stream. Answers come in the order of the scripts. Whatever is being written, everything that
 * arrives is taken at once: the target can never be stuck with a full pipe in both directions.
 */
export class Channel {
  readonly #stream: ByteStream
  readonly #waiting: Waiting[] = []
  #chunks: Buffer[] = []
  #buffered = 0
  #wanted = 1
  #head: AnswerHead | undefined
  #writing: Promise<void> = Promise.resolve()
  #count = 0
  #trips = 0
  #trip: { began: number; frames: Asked[] } | undefined
  #sent = 0
  #received = 0
  #broken: Error | undefined
  #isAbandoned = false
  /** Whether something could not be written. */
  #isDeaf = false

  /** Called when a round trip has ended. */
  onTrip: ((trip: Trip) => void) | undefined

  /** Rejects when nothing more comes: with the reason why. */
  readonly broken: Promise<never>
  #tellBroken: (error: Error) => void = () => undefined

  /** `greeting` is told of the line that comes before all answers, or that none came. */
  constructor(
    stream: ByteStream,
    early: Buffer,
    private greeting: Greeting | undefined,
  ) {
    this.#stream = stream
    this.broken = new Promise((_resolve, reject) => (this.#tellBroken = reject))
    this.broken.catch(() => undefined)
    stream.onData((bytes) => {
      this.#received += bytes.length
      this.#take(bytes)
    })
    stream.onClose((reason, status) => {
      const meaning = status === undefined ? undefined : loopExits[status]
      const cause = meaning ?? reason ?? 'the shell on the target ended'
      this.#break(this.greeting?.missing(cause) ?? lost(cause))
    })
    if (early.length > 0) this.#take(early)
  }

  /** Times that something was sent while nothing was awaited. */
  get roundTrips(): number {
    return this.#trips
  }

  get isAbandoned(): boolean {
    return this.#isAbandoned
  }

  get outstanding(): number {
    return this.#waiting.length
  }

  /** Puts bytes into a file of the scratch folder. Says nothing of success: the script that uses it looks. */
  upload(name: string, size: number, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): void {
    this.#write(async () => {
      await this.#send(Buffer.from(`w ${size} ${name}\n`))
      let left = size
      for await (const chunk of bytes) {
        const part = chunk.length > left ? chunk.subarray(0, left) : chunk
        left -= part.length
        if (part.length > 0) await this.#send(part)
      }
      // A source that shrank while it was read still fills its frame; its hash will not match.
      while (left > 0) {
        const part = Buffer.alloc(Math.min(left, 65_536))
        left -= part.length
        await this.#send(part)
      }
    })
  }

  /**
   * Runs a script on the target; `asked` is what its round trip is told to have asked. Rejects with PRV_TARGET_LOST when the
   * stream ends before the answer.
   */
  run(script: string, ...asked: readonly Asked[]): Promise<Answer> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken)
    const token = `t${this.#count++}`
    const bytes = Buffer.from(script)
    if (this.#trip === undefined) {
      this.#trips++
      this.#trip = { began: performance.now(), frames: [] }
    }
    this.#trip.frames.push(...asked)
    const answer = new Promise<Answer>((resolve, reject) => this.#waiting.push({ token, resolve, reject }))
    this.#write(() => this.#send(Buffer.concat([Buffer.from(`x ${bytes.length} ${token}\n`), bytes])))
    return answer
  }

  /** Gives up on the stream: everything awaited is rejected with this error. */
  abandon(error: Error): void {
    this.#isAbandoned = true
    this.#break(error)
    this.#stream.destroy()
  }

  /** Closes the input; the target finishes what it has and ends. */
  end(): void {
    void this.#writing.then(() => this.#stream.end())
  }

  #send(bytes: Buffer): Promise<void> {
    this.#sent += bytes.length
    return this.#stream.write(bytes)
  }

  #write(send: () => Promise<void>): void {
    // Nothing may follow a frame that broke off: the target would take it for the rest of that frame.
    const sent = this.#writing.then(() => (this.#broken === undefined && !this.#isDeaf ? send() : undefined))
    this.#writing = sent.catch((error: unknown) => {
      this.#isDeaf = true
      const cause = error instanceof Error ? error.message : String(error)
      // Its end, which comes next, tells why; a stream that only refuses writes would leave answers hanging.
      setTimeout(() => {
        if (this.#broken === undefined) this.abandon(lost(`the target takes no more input: ${cause}`))
      }, 1000)
    })
  }

  #break(error: Error): void {
    this.#broken ??= error
    this.#tellBroken(this.#broken)
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#broken)
  }

  #endTrip(): void {
    if (this.#trip === undefined) return
    const { began, frames } = this.#trip
    const [sent, received] = [this.#sent, this.#received]
    this.#trip = undefined
    this.#sent = this.#received = 0
    this.onTrip?.({ number: this.#trips, elapsedMs: performance.now() - began, sent, received, frames })
  }

  #take(bytes: Buffer): void {
    this.#chunks.push(bytes)
    this.#buffered += bytes.length
    if (this.#buffered < this.#wanted) return
    let rest = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks)
    for (;;) {
      const next = this.#step(rest)
      if (next === undefined) break
      rest = next
    }
    this.#chunks = rest.length > 0 ? [rest] : []
    this.#buffered = rest.length
  }

  /** Takes a header or a body off the front; undefined when more bytes are needed. */
  #step(bytes: Buffer): Buffer | undefined {
    if (this.#broken !== undefined) return undefined
    if (this.greeting !== undefined) return this.#takeGreeting(bytes, this.greeting)
    return this.#head === undefined ? this.#takeHead(bytes) : this.#takeBody(bytes, this.#head)
  }

  /** Where the line ends that the bytes begin with; undefined while it may go on. */
  #endOfLine(bytes: Buffer): number | undefined {
    const end = bytes.indexOf(10)
    if (end >= 0 || bytes.length > headerLimit) return end
    this.#wanted = bytes.length + 1
    return undefined
  }

  #takeGreeting(bytes: Buffer, { take }: Greeting): Buffer | undefined {
    const end = this.#endOfLine(bytes)
    if (end === undefined) return undefined
    this.greeting = undefined
    const problem = take(bytes.subarray(0, Math.max(0, end)).toString('utf8'))
    if (problem !== undefined) this.abandon(problem)
    return bytes.subarray(end + 1)
  }

  #takeHead(bytes: Buffer): Buffer | undefined {
    const end = this.#endOfLine(bytes)
    if (end === undefined) return undefined
    const line = bytes.subarray(0, Math.max(0, Math.min(end, headerLimit))).toString('latin1')
    this.#head = answerHead(line, this.#waiting[0]?.token)
    if (this.#head === undefined) {
      const shown = JSON.stringify(line.slice(0, 60))
      this.abandon(new ProveError('PRV_WIRE_PROTOCOL', `the target sent ${shown} where an answer was due`))
      return undefined
    }
    return bytes.subarray(end + 1)
  }

  #takeBody(bytes: Buffer, head: AnswerHead): Buffer | undefined {
    const out = Math.min(head.stdout, outputLimit)
    const length = out + Math.min(head.stderr, outputLimit)
    if (bytes.length < length) {
      this.#wanted = length
      return undefined
    }
    this.#head = undefined
    this.#wanted = 1
    const answered = this.#waiting.shift()
    if (this.#waiting.length === 0) this.#endTrip()
    answered?.resolve({
      exit: head.exit,
      stdout: bytes.subarray(0, out),
      stderr: bytes.subarray(out, length),
      cut: head.stdout > outputLimit || head.stderr > outputLimit,
    })
    return bytes.subarray(length)
  }
}
