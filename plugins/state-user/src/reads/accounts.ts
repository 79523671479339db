import { accountPaths, type Facts, type Read, type ReadKind, quoteAll } from '@prove/core'
import { predictAccounts } from './account-prediction.js'
import { parseAccounts } from './parse-accounts.js'

/** What the databases say of a user. */
export interface UserEntry {
  /** Of a plan it may be `futureId`. */
  readonly uid: number
  readonly gid: number
  /** The name of the primary group, where it has one. */
  readonly group: string | undefined
  readonly comment: string
  readonly home: string
  readonly shell: string
  /** Groups that list it as a member, by their names, sorted. */
  readonly groups: readonly string[]
  /** False for one that only a directory server knows. */
  readonly isLocal: boolean
  /** Absent where the session may not read it. */
  readonly shadow: ShadowEntry | undefined
}

/** A line of /etc/shadow. Days; undefined where a field is empty. */
export interface ShadowEntry {
  /** The hash, with a `!` before it while it is locked. Never to be shown. */
  readonly password: string
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly warning: number | undefined
  readonly inactive: number | undefined
  /** Since 1 January 1970. */
  readonly expires: number | undefined
}

export interface UserAnswer {
  readonly entry: UserEntry | undefined
  /** Who has the user id that was asked about. */
  readonly holder: string | undefined
  /** Its processes, as `name (pid)`, where they were asked for. */
  readonly processes: readonly string[]
  /** The user id of the session. */
  readonly by: number
}

export interface GroupEntry {
  readonly gid: number
  readonly members: readonly string[]
  /** Users whose primary group it is. */
  readonly primaryOf: readonly string[]
  readonly isLocal: boolean
}

export interface GroupAnswer {
  readonly entry: GroupEntry | undefined
  /** Which group has the id that was asked about. */
  readonly holder: string | undefined
  readonly by: number
}

export interface UserQuery {
  readonly database: 'user'
  readonly name: string
  readonly uid?: number
  readonly processes?: true
}

export interface GroupQuery {
  readonly database: 'group'
  readonly name: string
  readonly gid?: number
}

export type AccountsQuery = UserQuery | GroupQuery

/** A user; and who has the id that it is to have. */
export const userEntry = (name: string, uid?: number): Read<UserAnswer> => ({
  kind: 'accounts',
  key: uid === undefined ? `user:${name}` : `user:${name}:${uid}`,
  query: { database: 'user', name, ...(uid === undefined ? {} : { uid }) } satisfies UserQuery,
})

/** A user with its processes. */
export const runningUser = (name: string): Read<UserAnswer> => ({
  kind: 'accounts',
  key: `running:${name}`,
  query: { database: 'user', name, processes: true } satisfies UserQuery,
})

/** A group; and which has the id that it is to have. */
export const groupEntry = (name: string, gid?: number): Read<GroupAnswer> => ({
  kind: 'accounts',
  key: gid === undefined ? `group:${name}` : `group:${name}:${gid}`,
  query: { database: 'group', name, ...(gid === undefined ? {} : { gid }) } satisfies GroupQuery,
})

/** The databases of this host, what the tools keep beside them, and the logs by user id. */
export const databasePaths: readonly string[] = [
  ...['passwd', 'group', 'shadow', 'gshadow', 'subuid', 'subgid'].flatMap((name) => [`/etc/${name}`, `/etc/${name}-`]),
  '/etc/.pwd.lock',
  '/var/log/lastlog',
  '/var/log/faillog',
]

const namesIn = (queries: readonly AccountsQuery[], database: AccountsQuery['database']): readonly string[] => [
  ...new Set(queries.filter((query) => query.database === database).map(({ name }) => name)),
]

const shadowPatterns = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => ['-e', `^${name.replaceAll(/[.$\\[\]*^]/g, String.raw`\$&`)}:`])

/**
 * Seven lists with a line of dashes behind each: who asks; the two databases; of the hashes only those that are asked for; what else
 * answers to the names; processes of users.
 */
const script = (queries: readonly AccountsQuery[], facts: Facts): string => {
  const users = namesIn(queries, 'user')
  const groups = namesIn(queries, 'group')
  const elsewhere = (database: string, names: readonly string[]): string =>
    names.length === 0 ? '' : `! command -v getent >/dev/null || getent ${database} ${quoteAll(names)}`
  const processes = queries.some((query) => query.database === 'user' && query.processes === true)
  return `
echo ${facts.uid}; echo --; echo -- >"$D/dashes"
cat /etc/passwd "$D/dashes" /etc/group; echo --
${users.length === 0 ? '' : `if [ -r /etc/shadow ]; then echo readable; grep ${quoteAll(shadowPatterns(users))} /etc/shadow; fi`}
echo --
${elsewhere('passwd', users)}
echo --
${elsewhere('group', groups)}
echo --
${processes ? processLines : ''}
echo --`
}

/** As userdel looks for them: by the user id that a process says. */
const processLines = `for p in /proc/[0-9]*; do while read -r k v _; do case $k in
Name:) c=$v;; Uid:) n=\${p#/proc/}; [ "$v" = 0 ] || echo "$v $n $c"; break;; esac; done <"$p/status"; done 2>/dev/null`

export const accountsKind: ReadKind<AccountsQuery, UserAnswer | GroupAnswer> = {
  name: 'accounts',
  tools: ['cat', 'grep'],
  script,
  parse: parseAccounts,
  restsOn: (query) =>
    query.database === 'user' && query.processes === true
      ? 'everything'
      : { paths: [...accountPaths, ...databasePaths], below: true },
  predict: predictAccounts,
}
