import { spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import { ProveError } from '@prove/core'
import { Connection } from './connection.js'
import { identitiesOf } from './identities.js'
import { readSettings } from './read-settings.js'
import type { SshOptions } from './ssh-options.js'
import type { SshSettings } from './ssh-settings.js'

/** Jump hosts that lead to jump hosts, at most. */
const longestWay = 8

/** Logs in on a host, through the jump hosts or the command that its settings name. */
export const wayIn = async (
  host: string,
  options: SshOptions,
  signal: AbortSignal | undefined,
  depth = 0,
): Promise<Connection> => {
  const settings = await readSettings(host, options)
  const identities = await identitiesOf(settings, options)
  const { sock, leave } = await socketTo(settings, options, signal, depth)
  try {
    const connection = await Connection.open({ settings, identities, sock, signal })
    connection.onClose(leave)
    return connection
  } catch (error) {
    leave()
    throw error
  }
}

interface Socket {
  readonly sock: Duplex | undefined
  /** Ends what leads to it. */
  readonly leave: () => void
}

const socketTo = async (
  { hostname, port, user, proxyJump, proxyCommand }: SshSettings,
  options: SshOptions,
  signal: AbortSignal | undefined,
  depth: number,
): Promise<Socket> => {
  if (proxyJump.length > 0) {
    if (depth >= longestWay) {
      throw new ProveError('PRV_TARGET_UNREACHABLE', `the jump hosts of "${hostname}" lead round in a circle`, {
        hint: 'see ProxyJump in ssh_config: ssh -G shows it for each host',
      })
    }
    // The last one reaches the host; each is reached through those before it.
    const jump = await throughAll(proxyJump, options, signal, depth)
    return { sock: await jump.forward(hostname, port), leave: () => jump.end() }
  }
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

const throughAll = async (
  jumps: readonly string[],
  options: SshOptions,
  signal: AbortSignal | undefined,
  depth: number,
): Promise<Connection> => {
  const [, user, host = '', port] = /^(?:(.*)@)?(.*?)(?::(\d+))?$/.exec(jumps.at(-1) ?? '') ?? []
  const { config, knownHosts, connectTimeout, passphraseCommand } = options
  const own: SshOptions = {
    ...(config === undefined ? {} : { config }),
    ...(knownHosts === undefined ? {} : { knownHosts }),
    ...(connectTimeout === undefined ? {} : { connectTimeout }),
    ...(passphraseCommand === undefined ? {} : { passphraseCommand }),
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port: Number(port) }),
  }
  if (jumps.length === 1) return wayIn(host, own, signal, depth + 1)
  throw new ProveError('PRV_TARGET_UNREACHABLE', `several jump hosts in one line: ${jumps.join(',')}`, {
    hint: 'give each host the ProxyJump that leads to it, or use the executor "openssh"',
  })
}
