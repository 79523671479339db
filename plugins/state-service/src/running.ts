import { blocked, type Change, defineState, type Step, z } from '@prove/core'
import { control } from './control.js'
import { runningExamples } from './examples.js'
import { isAbsent, obstacleTo, obstacleToEnabling } from './obstacles.js'
import type { KnownService } from './reads/service-answer.js'
import { service } from './reads/service.js'
import { serviceName } from './service-name.js'

/** Keep a service running, and take in its configuration when notified. */
export const running = defineState({
  name: 'service.running',
  about: 'Keep a service running, and reload or restart it when it is notified.',
  details: `When a state notifies it, a service that was running already is reloaded if it can be, and restarted if it cannot, or if
its unit was changed since it was started: a reload does not take in a unit. \`on_notify\` says otherwise. A service that this very
state has just started or restarted is left alone.

Of a service that does not tell by itself when it is ready (\`Type=simple\` and the like) it is looked whether it still runs a second after
it was started, restarted or reloaded: the start of one that dies at once fails, with its exit status and the last lines of its log.

Where systemd knows an older unit than the one on disk, it is made to load its units before the service is started, restarted or
reloaded, and only then.

A masked service is an error: whoever masked it wants that nothing starts it. \`service.unmasked\` lifts that. So is a unit with \`Type=oneshot\` that
does not remain after it has ended: it never runs for longer than its work.`,
  main: 'name',
  args: {
    name: serviceName('The service; or a unit with its suffix, such as "app.socket".'),
    enable: z
      .boolean()
      .optional()
      .meta({ description: 'Also start it at boot, or keep it from that; stays as it is unless given.' }),
    on_notify: z
      .enum(['reload_or_restart', 'reload', 'restart'])
      .default('reload_or_restart')
      .meta({ description: 'What a notification means for a service that was running before.' }),
    within: z.int().min(1).max(3600).default(1).meta({
      description: 'Seconds in which it must come to stay up, for one that systemd has to start several times.',
    }),
  },
  examples: runningExamples,

  reads: ({ name }) => ({ now: service(name) }),

  check: ({ name, enable, on_notify: onNotify }, { now }) => {
    const obstacle = obstacleTo(name, now)
    if (obstacle !== undefined || isAbsent(now)) return obstacle ?? []
    const isRunning = now.activity === 'running'
    if (!isRunning && now.ends && !now.stale) {
      return blocked(`"${name}" ends when its work is done (Type=oneshot without RemainAfterExit): it is never running`)
    }
    if (onNotify === 'reload' && !now.canReload && !now.stale)
      return blocked(`"${name}" cannot be reloaded; on_notify: restart would do`)
    const changes: Change[] = isRunning ? [] : [{ field: 'state', from: now.activity, to: 'running' }]
    if (enable === undefined || enable === (now.atBoot === 'enabled')) return changes
    const fixed = obstacleToEnabling(name, now)
    // What cannot be enabled is not enabled.
    if (fixed !== undefined) return enable ? fixed : changes
    return [...changes, { field: 'enabled', from: !enable, to: enable }]
  },

  apply: ({ within, enable }, { now }, changes) =>
    isAbsent(now)
      ? []
      : changes.flatMap(({ field }) =>
          field === 'state' ? control('start', now, within) : control(enable === true ? 'enable' : 'disable', now),
        ),

  onNotify: ({ on_notify: wanted, within }, { now }, changes): readonly Step[] => {
    const isStarted = changes.some(({ field }) => field === 'state')
    if (isAbsent(now) || isStarted || now.activity !== 'running') return []
    return control(answerTo(wanted, now), now, within)
  },
})

/** What a notification means for a running service. */
const answerTo = (
  wanted: 'reload_or_restart' | 'reload' | 'restart',
  { canReload, stale, outdated }: KnownService,
): 'reload' | 'restart' => {
  if (wanted !== 'reload_or_restart') return wanted
  return canReload && !stale && !outdated ? 'reload' : 'restart'
}
