import { defineState, type StateFunction } from '@prove/core'
import { control } from './control.js'
import { disabledExamples } from './examples.js'
import { isAbsent } from './obstacles.js'
import { service } from './reads/service.js'
import { serviceName } from './service-name.js'

/** Keep a service from being started at boot. */
export const disabled: StateFunction = defineState({
  name: 'service.disabled',
  about: 'Keep a service from being started at boot; it is not stopped now.',
  details: `A service that does not exist, is masked, or has a unit that cannot be enabled by itself, is disabled already. Others may still start
it: see \`service.masked\`.`,
  main: 'name',
  args: { name: serviceName('The service; or a unit with its suffix, such as "app.socket".') },
  examples: disabledExamples,

  reads: ({ name }) => ({ now: service(name) }),

  check: (_args, { now }) =>
    isAbsent(now) || now.atBoot !== 'enabled' ? [] : [{ field: 'enabled', from: true, to: false }],

  apply: (_args, { now }) => (isAbsent(now) ? [] : control('disable', now)),
})
