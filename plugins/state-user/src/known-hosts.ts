import { joined, linesOf } from '@prove/core/files'
import { createHmac } from 'node:crypto'
import { isPublicKey } from './public-key.js'

/** A public key of a host, as `ssh-keyscan` prints it behind the name. */
export interface HostKey {
  readonly type: string
  readonly key: string
}

/** A line of known_hosts without a marker such as @revoked. */
interface HostLine extends HostKey {
  readonly hosts: readonly string[]
  readonly rest: string
}

export const parseHostKey = (text: string): HostKey | undefined => {
  const [, type, key] = /^(\S+) +(\S+)(?: +\S.*)?$/.exec(text.trim()) ?? []
  return type !== undefined && key !== undefined && isPublicKey(type, key) ? { type, key } : undefined
}

const parseLine = (line: string): HostLine | undefined => {
  const [, hosts, type, key, rest = ''] = /^[ \t]*([^\s#@]\S*)[ \t]+(\S+)[ \t]+(\S+)([^\n]*)/.exec(line) ?? []
  if (hosts === undefined || type === undefined || key === undefined) return undefined
  return { hosts: hosts.split(','), type, key, rest: rest.replace(/\r$/, '') }
}

/** Whether an entry is about exactly this name; patterns are about many. */
const isAbout = (entry: string, host: string): boolean => {
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(entry) ?? []
  if (salt === undefined) return entry.toLowerCase() === host
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(host).digest('base64') === hash
}

/** As known_hosts names a host on a port. */
export const hostName = (host: string, port: number): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`

export interface HostChange {
  readonly from: string | null
  readonly to: string | null
}

export interface WantedHost {
  readonly host: string
  readonly keys: readonly HostKey[]
  /** These keys go; of no keys, all. */
  readonly absent: boolean
  /** Keys of other types go as well. */
  readonly exclusive: boolean
}

const shown = ({ type, key }: HostKey): string => `${type} …${key.slice(-12)}`

const isUnwanted = (line: HostLine, { keys, absent, exclusive }: WantedHost): boolean => {
  const isListed = keys.some(({ type, key }) => type === line.type && key === line.key)
  if (absent) return keys.length === 0 || isListed
  return !isListed && (exclusive || keys.some(({ type }) => type === line.type))
}

/** What the file is to hold: a line for many hosts keeps the others, and what is not about the host stays byte for byte. */
export const editHosts = (
  text: string,
  wanted: WantedHost,
): { readonly text: string; readonly changes: readonly HostChange[] } => {
  const changes: HostChange[] = []
  const found = new Set<string>()
  const kept = linesOf(text).map((line) => {
    const now = parseLine(line)
    const others = now?.hosts.filter((entry) => !isAbout(entry, wanted.host))
    if (now === undefined || others === undefined || others.length === now.hosts.length) return line
    if (!isUnwanted(now, wanted)) {
      found.add(now.key)
      return line
    }
    changes.push({ from: shown(now), to: null })
    return others.length === 0 ? '' : line.replace(now.hosts.join(','), () => others.join(','))
  })
  const missing = wanted.absent ? [] : wanted.keys.filter(({ key }) => !found.has(key))
  changes.push(...missing.map((key) => ({ from: null, to: shown(key) })))
  const added = missing.map(({ type, key }) => `${wanted.host} ${type} ${key}\n`)
  return { text: joined([...kept.filter((line) => line !== ''), ...added]), changes }
}
