import { defineState, type StateFunction } from '@prove/core'
import { control } from './control.js'
import { stoppedExamples } from './examples.js'
import { isAbsent } from './obstacles.js'
import { service } from './reads/service.js'
import { serviceName } from './service-name.js'

/** Keep a service from running. */
export const stopped: StateFunction = defineState({
  name: 'service.stopped',
  about: 'Keep a service stopped.',
  details: `A service that does not exist is stopped, and so is one that has failed; one that systemd is about to start again is not.

It says nothing about the next boot (\`service.disabled\`) and nothing about others that may start it: a socket, a timer, another
service. Stop those as well, or use \`service.masked\`.`,
  main: 'name',
  args: { name: serviceName('The service; or a unit with its suffix, such as "app.socket".') },
  examples: stoppedExamples,

  reads: ({ name }) => ({ now: service(name) }),

  check: (_args, { now }) =>
    isAbsent(now) || now.activity === 'stopped' || now.activity === 'failed'
      ? []
      : [{ field: 'state', from: now.activity, to: 'stopped' }],

  apply: (_args, { now }) => (isAbsent(now) ? [] : control('stop', now)),
})
