import { createHash, createHmac, randomBytes } from 'node:crypto'

/** One line of a known_hosts file that holds a key. */
export interface KnownHost {
  readonly file: string
  readonly line: number
  readonly marker: 'revoked' | 'cert-authority' | undefined
  /** Names, patterns, or one hashed name, as the line has them. */
  readonly hosts: string
  /** Such as `ssh-ed25519`. */
  readonly type: string
  readonly key: Buffer
}

/** What known_hosts says of the key that a host has shown. */
export type KeyVerdict =
  | { readonly verdict: 'known' }
  | { readonly verdict: 'unknown' }
  /** Other keys of it are known, and not this one. */
  | { readonly verdict: 'changed'; readonly known: KnownHost }
  | { readonly verdict: 'revoked'; readonly known: KnownHost }

/** The lines of a known_hosts file; what cannot be read as one is passed over, as OpenSSH does. */
export const parseKnownHosts = (file: string, text: string): readonly KnownHost[] =>
  text.split(/\r?\n/).flatMap((raw, i) => {
    const words = raw.trim().split(/\s+/)
    const marker = words[0]?.startsWith('@') === true ? words.shift()?.slice(1) : undefined
    if (marker !== undefined && marker !== 'revoked' && marker !== 'cert-authority') return []
    const [hosts, type, encoded] = words
    if (hosts === undefined || hosts.startsWith('#') || type === undefined || encoded === undefined) return []
    const key = Buffer.from(encoded, 'base64')
    return key.length === 0 ? [] : [{ file, line: i + 1, marker, hosts, type, key }]
  })

/** The name that known_hosts has a host under: with its port where that is not 22. */
export const knownName = (host: string, port: number): string => (port === 22 ? host : `[${host}]:${port}`)

/** The lines about a host. Authorities are none of it: certificates are not read. */
export const linesAbout = (name: string, known: readonly KnownHost[]): readonly KnownHost[] =>
  known.filter(({ marker, hosts }) => marker !== 'cert-authority' && isAbout(hosts, name))

export const judgeKey = (key: Buffer, about: readonly KnownHost[]): KeyVerdict => {
  const revoked = about.find((line) => line.marker === 'revoked' && line.key.equals(key))
  if (revoked !== undefined) return { verdict: 'revoked', known: revoked }
  const keys = about.filter(({ marker }) => marker === undefined)
  if (keys.some((line) => line.key.equals(key))) return { verdict: 'known' }
  const type = typeOf(key)
  const other = keys.find((line) => line.type === type) ?? keys[0]
  return other === undefined ? { verdict: 'unknown' } : { verdict: 'changed', known: other }
}

/** The type that a public key names itself by, in front of all else. */
export const typeOf = (key: Buffer): string => key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1')

/** As OpenSSH shows it: `SHA256:…`. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

/** A name as a line may have it that does not tell the name. */
export const hashedName = (name: string): string => {
  const salt = randomBytes(20)
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

const isAbout = (hosts: string, name: string): boolean => {
  const [, salt, hash] = /^\|1\|([^|]+)\|(.+)$/.exec(hosts) ?? []
  if (salt !== undefined && hash !== undefined) {
    return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
  }
  const patterns = hosts.split(',')
  const matches = (pattern: string): boolean => globOf(pattern).test(name)
  // A name that is ruled out is so wherever that stands.
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern))
}

const globOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  )
