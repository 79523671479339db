import { definePlugin } from '@prove/core'
import { disabled } from './disabled.js'
import { enabled } from './enabled.js'
import { timer } from './timer.js'
import { unit } from './unit.js'
import { masked } from './masked.js'
import { reloaded } from './reloaded.js'
import { restarted } from './restarted.js'
import { running } from './running.js'
import { serviceKind } from './reads/service.js'
import { stopped } from './stopped.js'
import { serviceControlKind } from './steps/service-control.js'
import { systemdLoadKind } from './steps/systemd-load.js'
import { unmasked } from './unmasked.js'

export default definePlugin({
  name: 'state-service',
  core: '^0.1.0',
  states: [running, stopped, enabled, disabled, masked, unmasked, restarted, reloaded, unit, timer],
  reads: [serviceKind],
  steps: [serviceControlKind, systemdLoadKind],
})
