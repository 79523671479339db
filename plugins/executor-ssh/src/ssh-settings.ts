import { homedir } from 'node:os'
import { join } from 'node:path'

/** What ssh_config says of one host, as far as this executor heeds it. */
export interface SshSettings {
  readonly hostname: string
  readonly port: number
  readonly user: string
  /** In the order they are tried; some may not exist. */
  readonly identityFiles: readonly string[]
  /** No keys of the agent but those of the files. */
  readonly identitiesOnly: boolean
  /** The socket of the agent; undefined where there is none, or none is wanted. */
  readonly agent: string | undefined
  /** Hosts to go through, in order, as `[user@]host[:port]`. */
  readonly proxyJump: readonly string[]
  /** Text for a shell, whose streams are the connection. */
  readonly proxyCommand: string | undefined
  /** The name that the host's key is known by, in place of its address. */
  readonly hostKeyAlias: string | undefined
  readonly knownHostsFiles: readonly string[]
  readonly unknownKeys: 'refused' | 'added' | 'ignored'
  /** Names are added so that a file does not tell them. */
  readonly hashNames: boolean
  /** Seconds; undefined for no limit of its own. */
  readonly connectTimeout: number | undefined
  /** Seconds between questions whether the other side is there; 0 for none. */
  readonly aliveInterval: number
  readonly aliveCount: number
}

/** Reads `key value` lines, as `ssh -G` prints them: each key once but for identity files, in lower case. */
export const settingsOf = (text: string, env: NodeJS.ProcessEnv): SshSettings => {
  const values = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ')
    if (space < 0) continue
    const key = line.slice(0, space).toLowerCase()
    values.set(key, [...(values.get(key) ?? []), line.slice(space + 1).trim()])
  }
  const one = (key: string): string | undefined => {
    const value = values.get(key)?.[0]
    return value === undefined || value === 'none' ? undefined : value
  }
  const number = (key: string, usual: number): number => Number(one(key) ?? usual)
  const isOn = (key: string): boolean => ['yes', 'true'].includes(one(key) ?? '')
  return {
    hostname: one('hostname') ?? one('host') ?? '',
    port: number('port', 22),
    user: one('user') ?? '',
    identityFiles: (values.get('identityfile') ?? []).filter((file) => file !== 'none').map(atHome),
    identitiesOnly: isOn('identitiesonly'),
    agent: agentOf(values.get('identityagent')?.[0], env),
    proxyJump: one('proxyjump')?.split(',') ?? [],
    proxyCommand: one('proxycommand'),
    hostKeyAlias: one('hostkeyalias'),
    knownHostsFiles: [one('userknownhostsfile'), one('globalknownhostsfile')]
      .flatMap((files) => files?.split(/\s+/) ?? [])
      .map(atHome),
    unknownKeys: unknownKeysOf(one('stricthostkeychecking')),
    hashNames: isOn('hashknownhosts'),
    connectTimeout: one('connecttimeout') === undefined ? undefined : number('connecttimeout', 0),
    aliveInterval: number('serveraliveinterval', 0),
    aliveCount: number('serveralivecountmax', 3),
  }
}

const atHome = (path: string): string => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path)

const agentOf = (named: string | undefined, env: NodeJS.ProcessEnv): string | undefined => {
  if (named === 'none') return undefined
  if (named === undefined || named === 'SSH_AUTH_SOCK') return env['SSH_AUTH_SOCK']
  return named.startsWith('$') ? env[named.replace(/^\$\{?(\w+)\}?$/, '$1')] : atHome(named)
}

/** Nobody can be asked: `ask` refuses what it would ask about. */
const unknownKeysOf = (word: string | undefined): SshSettings['unknownKeys'] => {
  if (word === 'accept-new') return 'added'
  return word === 'no' || word === 'off' || word === 'false' ? 'ignored' : 'refused'
}
