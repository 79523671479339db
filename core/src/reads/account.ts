import type { Answered, Given, Read, ReadKind } from '../contracts/read.js'
import { quoteAll } from '../wire/quote.js'

interface AccountQuery {
  readonly database: 'passwd' | 'group'
  readonly name: string
}

/** The id of a user or group; undefined when there is none of that name. */
export type AccountAnswer = { readonly id: number } | { readonly id: undefined }

/** Stands in plans for the id that the target will choose for an account that an earlier step makes: nobody has it. */
export const futureId = -1

/**
 * What a step leaves of a user or group: its id, or undefined where it is gone. Without `left` there is nothing new to tell;
 * a step on the databases that gives nothing of this kind leaves every account unknown.
 */
export const givesAccount = (database: AccountQuery['database'], name: string, left?: AccountAnswer): Given => ({
  key: `account:${database}:${name}`,
  fields: left ?? {},
})

const account = (database: AccountQuery['database'], name: string): Read<AccountAnswer> => ({
  kind: 'account',
  key: `account:${database}:${name}`,
  query: { database, name } satisfies AccountQuery,
})

export const user = (name: string): Read<AccountAnswer> => account('passwd', name)
export const group = (name: string): Read<AccountAnswer> => account('group', name)

const namesIn = (queries: readonly AccountQuery[], database: AccountQuery['database']): readonly string[] =>
  queries.filter((query) => query.database === database).map(({ name }) => name)

const script = (queries: readonly AccountQuery[]): string => {
  const line = (database: AccountQuery['database']): string => {
    const names = namesIn(queries, database)
    return names.length === 0 ? '' : `g ${database} ${quoteAll(names)}`
  }
  return `
g() { d=$1; shift
if command -v getent >/dev/null; then getent "$d" "$@" | while IFS= read -r l; do echo "$d:$l"; done
else while IFS= read -r l; do for n; do case $l in "$n":*) echo "$d:$l";; esac; done; done <"/etc/$d"; fi; }
${line('passwd')}
${line('group')}
:`
}

const parse = (output: Buffer, queries: readonly AccountQuery[]): readonly Answered<AccountAnswer>[] => {
  const ids = new Map<string, number>()
  for (const line of output.toString('utf8').split('\n')) {
    const [database, name, , id] = line.split(':')
    if (id !== undefined && /^\d+$/.test(id)) ids.set(`${database}:${name}`, Number(id))
  }
  return queries.map(({ database, name }) => ({ ok: true, value: { id: ids.get(`${database}:${name}`) } }))
}

const predict = (
  { database, name }: AccountQuery,
  answer: AccountAnswer,
  given: readonly Given[],
): AccountAnswer | undefined => {
  const accounts = given.filter(({ key }) => key.startsWith('account:'))
  if (accounts.length === 0) return undefined
  const own = accounts.findLast(({ key }) => key === `account:${database}:${name}`)
  return own === undefined || !('id' in own.fields) ? answer : (own.fields as unknown as AccountAnswer)
}

/** The files that say who is known on a Linux host: the databases, what nsswitch may add to them, and the modules that do it. */
export const accountPaths: readonly string[] = [
  '/etc/passwd',
  '/etc/group',
  '/etc/nsswitch.conf',
  '/etc/sssd',
  '/etc/ldap',
  '/etc/ldap.conf',
  '/etc/nslcd.conf',
  '/etc/userdb',
  '/run/userdb',
  '/usr/lib/userdb',
  '/var/lib/extrausers',
  '/var/lib/sss',
  '/lib',
  '/usr/lib',
]

export const accountKind: ReadKind<AccountQuery, AccountAnswer> = {
  name: 'account',
  tools: [],
  script,
  parse,
  restsOn: () => ({ paths: accountPaths, below: true }),
  predict,
}
