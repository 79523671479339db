import { connect, Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { messageOf, ProveError } from '@prove/core'
import ssh2, { type Client, type ClientChannel, type ConnectConfig } from 'ssh2'
import { problemOf } from './problem-of.js'
import { HostKeys } from './host-key.js'
import type { Identities } from './identities.js'
import type { SshSettings } from './ssh-settings.js'

/** A link that was cut in silence is told after three times as many seconds. */
const longestSilence = 8

/** Seconds. */
const usualTimeout = 10

interface ConnectGround {
  readonly settings: SshSettings
  readonly identities: Identities
  /** In place of a socket of its own: another connection, or a command. */
  readonly sock: ConnectConfig['sock']
  readonly signal: AbortSignal | undefined
}

/** Whether the way was free, and nobody was let in. */
export const isNotLetIn = (error: unknown): boolean => {
  if (!(error instanceof ProveError)) return false
  const { level, message = '' } = (error.cause ?? {}) as { readonly level?: unknown; readonly message?: string }
  return level === 'client-authentication' || tooManyTries.test(message)
}

/** What sshd says before it ends the connection, where too many keys were shown. */
const tooManyTries = /too many authentication failures/i

/** A login on a host. */
export class Connection {
  /** Why it ended, where that was not asked for. */
  problem: string | undefined

  private constructor(
    private readonly client: Client,
    private readonly way: Readable,
  ) {
    client.on('error', (error) => {
      this.problem ??= /keepalive/i.test(error.message) ? 'the other side does not answer any more' : error.message
    })
  }

  /** Logs in. Throws PRV_TARGET_UNREACHABLE with the cause and the next thing to try. */
  static open({ settings, identities, sock, signal }: ConnectGround): Promise<Connection> {
    const client = new ssh2.Client()
    const { hostname, port } = settings
    // Without noDelay every second message waits until the first is acknowledged: a round trip and some 40 ms.
    const way = sock ?? connect({ host: hostname, port, noDelay: true })
    const keys = new HostKeys(settings)
    let refusal: ProveError | undefined
    return new Promise((resolve, reject) => {
      const fail = (error: Error & { readonly level?: string; readonly code?: string }): void => {
        // Of an agent that does not answer: the other ways to log in are tried next.
        if (error.level === 'agent') return
        signal?.removeEventListener('abort', leave)
        reject(refusal ?? unreachable(settings, identities, error))
        // Also what is still connecting; whatever it says of that, nobody listens any more.
        client.on('error', () => undefined).destroy()
        way.destroy()
      }
      const leave = (): void => fail(new Error('nobody waits for it any more'))
      if (signal?.aborted === true) return leave()
      signal?.addEventListener('abort', leave)
      client.on('error', fail)
      const onClose = (): void => fail(new Error('the connection was closed'))
      client.once('close', onClose)
      client.once('ready', () => {
        signal?.removeEventListener('abort', leave)
        client.off('error', fail).off('close', onClose)
        resolve(new Connection(client, way))
      })
      const alive = settings.aliveInterval === 0 ? longestSilence : Math.min(settings.aliveInterval, longestSilence)
      try {
        client.connect({
          sock: way,
          username: settings.user,
          readyTimeout: (settings.connectTimeout ?? usualTimeout) * 1000,
          keepaliveInterval: alive * 1000,
          keepaliveCountMax: 2,
          algorithms: { serverHostKey: { prepend: algorithmsFor(keys.types), append: [], remove: [] } },
          authHandler: [...identities.methods],
          // It must not be async: a promise would be taken for consent.
          hostVerifier: (key: Buffer): boolean => {
            refusal = keys.refusal(key)
            return refusal === undefined
          },
        })
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)))
      }
    })
  }

  run(command: string): Promise<ClientChannel> {
    return channelBy(
      (answer) => this.client.exec(command, answer),
      (said) =>
        new ProveError('PRV_TARGET_UNREACHABLE', `no command is run there: ${said}`, {
          hint: 'see MaxSessions of sshd, and whether the key is bound to a command',
        }),
    )
  }

  /** A stream to another host, as seen from this one. */
  forward(host: string, port: number): Promise<ClientChannel> {
    return channelBy(
      (answer) => this.client.forwardOut('127.0.0.1', 0, host, port, answer),
      (said) =>
        new ProveError('PRV_TARGET_UNREACHABLE', `the jump host does not reach "${host}": ${said}`, {
          hint: 'see AllowTcpForwarding of its sshd, and whether the host is up',
        }),
    )
  }

  onClose(listener: () => void): void {
    this.client.once('close', listener)
  }

  /** Nobody waits until the other side has said goodbye too. */
  end(): void {
    this.client.end()
    if (this.way instanceof Socket) this.way.destroySoon()
  }

  /** Without waiting for the other side. */
  destroy(): void {
    this.client.destroy()
  }
}

/** The library calls back with what went wrong, or throws it. */
const channelBy = (
  open: (answer: (error: Error | undefined, channel: ClientChannel) => void) => unknown,
  refusal: (said: string) => ProveError,
): Promise<ClientChannel> =>
  new Promise((resolve, reject) => {
    try {
      open((error, channel) => (error === undefined ? resolve(channel) : reject(refusal(error.message))))
    } catch (error) {
      reject(refusal(messageOf(error)))
    }
  })

/** The algorithms by which a host shows a key of these types. */
const algorithmsFor = (types: readonly string[]): ssh2.ServerHostKeyAlgorithm[] =>
  types.flatMap((type) => signatures[type] ?? [])

const signatures: Readonly<Record<string, readonly ssh2.ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
}

const unreachable = (
  { hostname, port, user }: SshSettings,
  { passedOver }: Identities,
  error: Error & { readonly level?: string; readonly code?: string },
): ProveError => {
  const { said, hint } =
    error.level === 'client-authentication' || tooManyTries.test(error.message)
      ? {
          said: [`"${user}" is not let in`, ...passedOver].join('; '),
          hint: 'check "user" and "identity", and that the agent has the key (ssh-add -l), or use --ask-login',
        }
      : problemOf({ code: error.code, level: error.level, said: messageOf(error) })
  return new ProveError('PRV_TARGET_UNREACHABLE', `no login at "${hostname}:${port}": ${said}`, { hint, cause: error })
}
