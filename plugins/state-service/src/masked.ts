import { blocked, defineState, type StateFunction } from '@prove/core'
import { control } from './control.js'
import { maskedExamples } from './examples.js'
import { isAbsent } from './obstacles.js'
import type { ServiceAnswer } from './reads/service-answer.js'
import { service } from './reads/service.js'
import { serviceName, unitOf } from './service-name.js'

/** Where systemd keeps the units of whoever administers the host, and its masks. */
const administrators = '/etc/systemd/system/'

/** Keep a service from being started by anyone. */
export const masked: StateFunction = defineState({
  name: 'service.masked',
  about: 'Keep a service from being started by anyone, at boot or by hand.',
  details: `Only systemd can do that. A service that runs is not stopped: \`service.stopped\` before this does it. One that does not exist can be
masked: a package that brings it later does not start it.

A unit that lies in \`/etc/systemd/system\` cannot be masked, since the mask would stand in its place.`,
  main: 'name',
  args: { name: serviceName('The service; or a unit with its suffix, such as "app.socket".') },
  examples: maskedExamples,

  reads: ({ name }) => ({ now: service(name) }),

  check: ({ name }, { now }) => {
    if (now.init !== 'systemd') return blocked('only systemd can mask a service')
    if (isAbsent(now)) return [{ field: 'masked', from: false, to: true }]
    if (now.atBoot === 'masked') return []
    return now.path === `${administrators}${now.id}`
      ? blocked(`"${name}" has its unit in "${now.path}", where the mask would stand: remove that first`)
      : [{ field: 'masked', from: false, to: true }]
  },

  apply: ({ name }, { now }) => control('mask', known(name, now)),
})

/** A unit that does not exist is masked by the name that it would have. */
const known = (name: string, now: ServiceAnswer) =>
  isAbsent(now) ? { init: now.init, id: unitOf(name), stale: false } : now
