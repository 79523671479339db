import type { ByteStream } from '../contracts/executor.js'

/** How a stream ended. */
export interface Ended {
  readonly reason: string | undefined
  readonly status: number | undefined
}

/** A stream whose output is kept, for tests. */
export class Conversation {
  readonly ended: Promise<Ended>
  #said: Buffer[] = []
  #noted = ''
  #closes = 0
  #came: () => void = () => undefined

  constructor(readonly stream: ByteStream) {
    stream.onData((bytes) => {
      this.#said.push(bytes)
      this.#came()
    })
    stream.onNotice((bytes) => {
      this.#noted += bytes.toString('utf8')
    })
    this.ended = new Promise((resolve) => {
      stream.onClose((reason, status) => {
        this.#closes++
        resolve({ reason, status })
        this.#came()
      })
    })
  }

  /** All that came so far. */
  get said(): Buffer {
    this.#said = [Buffer.concat(this.#said)]
    return this.#said[0] ?? Buffer.alloc(0)
  }

  get noted(): string {
    return this.#noted
  }

  /** How often the end was told. */
  get closes(): number {
    return this.#closes
  }

  /** The first so many bytes, once they came. */
  async take(length: number): Promise<Buffer> {
    await this.#until(() => this.said.length >= length)
    return this.said.subarray(0, length)
  }

  /** The first line, once it came. */
  async line(): Promise<string> {
    await this.#until(() => this.said.includes(10))
    return this.said.subarray(0, this.said.indexOf(10)).toString('utf8')
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      if (this.#closes > 0) throw new Error(`the shell ended too early: ${this.#noted.trim()}`)
      await new Promise<void>((resolve) => {
        this.#came = resolve
      })
    }
  }
}
