import { blocked, defineState, type StateFunction } from '@prove/core'
import { control } from './control.js'
import { reloadedExamples } from './examples.js'
import { isAbsent, obstacleTo } from './obstacles.js'
import { service } from './reads/service.js'
import { serviceName } from './service-name.js'

/** Reload a service when notified. */
export const reloaded: StateFunction = defineState({
  name: 'service.reloaded',
  about: 'Make a service take in its configuration when another state notifies this one.',
  details: `It is lazy by nature: it runs when it is notified, once however many states do so, and not otherwise. A service that is stopped stays
so: it reads its configuration when it is started. One that cannot be reloaded is an error.`,
  main: 'name',
  args: { name: serviceName('The service; or a unit with its suffix, such as "app.socket".') },
  examples: reloadedExamples,
  lazy: true,
  // That it would reload it again proves nothing.
  verify: () => 'none',

  reads: ({ name }) => ({ now: service(name) }),

  check: ({ name }, { now }) => {
    const obstacle = obstacleTo(name, now)
    if (obstacle !== undefined || isAbsent(now)) return obstacle ?? []
    if (now.activity !== 'running') return []
    if (!now.canReload) return blocked(`"${name}" cannot be reloaded; service.restarted would do`)
    return [{ field: 'service', from: null, to: 'reload' }]
  },

  apply: (_args, { now }) => (isAbsent(now) ? [] : control('reload', now)),
})
