import { seenEntry } from '@prove/core/testing'
import type { AccountDefaults } from '../reads/account-defaults.js'
import type { GroupAnswer, GroupEntry, ShadowEntry, UserAnswer, UserEntry } from '../reads/accounts.js'

/** A hash of a password, as far as anybody can see. */
export const hash = `$6$salt$${'x'.repeat(40)}`
export const otherHash = `$6$salt$${'y'.repeat(40)}`

/** What /etc/shadow says of alice. */
export const alicesShadow: ShadowEntry = {
  password: hash,
  minimum: 0,
  maximum: 99_999,
  warning: 7,
  inactive: undefined,
  expires: undefined,
}

const alice: UserEntry = {
  uid: 1000,
  gid: 1000,
  group: 'alice',
  comment: 'Alice',
  home: '/home/alice',
  shell: '/bin/bash',
  groups: ['adm', 'sudo'],
  isLocal: true,
  shadow: alicesShadow,
}

export const noUser: UserAnswer = { entry: undefined, holder: undefined, processes: [], by: 0 }

/** Alice, who is in adm and sudo. */
export const seenAlice = (fields: Partial<UserEntry> = {}, more: Partial<UserAnswer> = {}): UserAnswer => ({
  ...noUser,
  entry: { ...alice, ...fields },
  ...more,
})

export const noGroup: GroupAnswer = { entry: undefined, holder: undefined, by: 0 }

/** A group with the number 100, with bob in it. */
export const seenGroup = (fields: Partial<GroupEntry> = {}, more: Partial<GroupAnswer> = {}): GroupAnswer => ({
  ...noGroup,
  entry: { gid: 100, members: ['bob'], primaryOf: [], isLocal: true, ...fields },
  ...more,
})

/** As on Debian. */
export const defaults: AccountDefaults = {
  homes: '/home',
  shell: '/bin/sh',
  mail: '/var/mail',
  homeMode: '0755',
  ownGroups: true,
  hooks: [],
  skeleton: [],
}

export const mail = seenEntry({ type: 'absent' }, '/var/mail/alice')

/** A home, which is there unless said otherwise. */
export const seenHome = (type: 'directory' | 'absent' | 'file' = 'directory', path = '/home/alice') =>
  seenEntry({ type, ...(type === 'directory' ? { owner: 'alice' } : {}) }, path)
