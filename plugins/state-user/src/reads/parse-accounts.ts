import type { Answered } from '@prove/core'
import type {
  AccountsQuery,
  GroupAnswer,
  GroupQuery,
  ShadowEntry,
  UserAnswer,
  UserEntry,
  UserQuery,
} from './accounts.js'

interface Passwd {
  readonly uid: number
  readonly gid: number
  readonly comment: string
  readonly home: string
  readonly shell: string
}

interface Group {
  readonly gid: number
  readonly members: readonly string[]
}

interface Process {
  readonly uid: number
  readonly shown: string
}

/** What one answer of the target holds. */
interface Host {
  readonly by: number
  readonly users: ReadonlyMap<string, Passwd>
  readonly groups: ReadonlyMap<string, Group>
  /** Undefined where the session may not read it. */
  readonly shadows: ReadonlyMap<string, ShadowEntry> | undefined
  readonly otherUsers: ReadonlyMap<string, Passwd>
  readonly otherGroups: ReadonlyMap<string, Group>
  readonly processes: readonly Process[]
}

/** The first entry of a name is the one that counts; a line that is none is passed over, as NIS writes `+::::::`. */
const entries = <T>(lines: string, read: (fields: readonly string[]) => T | undefined): ReadonlyMap<string, T> => {
  const found = new Map<string, T>()
  for (const line of lines.split('\n')) {
    const [name = '', ...fields] = line.split(':')
    const entry = name === '' || found.has(name) ? undefined : read(fields)
    if (entry !== undefined) found.set(name, entry)
  }
  return found
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

const passwdOf = ([, uid, gid, comment = '', home = '', shell]: readonly string[]): Passwd | undefined => {
  const ids = { uid: numberOf(uid), gid: numberOf(gid) }
  if (ids.uid === undefined || ids.gid === undefined || shell === undefined) return undefined
  return { uid: ids.uid, gid: ids.gid, comment, home, shell }
}

const groupOf = ([, id, members]: readonly string[]): Group | undefined => {
  const gid = numberOf(id)
  return gid === undefined || members === undefined
    ? undefined
    : { gid, members: members.split(',').filter((name) => name !== '') }
}

const shadowOf = (fields: readonly string[]): ShadowEntry | undefined => {
  const [password, , minimum, maximum, warning, inactive, expires] = fields
  if (password === undefined || fields.length < 7) return undefined
  return {
    password,
    minimum: numberOf(minimum),
    maximum: numberOf(maximum),
    warning: numberOf(warning),
    inactive: numberOf(inactive),
    expires: numberOf(expires),
  }
}

const processOf = (line: string): readonly Process[] => {
  const [, uid, pid, name] = /^(\d+) (\d+) (.*)$/.exec(line) ?? []
  return uid === undefined ? [] : [{ uid: Number(uid), shown: `${name} (${pid})` }]
}

/** What the target said; undefined where the answer broke off. */
const hostOf = (output: string): Host | undefined => {
  const [by, users, groups, shadows, otherUsers, otherGroups, processes, end] = output.split(/^--\n/m)
  const id = numberOf(by?.trim())
  if (id === undefined || users === undefined || groups === undefined || shadows === undefined) return undefined
  if (otherUsers === undefined || otherGroups === undefined || processes === undefined || end === undefined)
    return undefined
  return {
    by: id,
    users: entries(users, passwdOf),
    groups: entries(groups, groupOf),
    shadows: shadows.startsWith('readable\n') ? entries(shadows, shadowOf) : undefined,
    otherUsers: entries(otherUsers, passwdOf),
    otherGroups: entries(otherGroups, groupOf),
    processes: processes.split('\n').flatMap(processOf),
  }
}

/** Of the entries whose field is the id, the name of the first. */
const holderOf = <T>(
  all: ReadonlyMap<string, T>,
  id: number | undefined,
  idOf: (entry: T) => number,
): string | undefined => (id === undefined ? undefined : [...all].find(([, entry]) => idOf(entry) === id)?.[0])

const gidOf = ({ gid }: Group): number => gid
const uidOf = ({ uid }: Passwd): number => uid

const userAnswer = ({ name, uid }: UserQuery, host: Host): UserAnswer => {
  const local = host.users.get(name)
  const found = local ?? host.otherUsers.get(name)
  const entry: UserEntry | undefined = found && {
    ...found,
    group: holderOf(host.groups, found.gid, gidOf),
    groups: [...host.groups]
      .filter(([, { members }]) => members.includes(name))
      .map(([group]) => group)
      .toSorted(),
    isLocal: local !== undefined,
    shadow: host.shadows?.get(name),
  }
  const processes = host.processes.filter((process) => process.uid === found?.uid).map(({ shown }) => shown)
  return { entry, holder: holderOf(host.users, uid, uidOf), processes, by: host.by }
}

const groupAnswer = ({ name, gid }: GroupQuery, host: Host): GroupAnswer => {
  const local = host.groups.get(name)
  const found = local ?? host.otherGroups.get(name)
  const primaryOf = [...host.users].filter(([, user]) => user.gid === found?.gid).map(([user]) => user)
  const entry = found && { ...found, primaryOf, isLocal: local !== undefined }
  return { entry, holder: holderOf(host.groups, gid, gidOf), by: host.by }
}

/** The answers out of what the script prints. */
export const parseAccounts = (
  output: Buffer,
  queries: readonly AccountsQuery[],
): readonly Answered<UserAnswer | GroupAnswer>[] => {
  const host = hostOf(output.toString('utf8'))
  return queries.map((query) =>
    host === undefined
      ? { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }
      : { ok: true, value: query.database === 'user' ? userAnswer(query, host) : groupAnswer(query, host) },
  )
}
