import { stateTable } from '@prove/core/testing'
import { disabled } from './disabled.js'
import plugin from './index.js'
import { noService, seenService } from './testing/seen-service.js'

const nothing = { changes: [], steps: [] }

stateTable(
  disabled,
  { name: 'app' },
  [
    { title: 'disabled', seen: { now: seenService() }, ...nothing },
    { title: 'static', seen: { now: seenService({ atBoot: 'fixed', atBootWord: 'static' }) }, ...nothing },
    { title: 'masked', seen: { now: seenService({ atBoot: 'masked' }) }, ...nothing },
    { title: 'absent', seen: { now: noService }, ...nothing },
    {
      title: 'enabled',
      seen: { now: seenService({ atBoot: 'enabled' }) },
      changes: ['enabled'],
      steps: [{ kind: 'service.control', action: 'disable', id: 'app.service' }],
    },
  ],
  [plugin],
)
