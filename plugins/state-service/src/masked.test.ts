import { stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { masked } from './masked.js'
import { noService, seenService } from './testing/seen-service.js'

const nothing = { changes: [], steps: [] }
const mask = { kind: 'service.control', action: 'mask', id: 'app.service' }

stateTable(
  masked,
  { name: 'app' },
  [
    {
      title: 'masked',
      seen: { now: seenService({ atBoot: 'masked', path: '/etc/systemd/system/app.service' }) },
      ...nothing,
    },
    {
      title: 'running and enabled',
      seen: { now: seenService({ atBoot: 'enabled' }) },
      changes: ['masked'],
      steps: [mask],
    },
    { title: 'absent', seen: { now: noService }, changes: ['masked'], steps: [mask] },
    {
      title: 'masked until the next boot',
      seen: { now: seenService({ atBootWord: 'masked-runtime' }) },
      changes: ['masked'],
      steps: [mask],
    },
    {
      title: 'a unit where the mask would stand',
      seen: { now: seenService({ path: '/etc/systemd/system/app.service' }) },
      ...nothing,
      blocked: 'where the mask would stand',
    },
    { title: 'without systemd', seen: { now: seenService({ init: 'openrc' }) }, ...nothing, blocked: 'only systemd' },
  ],
  [plugin],
)
