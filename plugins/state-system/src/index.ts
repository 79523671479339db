import { definePlugin } from '@prove/core'
import { cronEntry } from './cron-entry.js'
import { cronVariable } from './cron-variable.js'
import { kernelModule } from './kernel-module.js'
import { mountAbsent } from './mount-absent.js'
import { mounted } from './mount-mounted.js'
import { unmounted } from './mount-unmounted.js'
import { wait } from './net-wait.js'
import { crontabKind } from './reads/crontab.js'
import { hostnameKind } from './reads/hostname.js'
import { kernelModuleKind } from './reads/kernel-module.js'
import { localeKind } from './reads/locale.js'
import { mountsKind } from './reads/mounts.js'
import { probeKind } from './reads/probe.js'
import { sysctlKind } from './reads/sysctl.js'
import { crontabStepKind } from './steps/crontab.js'
import { hostnameStepKind } from './steps/hostname.js'
import { rebootStepKind } from './steps/reboot.js'
import { sysctlStepKind } from './steps/sysctl.js'
import { waitStepKind } from './steps/wait.js'
import { sysctlAbsent } from './sysctl-absent.js'
import { sysctlValue } from './sysctl-value.js'
import { hostname } from './system-hostname.js'
import { locale } from './system-locale.js'
import { reboot } from './system-reboot.js'
import { timezone } from './system-timezone.js'

const states = [
  cronEntry,
  cronVariable,
  kernelModule,
  mountAbsent,
  mounted,
  unmounted,
  wait,
  sysctlAbsent,
  sysctlValue,
  hostname,
  locale,
  reboot,
  timezone,
]

export {
  cronEntry,
  cronVariable,
  hostname,
  kernelModule,
  locale,
  mountAbsent,
  mounted,
  reboot,
  sysctlAbsent,
  sysctlValue,
  timezone,
  unmounted,
  wait,
}

export default definePlugin({
  name: 'state-system',
  core: '^0.1.0',
  states,
  reads: [crontabKind, hostnameKind, kernelModuleKind, localeKind, mountsKind, probeKind, sysctlKind],
  steps: [crontabStepKind, hostnameStepKind, rebootStepKind, sysctlStepKind, waitStepKind],
})
