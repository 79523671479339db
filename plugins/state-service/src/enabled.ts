import { defineState, type StateFunction } from '@prove/core'
import { control } from './control.js'
import { enabledExamples } from './examples.js'
import { isAbsent, obstacleTo, obstacleToEnabling } from './obstacles.js'
import { service } from './reads/service.js'
import { serviceName } from './service-name.js'

/** Keep a service started at boot. */
export const enabled: StateFunction = defineState({
  name: 'service.enabled',
  about: 'Keep a service started at boot; it is not started now.',
  details: `Enabled only until the next boot (\`enabled-runtime\`) is not enabled. A unit without an \`[Install]\` section cannot be enabled: it
is started by others, or not at all.`,
  main: 'name',
  args: { name: serviceName('The service; or a unit with its suffix, such as "app.socket".') },
  examples: enabledExamples,

  reads: ({ name }) => ({ now: service(name) }),

  check: ({ name }, { now }) => {
    const obstacle = obstacleTo(name, now)
    if (obstacle !== undefined || isAbsent(now)) return obstacle ?? []
    if (now.atBoot === 'enabled') return []
    return obstacleToEnabling(name, now) ?? [{ field: 'enabled', from: false, to: true }]
  },

  apply: (_args, { now }) => (isAbsent(now) ? [] : control('enable', now)),
})
