import { blocked, type Blocked, type Change, type FileAnswer, type Step } from '@prove/core'
import type { AccountDefaults } from './reads/account-defaults.js'
import type { UserEntry } from './reads/accounts.js'
import { newShadow, shadowChanges, shadowSteps } from './shadow-changes.js'
import type { GroupMembersStep } from './steps/group.js'
import type { UserHomeStep, UserModifyStep } from './steps/user.js'
import type { UserArguments } from './user-arguments.js'
import type { SeenUser } from './seen-user.js'

/** The home that it is to have. */
export const homeOf = (given: UserArguments, known: UserEntry | undefined, { homes }: AccountDefaults): string =>
  given.home ?? known?.home ?? `${homes}/${given.name}`

/** Why no home can be made there; undefined where one can, or is there. */
export const obstacleToHome = (home: string, now: FileAnswer | undefined): string | undefined => {
  if (now === undefined) return `"${home}" can be no home: it is no absolute path`
  if (now.parent === 'other') return `something above "${home}" is not a directory`
  if (now.type === 'absent' || now.type === 'directory' || (now.type === 'link' && now.exists)) return undefined
  return `"${home}" is no directory but a ${now.type}`
}

const isLacking = (given: UserArguments, newHome: FileAnswer | undefined): boolean =>
  (given.create_home ?? (given.home !== undefined && given.system !== true)) && newHome?.type === 'absent'

interface Membership {
  readonly join: readonly string[]
  readonly leave: readonly string[]
}

/** The primary group counts: who has it need not be listed as its member. */
const membershipOf = (given: UserArguments, known: UserEntry): Membership => {
  if (given.groups === undefined) return { join: [], leave: [] }
  const wanted = given.groups
  const primary = typeof given.group === 'string' ? given.group : known.group
  return {
    join: [...new Set(wanted)].filter((group) => group !== primary && !known.groups.includes(group)),
    leave: given.exclusive_groups === true ? known.groups.filter((group) => !wanted.includes(group)) : [],
  }
}

const isPrimary = ({ group }: UserArguments, known: UserEntry): boolean =>
  group === undefined || (typeof group === 'number' ? group === known.gid : group === known.group)

const shown = (names: readonly string[]): string | null => (names.length === 0 ? null : names.join(', '))

/** What differs of a user that is there, or what is in the way. */
export const changesOfKnown = (given: UserArguments, known: UserEntry, seen: SeenUser): readonly Change[] | Blocked => {
  const { name, uid, group, shell, comment } = given
  const home = homeOf(given, known, seen.defaults)
  const changes: Change[] = []
  if (uid !== undefined && uid !== known.uid) {
    if (given.change_uid !== true) {
      return blocked(
        `"${name}" has the uid ${known.uid}, not ${uid}; change_uid would change it, and whose the files in its home are`,
      )
    }
    changes.push({ field: 'uid', from: known.uid, to: uid })
  }
  if (!isPrimary(given, known)) changes.push({ field: 'group', from: known.group ?? known.gid, to: group })
  const { join, leave } = membershipOf(given, known)
  if (join.length + leave.length > 0) {
    const to = [...known.groups.filter((each) => !leave.includes(each)), ...join].toSorted()
    changes.push({ field: 'groups', from: shown(known.groups), to: shown(to) })
  }
  const isMoved = home !== known.home && given.move_home === true && seen.home?.type === 'directory'
  if (home !== known.home) {
    if (isMoved && seen.newHome?.type !== 'absent')
      return blocked(`"${home}" is there already: nothing is moved onto it`)
    changes.push({ field: 'home', from: known.home, to: home })
  } else if (isLacking(given, seen.newHome)) changes.push({ field: 'home', from: null, to: home })
  if (!isMoved && isLacking(given, seen.newHome)) {
    const obstacle = obstacleToHome(home, seen.newHome)
    if (obstacle !== undefined) return blocked(obstacle)
  }
  if (shell !== undefined && shell !== known.shell) changes.push({ field: 'shell', from: known.shell, to: shell })
  if (comment !== undefined && comment !== known.comment) {
    changes.push({ field: 'comment', from: known.comment, to: comment })
  }
  const busy = seen.running?.processes ?? []
  if (busy.length > 0) return blocked(`"${name}" has running processes: ${listed(busy)}`)
  const shadow = known.shadow === undefined ? [] : shadowChanges(given, known.shadow)
  return 'blocked' in shadow ? shadow : [...changes, ...shadow]
}

/** The first few, and how many more there are. */
export const listed = (all: readonly string[]): string =>
  all.length <= 3 ? all.join(', ') : `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`

export const stepsOfKnown = (given: UserArguments, known: UserEntry, seen: SeenUser): readonly Step[] => {
  const { name, uid, group, shell, comment } = given
  const { defaults, newHome } = seen
  const home = homeOf(given, known, defaults)
  const primary = isPrimary(given, known) ? undefined : primaryOf(group, seen)
  const isMoved = home !== known.home && given.move_home === true && seen.home?.type === 'directory'
  const modify: UserModifyStep = {
    kind: 'user.modify',
    name,
    oldHome: known.home,
    ...(uid === undefined || uid === known.uid ? {} : { uid }),
    ...(primary === undefined ? {} : { group: primary }),
    ...(home === known.home ? {} : { home }),
    ...(isMoved ? { moveHome: true } : {}),
    ...(shell === undefined || shell === known.shell ? {} : { shell }),
    ...(comment === undefined || comment === known.comment ? {} : { comment }),
  }
  // Beside whom it is about, and where its home is.
  const isModified = Object.keys(modify).length > 3
  const { join, leave } = membershipOf(given, known)
  const members = [...join, ...leave].map((each): GroupMembersStep => ({
    kind: 'group.members',
    name: each,
    add: join.includes(each) ? [name] : [],
    remove: leave.includes(each) ? [name] : [],
  }))
  const makes: UserHomeStep = {
    kind: 'user.home',
    name,
    group: primary?.name ?? known.group ?? String(known.gid),
    home: { path: home, mode: defaults.homeMode, skeleton: defaults.skeleton },
  }
  return [
    ...(isModified ? [modify] : []),
    ...members,
    ...(!isMoved && isLacking(given, newHome) ? [makes] : []),
    ...shadowSteps(given, known.shadow ?? newShadow),
  ]
}

const primaryOf = (group: UserArguments['group'], seen: SeenUser): UserModifyStep['group'] => {
  if (typeof group === 'number') return { name: seen.own?.holder ?? String(group), gid: group }
  return group === undefined ? undefined : { name: group, gid: seen[`group ${group}`]?.id ?? -1 }
}
