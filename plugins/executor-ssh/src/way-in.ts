import { spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import { type Asks, ProveError } from '@prove/core'
import { Connection, isNotLetIn } from './connection.js'
import { type Identities, identitiesOf } from './identities.js'
import { readSettings } from './read-settings.js'
import type { SshOptions } from './ssh-options.js'
import type { SshSettings } from './ssh-settings.js'

/** Jump hosts that lead to jump hosts, at most. */
const longestWay = 8

/** How far along the way to a target a login is. */
export interface Stage {
  readonly signal: AbortSignal | undefined
  /** Logins that this one is for, each through the next. */
  readonly depth: number
  /** Where they are read already. */
  readonly settings?: Promise<SshSettings>
  /** Who may be asked for what opens a key, or lets in. */
  readonly persons?: Asks
  /** The host that it is seen from; undefined for what its own settings say. */
  readonly via?: Connection | undefined
}

/** Logs in on a host, through the jump hosts or the command that its settings name. */
export const wayIn = async (host: string, options: SshOptions, stage: Stage): Promise<Connection> => {
  const settings = await (stage.settings ?? readSettings(host, options))
  const { persons = {}, signal } = stage
  const identities = await identitiesOf(settings, options, persons)
  const via = stage.via ?? (await lastJump(settings, options, stage))
  const login = async (by: Identities): Promise<Connection> => {
    const { sock, leave } = await socketTo(settings, via)
    try {
      const connection = await Connection.open({ settings, identities: by, sock, signal })
      connection.onClose(leave)
      return connection
    } catch (error) {
      leave()
      throw error
    }
  }
  try {
    const connection = await login(identities).catch(async (error: unknown) => {
      if (!isNotLetIn(error) || !identities.mayAsk) throw error
      return login(await identitiesOf(settings, options, persons, { asking: true }))
    })
    connection.onClose(() => via?.end())
    return connection
  } catch (error) {
    via?.end()
    throw error
  }
}

interface Socket {
  readonly sock: Duplex | undefined
  /** Ends what leads to it, but for a connection that was there before. */
  readonly leave: () => void
}

const socketTo = async (settings: SshSettings, via: Connection | undefined): Promise<Socket> => {
  const { hostname, port, user, proxyCommand } = settings
  if (via !== undefined) return { sock: await via.forward(hostname, port), leave: () => undefined }
  if (proxyCommand === undefined) return { sock: undefined, leave: () => undefined }
  const text = proxyCommand.replaceAll(
    /%([hpr%])/g,
    (_all, letter: string) => ({ h: hostname, p: String(port), r: user })[letter] ?? '%',
  )
  const child = spawn('/bin/sh', ['-c', `exec ${text}`], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
  const sock = Duplex.from({ writable: child.stdin, readable: child.stdout })
  sock.on('error', () => undefined)
  return { sock, leave: () => void child.kill() }
}

/** The last of the jump hosts, each reached through those before it; undefined where there are none. */
const lastJump = async (
  { hostname, proxyJump }: SshSettings,
  options: SshOptions,
  { signal, depth, persons: { ask } = {} }: Stage,
): Promise<Connection | undefined> => {
  if (proxyJump.length > 0 && depth >= longestWay) {
    throw new ProveError('PRV_TARGET_UNREACHABLE', `the jump hosts of "${hostname}" lead round in a circle`, {
      hint: 'see ProxyJump in ssh_config: ssh -G shows it for each host',
    })
  }
  let via: Connection | undefined
  for (const jump of proxyJump) {
    const [, user, host = '', port] = /^(?:ssh:\/\/)?(?:(.*)@)?(.*?)(?::(\d+))?$/.exec(jump) ?? []
    // The user, the port, the key and the password of the target are not those of the hosts on the way.
    const { config, knownHosts, connectTimeout, passphraseCommand } = options
    const own = {
      config,
      knownHosts,
      connectTimeout,
      passphraseCommand,
      user,
      port: port === undefined ? undefined : Number(port),
    }
    // oxlint-disable-next-line no-await-in-loop -- each is seen only from the one before
    via = await wayIn(host, own, { signal, depth: depth + 1, via, ...(ask === undefined ? {} : { persons: { ask } }) })
  }
  return via
}
