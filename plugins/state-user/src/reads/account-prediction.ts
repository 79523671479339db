import { futureId, type Given } from '@prove/core'
import type {
  AccountsQuery,
  GroupAnswer,
  GroupEntry,
  GroupQuery,
  UserAnswer,
  UserEntry,
  UserQuery,
} from './accounts.js'

/** What a step leaves of a user or a group: all of one that it makes, or the fields that it changes. */
type Left<Entry> = { readonly made: Entry } | { readonly changed: Partial<Entry> } | { readonly gone: true }

/** Who joins and who leaves a group. */
interface Membership {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

export const givesUser = (name: string, left: Left<UserEntry>): Given => ({ key: `user:${name}`, fields: { ...left } })

export const givesGroup = (name: string, left: Left<GroupEntry>): Given => ({
  key: `group:${name}`,
  fields: { ...left },
})

export const givesMembers = (group: string, membership: Partial<Membership>): Given => ({
  key: `members:${group}`,
  fields: { add: [], remove: [], ...membership },
})

const apply = <Entry>(entry: Entry | undefined, left: Left<Entry>): Entry | undefined => {
  if ('made' in left) return left.made
  if ('gone' in left) return undefined
  return entry === undefined ? undefined : { ...entry, ...left.changed }
}

const joined = (names: readonly string[], name: string): readonly string[] => [...new Set([...names, name])].toSorted()
const without = (names: readonly string[], name: string): readonly string[] => names.filter((each) => each !== name)

/** An id that an earlier step gives to another account, or may come to give. */
const mayTake = (id: number | undefined, wanted: number | undefined): boolean =>
  wanted !== undefined && id !== undefined && (id === wanted || id === futureId)

const idOf = <Entry, Name extends keyof Entry>(left: Left<Entry>, name: Name): Entry[Name] | undefined =>
  'made' in left ? left.made[name] : 'changed' in left ? left.changed[name] : undefined

const userAfter = (query: UserQuery, answer: UserAnswer, { key, fields }: Given): UserAnswer | undefined => {
  const [about, name = ''] = key.split(':')
  const { entry } = answer
  if (about === 'user') {
    const left = fields as unknown as Left<UserEntry>
    if (name === query.name) return { ...answer, entry: apply(entry, left) }
    if (entry?.uid !== query.uid && mayTake(idOf(left, 'uid'), query.uid)) return undefined
    return answer.holder === name && !('made' in left) ? undefined : answer
  }
  if (entry === undefined) return answer
  if (about === 'members') {
    const { add, remove } = fields as unknown as Membership
    if (add.includes(query.name)) return { ...answer, entry: { ...entry, groups: joined(entry.groups, name) } }
    if (remove.includes(query.name)) return { ...answer, entry: { ...entry, groups: without(entry.groups, name) } }
  }
  if (about === 'group') {
    const left = fields as unknown as Left<GroupEntry>
    if ('gone' in left) return { ...answer, entry: { ...entry, groups: without(entry.groups, name) } }
    // Its users follow to the new id.
    const gid = idOf(left, 'gid')
    if ('changed' in left && gid !== undefined && entry.group === name) return { ...answer, entry: { ...entry, gid } }
  }
  return answer
}

const groupAfter = (query: GroupQuery, answer: GroupAnswer, { key, fields }: Given): GroupAnswer | undefined => {
  const [about, name = ''] = key.split(':')
  const { entry } = answer
  if (about === 'group') {
    const left = fields as unknown as Left<GroupEntry>
    if (name === query.name) return { ...answer, entry: apply(entry, left) }
    if (entry?.gid !== query.gid && mayTake(idOf(left, 'gid'), query.gid)) return undefined
    return answer.holder === name && !('made' in left) ? undefined : answer
  }
  if (entry === undefined) return answer
  if (about === 'members' && name === query.name) {
    const { add, remove } = fields as unknown as Membership
    const members = [...new Set([...entry.members, ...add])].filter((member) => !remove.includes(member))
    return { ...answer, entry: { ...entry, members } }
  }
  if (about === 'user') {
    const left = fields as unknown as Left<UserEntry>
    const kept = { members: without(entry.members, name), primaryOf: without(entry.primaryOf, name) }
    if ('gone' in left) return { ...answer, entry: { ...entry, ...kept } }
    const group = idOf(left, 'group')
    if (group === undefined) return answer
    const primaryOf = group === query.name ? joined(entry.primaryOf, name) : kept.primaryOf
    return { ...answer, entry: { ...entry, primaryOf } }
  }
  return answer
}

const isOurs = ({ key }: Given): boolean => /^(?:user|group|members):/.test(key)

/** The answer after a step that tells of users and groups; undefined where it does not, or may have taken an id that is wanted. */
export const predictAccounts = (
  query: AccountsQuery,
  answer: UserAnswer | GroupAnswer,
  given: readonly Given[],
): UserAnswer | GroupAnswer | undefined => {
  const told = given.filter(isOurs)
  if (told.length === 0) return undefined
  let now: UserAnswer | GroupAnswer | undefined = answer
  for (const each of told) {
    if (now === undefined) return undefined
    now =
      query.database === 'user'
        ? userAfter(query, now as UserAnswer, each)
        : groupAfter(query, now as GroupAnswer, each)
  }
  return now
}
