import { quoteAll, type Step, type StepKind } from '@prove/core'
import type { Init } from '../reads/service-answer.js'
import { openrcLibrary } from './openrc-library.js'
import { systemdLibrary } from './systemd-library.js'
import { sysvinitLibrary } from './sysvinit-library.js'

/** What can be done to a service. */
export type ServiceAction = 'start' | 'stop' | 'restart' | 'reload' | 'enable' | 'disable' | 'mask' | 'unmask'

/**
 * Does one thing to a service. Touches everything: what is started is unknown code, and `enable` and the like make systemd load its
 * units again, and with that run generators.
 */
export interface ServiceControlStep extends Step {
  readonly kind: 'service.control'
  readonly init: Init
  readonly action: ServiceAction
  /** As the init system names it. */
  readonly id: string
  /** Seconds within which it must have come to stay up; one look after a second unless given. */
  readonly within?: number | undefined
}

/** Seconds that the init system may take; it has limits of its own, which are much lower. */
const longest = 3600

export const serviceControlKind: StepKind<ServiceControlStep> = {
  name: 'service.control',
  tools: ['setsid'],
  command: ({ init, action, id, within = 1 }) =>
    `${init}_control ${quoteAll([action, id, String(Math.ceil(within)), String(longest)])}`,
  library: () => [systemdLibrary, openrcLibrary, sysvinitLibrary].join('\n'),
  seconds: ({ within = 1 }) => longest + within + 60,
}
