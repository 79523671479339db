import { newShadow } from '../shadow-changes.js'
import {
  futureId,
  type Given,
  givesAccount,
  givesFile,
  givesPlace,
  quoteAll,
  type Step,
  type StepKind,
} from '@prove/core'
import { givesGroup, givesMembers, givesUser } from '../reads/account-prediction.js'
import type { SkeletonEntry } from '../reads/account-defaults.js'
import type { UserEntry } from '../reads/accounts.js'
import { accountLibrary } from './account-library.js'
import { accountTouches, givesDatabases } from './account-paths.js'

/** A directory that becomes someone's home. */
interface NewHome {
  readonly path: string
  readonly mode: string
  /** What it gets from /etc/skel; undefined where that cannot be told. */
  readonly skeleton: readonly SkeletonEntry[] | undefined
}

/** Makes a user. */
export interface UserAddStep extends Step {
  readonly kind: 'user.add'
  readonly name: string
  readonly uid: number | undefined
  /** The primary group; with `ownGroup` one that is made for it. */
  readonly group: string | undefined
  readonly gid: number | undefined
  readonly ownGroup: boolean
  readonly groups: readonly string[]
  readonly home: string
  readonly newHome: NewHome | undefined
  readonly shell: string | undefined
  /** What it gets where no shell is said. */
  readonly usualShell: string
  readonly comment: string | undefined
  readonly system: boolean
  readonly mail: string
  /** The tools run what is not theirs. */
  readonly hooks: boolean
}

/** Changes what the databases say of a user; with `moveHome` its home goes to the new place. */
export interface UserModifyStep extends Step {
  readonly kind: 'user.modify'
  readonly name: string
  readonly uid?: number | undefined
  readonly group?: { readonly name: string; readonly gid: number } | undefined
  readonly home?: string | undefined
  readonly moveHome?: boolean | undefined
  readonly oldHome: string
  readonly shell?: string | undefined
  readonly comment?: string | undefined
}

/** Makes the home of a user that is there. */
export interface UserHomeStep extends Step {
  readonly kind: 'user.home'
  readonly name: string
  readonly group: string
  readonly home: NewHome
}

/** Removes a user. */
export interface UserRemoveStep extends Step {
  readonly kind: 'user.remove'
  readonly name: string
  readonly home: string
  readonly removeHome: boolean
  readonly mail: string
  readonly groups: readonly string[]
  /** Its group of the same name goes with it. */
  readonly withGroup: boolean
  readonly hooks: boolean
}

/** Ends the processes of a user. */
export interface UserEndStep extends Step {
  readonly kind: 'user.end'
  readonly name: string
}

const word = (value: string | number | undefined): string => String(value ?? '')
const flag = (value: boolean | undefined): string => (value === true ? 'y' : '')

/** What a new home will hold; nothing is said of one whose content cannot be told. */
const givesHome = ({ path, mode, skeleton }: NewHome, owner: string, group: string | undefined): readonly Given[] => {
  if (skeleton === undefined) return []
  const whose = { owner, ...(group === undefined ? {} : { group }) }
  const below = skeleton.map(({ path: name, type, mode: bits, sha256 }) =>
    givesFile(`${path}/${name}`, { type, mode: bits, ...whose, ...(sha256 === undefined ? {} : { sha256, names: 1 }) }),
  )
  return [givesFile(path, { type: 'directory', mode, ...whose }), ...below]
}

