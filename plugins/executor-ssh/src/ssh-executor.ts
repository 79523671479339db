import type { Executor } from '@prove/core'
import { channelStream } from './channel-stream.js'
import type { Connection } from './connection.js'
import { readSettings } from './read-settings.js'
import type { Stage } from './way-in.js'
import { options, type SshOptions } from './ssh-options.js'

/** A connection, and how many streams it carries. */
interface Shared {
  readonly connection: Promise<Connection>
  streams: number
}

/** Streams to one target share a login: by what leads there. */
const shared = new Map<string, Shared>()

/** Runs command lines over ssh: one login for each target, without a program of the system, and without an agent on the target. */
export const sshExecutor: Executor<typeof options> = {
  name: 'ssh',
  about: 'SSH, with keys, agent, known hosts and jump hosts from ssh_config.',
  options,
  open: async (given, command, { target: _target, host, signal, ...persons }) => {
    const key = JSON.stringify([host, given])
    const login = shared.get(key) ?? begin(key, host, given, { signal, persons })
    login.streams += 1
    try {
      const connection = await login.connection
      const channel = await connection.run(command)
      channel.once('close', () => leave(key, login))
      return channelStream(channel, connection)
    } catch (error) {
      leave(key, login)
      throw error
    }
  },
}

type Start = Pick<Stage, 'signal' | 'persons'>

const begin = (key: string, host: string, given: SshOptions, start: Start): Shared => {
  const settings = readSettings(host, given)
  // Told by whoever waits for the connection.
  settings.catch(() => undefined)
  // The library is loaded for whoever has such a target, not for every run; meanwhile the configuration is read.
  const connection = import('./way-in.js').then(({ wayIn }) => wayIn(host, given, { ...start, depth: 0, settings }))
  const login: Shared = { connection, streams: 0 }
  shared.set(key, login)
  // Nobody is to join a login that is over.
  const forget = (): void => {
    if (shared.get(key) === login) shared.delete(key)
  }
  connection.then((opened) => opened.onClose(forget), forget)
  return login
}

const leave = (key: string, login: Shared): void => {
  login.streams -= 1
  if (login.streams > 0) return
  if (shared.get(key) === login) shared.delete(key)
  login.connection.then(
    (connection) => connection.end(),
    () => undefined,
  )
}
