import { definePlugin } from '@prove/core'
import { installed } from './installed.js'
import { purged } from './purged.js'
import { offersKind } from './reads/offers.js'
import { packageFileKind } from './reads/package-file.js'
import { packagesKind } from './reads/packages.js'
import { trialKind } from './reads/trial.js'
import { removed } from './removed.js'
import { packageStepKinds } from './steps/change.js'
import { repository } from './repository.js'
import { repositoryRemoveKind, repositoryWriteKind } from './steps/repository.js'
import { upgraded } from './upgraded.js'

export { installed, purged, removed, repository, upgraded }

export default definePlugin({
  name: 'state-pkg',
  core: '^0.1.0',
  states: [installed, removed, purged, upgraded, repository],
  reads: [packagesKind, offersKind, trialKind, packageFileKind],
  steps: [...packageStepKinds, repositoryWriteKind, repositoryRemoveKind],
})
