import { stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { unmounted } from './mount-unmounted.js'

const here = { source: 'tmpfs', fstype: 'tmpfs', options: ['rw'], fileSystemOptions: ['rw'], device: '0:1' }

stateTable(
  unmounted,
  { path: '/mnt/data' },
  [
    { title: 'converged', seen: { mounted: { here: [], below: [], isDevice: false } }, changes: [], steps: [] },
    {
      title: 'mounted',
      seen: { mounted: { here: [here], below: [], isDevice: false } },
      changes: ['mounted'],
      steps: ['exec umount /mnt/data'],
    },
  ],
  [plugin],
)
