import { stateTable } from '@prove/core/testing'
import { enabled } from './enabled.js'
import plugin from './index.js'
import { noService, seenService } from './testing/seen-service.js'

const nothing = { changes: [], steps: [] }
const enable = { kind: 'service.control', action: 'enable', id: 'app.service' }

stateTable(
  enabled,
  { name: 'app' },
  [
    { title: 'enabled', seen: { now: seenService({ atBoot: 'enabled' }) }, ...nothing },
    { title: 'disabled', seen: { now: seenService() }, changes: ['enabled'], steps: [enable] },
    {
      title: 'enabled until the next boot',
      seen: { now: seenService({ atBootWord: 'enabled-runtime' }) },
      changes: ['enabled'],
      steps: [enable],
    },
    {
      title: 'by the name that stands behind an alias',
      seen: { now: seenService({ id: 'real.service' }) },
      changes: ['enabled'],
      steps: [{ ...enable, id: 'real.service' }],
    },
    { title: 'absent', seen: { now: noService }, ...nothing, blocked: 'there is no service "app"' },
    { title: 'masked', seen: { now: seenService({ atBoot: 'masked' }) }, ...nothing, blocked: 'masked' },
    {
      title: 'static',
      seen: { now: seenService({ atBoot: 'fixed', atBootWord: 'static' }) },
      ...nothing,
      blocked: '[Install]',
    },
  ],
  [plugin],
)
