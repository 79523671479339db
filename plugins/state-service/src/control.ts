import type { KnownService } from './reads/service-answer.js'
import type { ServiceAction, ServiceControlStep } from './steps/service-control.js'
import type { SystemdLoadStep } from './steps/systemd-load.js'

type ServiceStep = ServiceControlStep | SystemdLoadStep

/** Actions that use the unit as systemd has it in mind: what is on disk is to be loaded before. */
const usesUnit = (action: ServiceAction): boolean => action === 'start' || action === 'restart' || action === 'reload'

/** One action, behind a load of its unit where systemd knows an older one. */
export const control = (
  action: ServiceAction,
  now: Pick<KnownService, 'init' | 'id' | 'stale'>,
  within?: number,
): readonly ServiceStep[] => {
  const { init, id, stale } = now
  const step: ServiceControlStep = {
    kind: 'service.control',
    init,
    action,
    id,
    ...(within === undefined ? {} : { within }),
  }
  return stale && usesUnit(action) ? [{ kind: 'systemd.load', unit: id }, step] : [step]
}
