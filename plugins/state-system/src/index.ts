import { definePlugin } from '@prove/core'
import { cronEntry } from './cron-entry.js'
import { cronVariable } from './cron-variable.js'
import { mountAbsent } from './mount-absent.js'
import { mounted } from './mount-mounted.js'
import { unmounted } from './mount-unmounted.js'
import { crontabKind } from './reads/crontab.js'
import { mountsKind } from './reads/mounts.js'
import { crontabStepKind } from './steps/crontab.js'

export { cronEntry, cronVariable, mountAbsent, mounted, unmounted }

export default definePlugin({
  name: 'state-system',
  core: '^0.1.0',
  states: [cronEntry, cronVariable, mountAbsent, mounted, unmounted],
  reads: [crontabKind, mountsKind],
  steps: [crontabStepKind],
})
