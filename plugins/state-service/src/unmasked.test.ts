import { stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { noService, seenService } from './testing/seen-service.js'
import { unmasked } from './unmasked.js'

const nothing = { changes: [], steps: [] }

stateTable(
  unmasked,
  { name: 'app' },
  [
    { title: 'not masked', seen: { now: seenService() }, ...nothing },
    { title: 'absent', seen: { now: noService }, ...nothing },
    {
      title: 'masked',
      seen: { now: seenService({ atBoot: 'masked' }) },
      changes: ['masked'],
      steps: [{ kind: 'service.control', action: 'unmask', id: 'app.service' }],
    },
  ],
  [plugin],
)
