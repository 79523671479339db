import { quoteAll, type Step, type StepKind } from '@prove/core'
import { systemdLibrary } from './systemd-library.js'

/**
 * Makes systemd read its units again. With a file, only where systemd does not know it as it is on disk: that is looked at on the target,
 * right before. Touches everything: systemd runs generators then.
 */
export interface SystemdLoadStep extends Step {
  readonly kind: 'systemd.load'
  /** A unit, or a pattern for the instances of a template. */
  readonly unit: string
  /** The unit file or drop-in that was just written or removed. */
  readonly path?: string | undefined
}

export const systemdLoadKind: StepKind<SystemdLoadStep> = {
  name: 'systemd.load',
  command: ({ unit, path = '' }) => `systemd_load ${quoteAll([unit, path])}`,
  library: () => systemdLibrary,
  seconds: () => 90,
}
