import type { KnownService } from '../reads/service-answer.js'

/** What a test sees of a service: by default one of systemd that runs, can be reloaded, and is not started at boot. */
export const seenService = (fields: Partial<KnownService> = {}): KnownService => ({
  init: 'systemd',
  id: 'app.service',
  activity: 'running',
  atBoot: 'disabled',
  atBootWord: fields.atBoot ?? 'disabled',
  canReload: true,
  ends: false,
  stale: false,
  outdated: false,
  path: '/lib/systemd/system/app.service',
  ...fields,
})

/** What it sees of one that does not exist. */
export const noService = { init: 'systemd', absent: true } as const
