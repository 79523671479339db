import { defineState, z } from '@prove/core'
import { control } from './control.js'
import { restartedExamples } from './examples.js'
import { isAbsent, obstacleTo } from './obstacles.js'
import { service } from './reads/service.js'
import { serviceName } from './service-name.js'

/** Restart a service when notified. */
export const restarted = defineState({
  name: 'service.restarted',
  about: 'Restart a service when another state notifies this one.',
  details: `It is lazy by nature: it runs when it is notified, once however many states do so, and not otherwise. A service that is stopped
is started. \`service.running\` needs no such state beside it: it can be notified itself.`,
  main: 'name',
  args: {
    name: serviceName('The service; or a unit with its suffix, such as "app.socket".'),
    within: z.int().min(1).max(3600).default(1).meta({
      description: 'Seconds in which it must come to stay up, for one that systemd has to start several times.',
    }),
  },
  examples: restartedExamples,
  lazy: true,
  // That it would restart it again proves nothing; whether it stays up is looked at by its step.
  verify: () => 'none',

  reads: ({ name }) => ({ now: service(name) }),

  check: ({ name }, { now }) => obstacleTo(name, now) ?? [{ field: 'service', from: null, to: 'restart' }],

  apply: ({ within }, { now }) => (isAbsent(now) ? [] : control('restart', now, within)),
})
