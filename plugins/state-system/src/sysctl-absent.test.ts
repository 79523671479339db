import { seenEntry, stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { sysctlAbsent } from './sysctl-absent.js'

const path = '/etc/sysctl.d/90-prove.conf'
const seen = (text: string): Readonly<Record<string, unknown>> => ({
  now: seenEntry({}, path),
  held: { text, encoding: 'utf8' },
})

stateTable(
  sysctlAbsent,
  { name: 'vm.swappiness' },
  [
    { title: 'converged', seen: seen('vm.other = 1\n'), changes: [], steps: [] },
    {
      title: 'no file',
      seen: { now: seenEntry({ type: 'absent' }, path), held: { why: 'absent' } },
      changes: [],
      steps: [],
    },
    { title: 'set', seen: seen('vm.other = 1\nvm.swappiness=1\n'), changes: [path], steps: [`file.write ${path}`] },
    { title: 'all that is in it', seen: seen('vm.swappiness=1\n'), changes: [path], steps: [`file.remove ${path}`] },
  ],
  [plugin],
)
