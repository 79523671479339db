import { definePlugin, type ReadKind, type StepKind } from '@prove/core'
import { authorizedKey } from './authorized-key.js'
import { groupAbsent } from './group-absent.js'
import { groupPresent } from './group-present.js'
import { knownHost } from './known-host.js'
import { accountDefaultsKind } from './reads/account-defaults.js'
import { accountsKind } from './reads/accounts.js'
import { groupAddKind, groupMembersKind, groupModifyKind, groupRemoveKind } from './steps/group.js'
import { userAgeingKind, userLockKind, userPasswordKind } from './steps/password.js'
import { userFileKind } from './steps/user-file.js'
import { userAddKind, userEndKind, userHomeKind, userModifyKind, userRemoveKind } from './steps/user.js'
import { sudoRule } from './sudo-rule.js'
import { userAbsent } from './user-absent.js'
import { userPresent } from './user-present.js'

export { authorizedKey, groupAbsent, groupPresent, knownHost, sudoRule, userAbsent, userPresent }

export default definePlugin({
  name: 'state-user',
  core: '^0.1.0',
  reads: [accountsKind, accountDefaultsKind] as readonly ReadKind[],
  states: [userPresent, userAbsent, groupPresent, groupAbsent, authorizedKey, knownHost, sudoRule],
  steps: [
    userAddKind,
    userModifyKind,
    userHomeKind,
    userRemoveKind,
    userEndKind,
    userPasswordKind,
    userLockKind,
    userAgeingKind,
    groupAddKind,
    groupModifyKind,
    groupRemoveKind,
    groupMembersKind,
    userFileKind,
  ] as readonly StepKind[],
})
