import { defineState, type StateFunction } from '@prove/core'
import { control } from './control.js'
import { unmaskedExamples } from './examples.js'
import { isAbsent } from './obstacles.js'
import { service } from './reads/service.js'
import { serviceName } from './service-name.js'

/** Let a service be started. */
export const unmasked: StateFunction = defineState({
  name: 'service.unmasked',
  about: 'Let a service be started: lift the mask that keeps everyone from it.',
  details: `It is neither started nor enabled by that.`,
  main: 'name',
  args: { name: serviceName('The service; or a unit with its suffix, such as "app.socket".') },
  examples: unmaskedExamples,

  reads: ({ name }) => ({ now: service(name) }),

  check: (_args, { now }) =>
    isAbsent(now) || now.atBoot !== 'masked' ? [] : [{ field: 'masked', from: true, to: false }],

  apply: (_args, { now }) => (isAbsent(now) ? [] : control('unmask', now)),
})
