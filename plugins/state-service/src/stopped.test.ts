import { stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { noService, seenService } from './testing/seen-service.js'
import { stopped } from './stopped.js'

const stop = { kind: 'service.control', action: 'stop', id: 'app.service' }
const nothing = { changes: [], steps: [] }

stateTable(
  stopped,
  { name: 'app' },
  [
    { title: 'stopped', seen: { now: seenService({ activity: 'stopped' }) }, ...nothing },
    { title: 'failed', seen: { now: seenService({ activity: 'failed' }) }, ...nothing },
    { title: 'absent', seen: { now: noService }, ...nothing },
    { title: 'masked', seen: { now: seenService({ activity: 'stopped', atBoot: 'masked' }) }, ...nothing },
    {
      title: 'masked, and running all the same',
      seen: { now: seenService({ atBoot: 'masked' }) },
      changes: ['state'],
      steps: [stop],
    },
    { title: 'running', seen: { now: seenService() }, changes: ['state'], steps: [stop] },
    {
      title: 'running, with an older unit in mind',
      seen: { now: seenService({ stale: true }) },
      changes: ['state'],
      steps: [stop],
    },
    {
      title: 'about to be started again',
      seen: { now: seenService({ activity: 'starting' }) },
      changes: ['state'],
      steps: [stop],
    },
    { title: 'about to stop', seen: { now: seenService({ activity: 'stopping' }) }, changes: ['state'], steps: [stop] },
  ],
  [plugin],
)
