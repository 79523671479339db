import { type ByteStream, ProveError } from '@prove/core'
import { hintOf } from './hint-of.js'

interface Ground {
  readonly host: string
  readonly signal: AbortSignal | undefined
}

/** Bytes that a login may print before the mark. */
const noiseLimit = 1024 * 1024

/**
 * The stream from the mark on, which the shell prints before it does anything else. Throws PRV_TARGET_UNREACHABLE, with what ssh
 * said, when it ends before.
 */
export const connected = (stream: ByteStream, mark: string, { host, signal }: Ground): Promise<ByteStream> =>
  new Promise((resolve, reject) => {
    const data = new Relay()
    const notices = new Relay()
    let before = Buffer.alloc(0)
    let said = ''
    let isOpen = false
    const refuse = (reason: string): void => {
      if (isOpen) return
      const printed = before.toString('utf8').trim()
      const { message, hint } = problemOf(host, said.trim() === '' ? printed : said, reason)
      reject(new ProveError('PRV_TARGET_UNREACHABLE', message, { hint }))
      stream.destroy()
    }
    const leave = (): void => refuse('nobody waits for it any more')
    if (signal?.aborted === true) return leave()
    signal?.addEventListener('abort', leave)
    stream.onNotice((bytes) => {
      said = (said + bytes.toString('utf8')).slice(-8192)
      notices.take(bytes)
    })
    stream.onData((bytes) => {
      if (isOpen) return data.take(bytes)
      before = Buffer.concat([before, bytes])
      const at = before.indexOf(`${mark}\n`)
      if (at < 0 && before.length > noiseLimit) return refuse('the login there prints without end')
      if (at < 0) return
      isOpen = true
      said = ''
      data.take(before.subarray(at + mark.length + 1))
      before = Buffer.alloc(0)
      resolve({
        ...stream,
        onData: (listener) => data.to(listener),
        onNotice: (listener) => notices.to(listener),
        onClose: (listener) => stream.onClose((reason, status) => listener(endOf(said, reason, status), status)),
      })
    })
    stream.onClose((reason) => refuse(reason ?? 'the login there ended'))
  })

/** 255 is what ssh itself ends with, and hardly a shell; it says why. */
const endOf = (said: string, reason: string | undefined, status: number | undefined): string | undefined =>
  status === 255 ? (linesOf(said).at(-1) ?? 'the connection was lost') : reason

const problemOf = (host: string, said: string, reason: string): { readonly message: string; readonly hint: string } => {
  const words = linesOf(said).slice(-3).join('; ')
  return { message: `no login at "${host}": ${words === '' ? reason : words}`, hint: hintOf(said, host) }
}

const linesOf = (said: string): readonly string[] =>
  said
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/^ssh: /, '')
        .trim()
        .replace(/\.$/, ''),
    )
    .filter((line) => line !== '' && !/^(@+|Warning: Permanently added|debug\d)/.test(line))

/** Keeps what comes until somebody listens. */
class Relay {
  #kept: Buffer[] = []
  #listener: ((bytes: Buffer) => void) | undefined

  take(bytes: Buffer): void {
    if (bytes.length === 0) return
    if (this.#listener === undefined) this.#kept.push(bytes)
    else this.#listener(bytes)
  }

  to(listener: (bytes: Buffer) => void): void {
    this.#listener = listener
    for (const bytes of this.#kept.splice(0)) listener(bytes)
  }
}
