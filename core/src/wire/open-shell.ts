import { randomBytes } from 'node:crypto'
import type { ByteStream } from '../contracts/executor.js'
import { ProveError } from '../error.js'
import { type Attempt, attempts, type Elevation, elevationError } from './elevation.js'
import { Channel } from './channel.js'
import { loop } from './loop.js'
import { lost } from './lost.js'
import { graceSeconds } from './run-within.js'

/** Opens the byte stream: an executor with its options already chosen. */
export type OpenStream = (command: string) => Promise<ByteStream>

/** A shell that serves frames. */
export interface Shell {
  readonly channel: Channel
  /** Rejects, as all that is asked over the channel does, where the loop has no folder to work in. */
  readonly ready: Promise<Ready>
  /** Resolves when the stream is closed: the loop has ended and its scratch is gone. */
  readonly closed: Promise<void>
}

/** What the loop says of itself, once it serves frames. */
interface Ready {
  /** Its process id on the target. */
  readonly pid: number
  /** The scratch folder on the target, as "$D" in scripts. */
  readonly scratch: string
}

export interface OpenOptions {
  readonly elevation?: Elevation | undefined
  /** Until the hello; default 30,000. */
  readonly milliseconds?: number | undefined
  /** Gives the shell up at once: what waits for it rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
}

const hint = 'check the options of the target, and that a login there gets a shell'

/** Bytes that a login profile may print before the hello. */
const noiseLimit = 1024 * 1024

interface Refused {
  readonly said: string
  readonly wrongPassword: boolean
  readonly timedOut: boolean
}

/**
 * Opens a shell on the target and sends it the loop; frames may follow at once, without waiting until that serves them. Throws
 * PRV_TARGET_UNREACHABLE or PRV_TARGET_ELEVATION; nothing stays behind on either side then.
 */
export const openShell = async (open: OpenStream, options: OpenOptions = {}): Promise<Shell> => {
  const nonce = randomBytes(12).toString('hex')
  const { elevation, signal } = options
  let refused: Refused | undefined
  for (const attempt of attempts(bootstrap(nonce), elevation, nonce)) {
    const stream = await open(attempt.command)
    const result = await greet(stream, nonce, attempt, options)
    if ('channel' in result) {
      const giveUp = (): void => result.channel.abandon(signal?.reason as Error)
      if (signal?.aborted === true) giveUp()
      signal?.addEventListener('abort', giveUp)
      return result
    }
    signal?.throwIfAborted()
    refused = result
    if (result.timedOut) break
  }
  const said = lastWords(refused?.said ?? '')
  if (refused?.timedOut === true) {
    throw new ProveError('PRV_TARGET_UNREACHABLE', `no shell answered in time${said === '' ? '' : `: ${said}`}`, {
      hint,
    })
  }
  if (elevation !== undefined && refused !== undefined) {
    throw elevationError(elevation, refused.said, refused.wrongPassword)
  }
  throw noShell(said)
}

/** Ends a shell; its scratch is gone when it resolves, unless it was given up. */
export const closeShell = async ({ channel, closed }: Shell): Promise<void> => {
  if (channel.isAbandoned) return
  channel.end()
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, graceSeconds * 1000, 'late').unref())
  if ((await Promise.race([closed, late])) === 'late') {
    channel.abandon(lost('the shell on the target does not end'))
  }
}

/** Under 200 bytes, without a quote, "!" or backslash: the same for sh, csh and fish. */
export const bootstrap = (nonce: string): string => `echo prove-${nonce};read -r l&&eval "$l"`

