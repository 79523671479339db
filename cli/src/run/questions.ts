import type { Interface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { isatty } from 'node:tty'
import { ProveError } from '@prove/core'
import type { RunView } from '../console/run-view.js'

/** Loaded for a question: most runs have none. */
const createInterface = (
  ...options: Parameters<(typeof import('node:readline/promises'))['createInterface']>
): Interface => process.getBuiltinModule('node:readline/promises').createInterface(...options)

/** Asks for secrets: one question after the other, and each once in a run. */
export class Questions {
  readonly #answers = new Map<string, Promise<string>>()
  #last: Promise<unknown> = Promise.resolve()
  #piped: Interface | undefined
  #lines: AsyncIterator<string> | undefined
  #open: Interface | undefined

  constructor(private readonly view: Pick<RunView, 'hold'>) {}

  /** Whether somebody sits there who was not told to expect a question. */
  get someoneIsThere(): boolean {
    // Without making a stream of standard input, which takes milliseconds, and most runs ask nothing.
    return isatty(0) && isatty(2)
  }

  /** Without showing what is typed; a line from a pipe where there is no terminal. Throws PRV_USAGE where there is none. */
  ask(question: string): Promise<string> {
    const known = this.#answers.get(question)
    if (known !== undefined) return known
    const answer = this.#last.then(() => this.#held(question))
    this.#last = answer.catch(() => undefined)
    this.#answers.set(question, answer)
    return answer
  }

  /** Nobody waits for an answer any more, and nothing is read. */
  close(): void {
    this.#open?.close()
    this.#piped?.close()
  }

  async #held(question: string): Promise<string> {
    const release = this.view.hold?.()
    try {
      const line = process.stdin.isTTY ? await this.#typed(question) : await this.#nextPiped()
      if (line !== undefined) return line
      throw new ProveError('PRV_USAGE', 'no password was given', { hint: 'type it, or pipe it to standard input' })
    } finally {
      release?.()
    }
  }

  async #nextPiped(): Promise<string | undefined> {
    this.#piped ??= createInterface({ input: process.stdin })
    this.#lines ??= this.#piped[Symbol.asyncIterator]()
    const { done, value } = await this.#lines.next()
    return done === true ? undefined : value
  }

  async #typed(question: string): Promise<string | undefined> {
    process.stderr.write(question)
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
    this.#open = lines
    // While it reads, the terminal sends a letter for Ctrl-C, and no signal.
    lines.once('SIGINT', () => {
      process.emit('SIGINT', 'SIGINT')
      lines.close()
    })
    try {
      for await (const line of lines) return line
      return undefined
    } finally {
      lines.close()
      process.stderr.write('\n')
    }
  }
}
