import type { FactSource } from '@prove/core'

/** A mark stands between the two lists; a list that did not come whole ends where it broke off, and counts as unknown. */
const script = `
list() { if command -v getent >/dev/null; then getent "$1"; else cat "/etc/$1"; fi; }
list passwd; echo --; list group; echo --`

interface User {
  readonly uid: number
  readonly gid: number
  readonly home: string
  readonly shell: string
}

interface Group {
  readonly gid: number
  readonly members: readonly string[]
}

/** A line that is no entry is passed over: NIS writes `+::::::`. The first entry of a name is the one that counts. */
const entries = <T>(lines: string, read: (fields: readonly string[]) => T | undefined): Readonly<Record<string, T>> => {
  const found = new Map<string, T>()
  for (const line of lines.split('\n')) {
    const [name = '', ...fields] = line.split(':')
    const entry = read(fields)
    if (name !== '' && entry !== undefined && !found.has(name)) found.set(name, entry)
  }
  return Object.fromEntries(found)
}

const isNumber = (text: string | undefined): text is string => /^\d+$/.test(text ?? '')

const userOf = ([, uid, gid, , home = '', shell = '']: readonly string[]): User | undefined =>
  isNumber(uid) && isNumber(gid) ? { uid: Number(uid), gid: Number(gid), home, shell } : undefined

const groupOf = ([, gid, members = '']: readonly string[]): Group | undefined =>
  isNumber(gid) ? { gid: Number(gid), members: members.split(',').filter((name) => name !== '') } : undefined

/** Every account that the host can list. Lazy: a directory server may have many, or not answer. */
export const usersSource: FactSource = {
  name: 'users',
  lazy: true,
  facts: {
    users: 'By name: `uid`, `gid`, `home`, `shell`.',
    groups: 'By name: `gid` and `members`, without those whose primary group it is.',
  },
  script,
  parse(output) {
    const [users, groups, end] = output.split(/^--$/m)
    return {
      users: users === undefined || groups === undefined ? null : entries(users, userOf),
      groups: groups === undefined || end === undefined ? null : entries(groups, groupOf),
    }
  },
}