const greet = (
  stream: ByteStream,
  nonce: string,
  attempt: Attempt,
  { elevation, milliseconds = 30_000, signal }: OpenOptions,
): Promise<Shell | Refused> =>
  new Promise((resolve) => {
    const hello = `prove-${nonce}\n`
    let out = Buffer.alloc(0)
    let notice = ''
    let passwordSent = false
    let settled = false
    const closed = new Promise<void>((done) => {
      stream.onClose(() => done())
    })

    const settle = (result: Shell | Refused): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      if (!('channel' in result)) stream.destroy()
      resolve(result)
    }
    const refuse = (details: Partial<Refused> = {}): void =>
      settle({
        said: notice === '' ? out.toString('utf8').slice(-500) : notice,
        wrongPassword: false,
        timedOut: false,
        ...details,
      })
    let timer = setTimeout(() => refuse({ timedOut: true }), milliseconds)
    signal?.addEventListener('abort', () => refuse())

    const sendPassword = (): void => {
      const { password } = elevation ?? {}
      if (password === undefined) return refuse({ said: 'a password is needed' })
      if (passwordSent) return refuse({ wrongPassword: true })
      passwordSent = true
      notice = ''
      clearTimeout(timer)
      password()
        .then((secret) => {
          // A shell that came after all must not be sent it, for it would take it for a frame.
          if (settled) return
          // A person may take their time to type; the target may not take it to answer.
          timer = setTimeout(() => refuse({ timedOut: true }), milliseconds)
          return stream.write(Buffer.from(`${secret}\n`))
        })
        .catch((error: unknown) => refuse({ said: error instanceof Error ? error.message : String(error) }))
    }

    stream.onNotice((bytes) => {
      notice = (notice + bytes.toString('utf8')).slice(-4096)
      const { prompt } = attempt
      if (settled || prompt === undefined) return
      if (typeof prompt === 'string' ? notice.includes(prompt) : prompt.test(notice)) sendPassword()
    })
    stream.onData((bytes) => {
      if (settled) return
      out = Buffer.concat([out, bytes])
      const at = out.indexOf(hello)
      if (at < 0) {
        if (out.length > noiseLimit) refuse({ said: 'the login profile prints without end' })
        return
      }
      const early = out.subarray(at + hello.length)
      settle({ ...serve({ stream, early, milliseconds, noticed: () => notice }), closed })
    })
    stream.onClose((reason) => {
      const wrongPassword = passwordSent && /incorrect|sorry|authentication failure/i.test(notice)
      const isSilent = notice.trim() === '' && out.toString('utf8').trim() === ''
      refuse(isSilent && reason !== undefined ? { said: reason } : { wrongPassword })
    })
  })

interface Greeted {
  readonly stream: ByteStream
  /** What came behind the hello already. */
  readonly early: Buffer
  readonly milliseconds: number
  /** What standard error has said so far. */
  readonly noticed: () => string
}

/** Sends the loop. What it says first is whether it is ready; answers follow. */
const serve = ({ stream, early, milliseconds, noticed }: Greeted): Pick<Shell, 'channel' | 'ready'> => {
  // What cannot be written is told by the end of the stream.
  stream.write(Buffer.from(`${loop}\n`)).catch(() => undefined)
  let isReady: (ready: Ready) => void = () => undefined
  const told = new Promise<Ready>((resolve) => (isReady = resolve))
  const channel = new Channel(stream, early, {
    take: (line) => {
      const [word, pid, scratch] = line.split(' ')
      if (word !== 'ready' || pid === undefined || scratch === undefined) {
        return word === 'scratch' ? noScratch() : noShell(`the shell answered ${JSON.stringify(line.slice(0, 80))}`)
      }
      isReady({ pid: Number(pid), scratch })
      return undefined
    },
    missing: (cause) => noShell(lastWords(noticed()) || cause),
  })
  const ready = Promise.race([told, channel.broken])
  const timer = setTimeout(() => channel.abandon(noShell('it does not answer')), milliseconds)
  const clear = (): void => clearTimeout(timer)
  ready.then(clear, clear)
  return { channel, ready }
}

const lastWords = (said: string): string => said.trim().split('\n').slice(-3).join('; ')

const noShell = (cause: string): ProveError =>
  new ProveError('PRV_TARGET_UNREACHABLE', `no shell was opened${cause === '' ? '' : `: ${cause}`}`, { hint })

const noScratch = (): ProveError =>
  new ProveError(
    'PRV_TARGET_UNREACHABLE',
    'none of /run, /dev/shm and /tmp can be written on the target, or all of them are full',
    { hint: 'make room in one of them: Prove keeps there what it works with, as long as it runs' },
  )