export const userAddKind: StepKind<UserAddStep> = {
  name: 'user.add',
  library: accountLibrary,
  touches: (step) => (step.hooks ? 'everything' : accountTouches(step.home, step.mail)),
  gives: (step) => {
    const { name, uid = futureId, group, groups, gid = futureId } = step
    const made: UserEntry = {
      uid,
      gid,
      group,
      comment: step.comment ?? '',
      home: step.home,
      shell: step.shell ?? step.usualShell,
      groups: groups.toSorted(),
      isLocal: true,
      shadow: newShadow,
    }
    const own = step.ownGroup
      ? [
          givesAccount('group', name, { id: gid }),
          givesGroup(name, { made: { gid, members: [], primaryOf: [name], isLocal: true } }),
        ]
      : []
    return [
      ...givesDatabases,
      givesPlace(step.mail),
      givesAccount('passwd', name, { id: uid }),
      givesUser(name, { made }),
      ...own,
      ...groups.map((each) => givesMembers(each, { add: [name] })),
      ...(step.newHome === undefined ? [] : givesHome(step.newHome, name, group)),
    ]
  },
  command: (step) =>
    `user_add ${quoteAll([
      step.name,
      word(step.uid),
      step.ownGroup ? '' : word(step.group),
      step.groups.join(','),
      step.home,
      word(step.shell),
      word(step.comment),
      flag(step.system),
      flag(step.newHome !== undefined),
      flag(step.ownGroup),
    ])}`,
}

/** Words of usermod for what is given. */
const modifyWords = ({ uid, group, home, moveHome, shell, comment }: UserModifyStep): readonly string[] => [
  ...(uid === undefined ? [] : ['-u', String(uid)]),
  ...(group === undefined ? [] : ['-g', group.name]),
  ...(home === undefined ? [] : ['-d', home]),
  ...(moveHome === true ? ['-m'] : []),
  ...(shell === undefined ? [] : ['-s', shell]),
  ...(comment === undefined ? [] : ['-c', comment]),
]

export const userModifyKind: StepKind<UserModifyStep> = {
  name: 'user.modify',
  tools: ['usermod'],
  // Files in the home change hands with its user and group, and they may have other names.
  touches: ({ uid, group, home, moveHome, oldHome }) => {
    if (uid !== undefined || group !== undefined) return 'everything'
    return moveHome === true ? accountTouches(oldHome, home) : accountTouches()
  },
  gives: ({ name, uid, group, home, shell, comment }) => [
    ...givesDatabases,
    givesAccount('passwd', name, ...(uid === undefined ? [] : [{ id: uid }])),
    givesUser(name, {
      changed: {
        ...(uid === undefined ? {} : { uid }),
        ...(group === undefined ? {} : { group: group.name, gid: group.gid }),
        ...(home === undefined ? {} : { home }),
        ...(shell === undefined ? {} : { shell }),
        ...(comment === undefined ? {} : { comment }),
      },
    }),
  ],
  command: (step) => `usermod ${quoteAll([...modifyWords(step), '--', step.name])}`,
}

export const userHomeKind: StepKind<UserHomeStep> = {
  name: 'user.home',
  library: accountLibrary,
  touches: ({ home }) => ({ paths: [home.path] }),
  gives: ({ name, group, home }) => givesHome(home, name, group),
  command: ({ name, group, home }) => `home_make ${quoteAll([home.path, `${name}:${group}`, home.mode])}`,
}

export const userRemoveKind: StepKind<UserRemoveStep> = {
  name: 'user.remove',
  library: accountLibrary,
  touches: ({ hooks, home, mail, removeHome }) =>
    hooks ? 'everything' : removeHome ? accountTouches(home, mail) : accountTouches(),
  gives: ({ name, groups, withGroup, removeHome, home, mail }) => [
    ...givesDatabases,
    ...(removeHome ? [givesPlace(mail)] : []),
    givesAccount('passwd', name, { id: undefined }),
    givesUser(name, { gone: true }),
    ...groups.map((group) => givesMembers(group, { remove: [name] })),
    ...(withGroup ? [givesAccount('group', name, { id: undefined }), givesGroup(name, { gone: true })] : []),
    ...(removeHome ? [givesFile(home, { type: 'absent' })] : []),
  ],
  command: ({ name, removeHome }) => `user_remove ${quoteAll([name, flag(removeHome)])}`,
}

export const userEndKind: StepKind<UserEndStep> = {
  name: 'user.end',
  library: accountLibrary,
  command: ({ name }) => `user_end ${quoteAll([name])}`,
  seconds: () => 30,
}
