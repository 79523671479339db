import { joined, linesOf } from '@prove/core/files'
import { createHash } from 'node:crypto'
import { isPublicKey } from './public-key.js'

/** A line of authorized_keys that names a key. */
export interface KeyLine {
  /** Options in front of the key, as they are written; empty where there are none. */
  readonly options: string
  readonly type: string
  /** In base64. */
  readonly key: string
  readonly comment: string
}

const keyType =
  /^(?:ssh-(?:rsa|dss|ed25519|xmss)|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com|(?:ssh-[a-z0-9-]+|ecdsa-sha2-nistp\d+|sk-[a-z0-9-]+)(?:-cert-v01)?@openssh\.com)$/

/** The end of the first word; a blank inside quotes does not end it. */
const wordEnd = (line: string): number => {
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const each = line[i]
    if (each === '\\' && line[i + 1] === '"') i += 1
    else if (each === '"') quoted = !quoted
    else if (!quoted && (each === ' ' || each === '\t')) return i
  }
  return line.length
}

/** A line as sshd reads it; undefined for one that names no key. */
export const parseKeyLine = (line: string): KeyLine | undefined => {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return undefined
  const first = text.slice(0, wordEnd(text))
  const options = keyType.test(first) ? '' : first
  const rest = text.slice(options.length).trim()
  const [, type = '', key = '', comment = ''] = /^(\S+)[ \t]+(\S+)(?:[ \t]+(.*))?$/.exec(rest) ?? []
  return keyType.test(type) && isPublicKey(type, key) ? { options, type, key, comment } : undefined
}

const keyText = ({ options, type, key, comment }: KeyLine): string =>
  [options, type, key, comment].filter((word) => word !== '').join(' ')

/** As ssh-keygen -l shows a key, with what people know it by in front. */
export const shownKey = ({ options, type, key, comment }: KeyLine): string => {
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '')
  return [comment, type, `SHA256:${hash}`, options].filter((word) => word !== '').join(' ')
}

/** A line that comes, goes, or is written in another way. */
interface KeyChange {
  readonly from: string | null
  readonly to: string | null
}

export interface KeyEdit {
  readonly text: string
  readonly changes: readonly KeyChange[]
}

const endOf = (line: string): string => (line.endsWith('\r\n') ? '\r\n' : '\n')

const isSame = (
  now: KeyLine,
  wanted: KeyLine,
  ofAny: { readonly options: boolean; readonly comment: boolean },
): boolean => (ofAny.options || now.options === wanted.options) && (ofAny.comment || now.comment === wanted.comment)

export interface WantedKeys {
  readonly keys: readonly KeyLine[]
  /** Of keys without comments or options, those that are there are right. */
  readonly options: boolean
  readonly absent: boolean
  /** No other key stays. */
  readonly exclusive: boolean
}

/** What the file is to hold. Everything that names no key of these stays byte for byte. */
export const editKeys = (text: string, { keys, options, absent, exclusive }: WantedKeys): KeyEdit => {
  const changes: KeyChange[] = []
  const found = new Set<string>()
  const kept = linesOf(text).map((line) => {
    const now = parseKeyLine(line)
    if (now === undefined) return line
    const wanted = keys.find(({ key }) => key === now.key)
    const isSecond = found.has(now.key)
    if (absent ? wanted !== undefined : (wanted === undefined && exclusive) || (wanted !== undefined && isSecond)) {
      changes.push({ from: shownKey(now), to: null })
      return ''
    }
    if (absent || wanted === undefined) return line
    found.add(now.key)
    if (isSame(now, wanted, { options: !options, comment: wanted.comment === '' })) return line
    const to = { ...now, ...(options ? { options: wanted.options } : {}), comment: wanted.comment || now.comment }
    changes.push({ from: shownKey(now), to: shownKey(to) })
    return `${keyText(to)}${endOf(line)}`
  })
  const missing = absent ? [] : keys.filter(({ key }) => !found.has(key))
  changes.push(...missing.map((key) => ({ from: null, to: shownKey(key) })))
  return {
    text: joined([...kept.filter((line) => line !== ''), ...missing.map((key) => `${keyText(key)}\n`)]),
    changes,
  }
}
