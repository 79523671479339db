import { blocked, type Blocked, type Change, type Step } from '@prove/core'
import { homeOf, obstacleToHome } from './known-user.js'
import { newShadow, shadowChanges, shadowSteps } from './shadow-changes.js'
import type { UserAddStep } from './steps/user.js'
import type { UserArguments } from './user-arguments.js'
import type { SeenUser } from './seen-user.js'

/** A system user needs a home only where one is asked for. */
const makesHome = ({ create_home: create, system }: UserArguments): boolean => create ?? system !== true

/** Of a user that is to be made, what is declared. */
export const changesOfNew = (given: UserArguments, { defaults, newHome }: SeenUser): readonly Change[] | Blocked => {
  const home = homeOf(given, undefined, defaults)
  const shadow = shadowChanges(given, newShadow)
  if ('blocked' in shadow) return shadow
  const obstacle = makesHome(given) ? obstacleToHome(home, newHome) : undefined
  if (obstacle !== undefined) return blocked(obstacle)
  const declared = (['uid', 'group', 'shell', 'comment'] as const).flatMap((field): Change[] =>
    given[field] === undefined ? [] : [{ field, from: null, to: given[field] }],
  )
  return [
    { field: 'user', from: null, to: given.name },
    ...declared,
    ...(given.groups === undefined || given.groups.length === 0
      ? []
      : [{ field: 'groups', from: null, to: given.groups.join(', ') }]),
    ...(given.home !== undefined || makesHome(given) ? [{ field: 'home', from: null, to: home }] : []),
    ...shadow,
  ]
}

export const stepsOfNew = (given: UserArguments, seen: SeenUser): readonly Step[] => {
  const { defaults, newHome } = seen
  const { name, uid, group, groups = [], shell, comment, system = false } = given
  const home = homeOf(given, undefined, defaults)
  // Where the tools make a group for every user, but one of that name is there already, they would refuse.
  const ownGroup = group === undefined && defaults.ownGroups && seen.own?.entry === undefined
  const primary = typeof group === 'number' ? seen.own?.holder : (group ?? (defaults.ownGroups ? name : undefined))
  const gid =
    typeof group === 'number' ? group : group === undefined ? seen.own?.entry?.gid : seen[`group ${group}`]?.id
  const isMade = makesHome(given)
  const add: UserAddStep = {
    kind: 'user.add',
    name,
    uid,
    group: primary,
    gid,
    ownGroup,
    groups: [...new Set(groups)],
    home,
    newHome:
      isMade && newHome?.type === 'absent'
        ? { path: home, mode: defaults.homeMode, skeleton: defaults.skeleton }
        : undefined,
    shell,
    usualShell: defaults.shell,
    comment,
    system,
    mail: `${defaults.mail}/${name}`,
    hooks: defaults.hooks.includes('add'),
  }
  return [add, ...shadowSteps(given, newShadow)]
}
