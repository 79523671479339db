import { seenEntry, stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { mountAbsent } from './mount-absent.js'

const here = { source: 'tmpfs', fstype: 'tmpfs', options: ['rw'], fileSystemOptions: ['rw'], device: '0:1' }
const mount = (count: number, ...below: readonly string[]): object => ({
  here: Array.from({ length: count }, () => here),
  below,
  isDevice: false,
})
const seen = (mounted: object, text: string): Readonly<Record<string, unknown>> => ({
  mounted,
  now: seenEntry({}, '/etc/fstab'),
  held: { text, encoding: 'utf8' },
})
const line = 'tmpfs /mnt/data tmpfs defaults 0 0\n'
const umount = 'exec umount /mnt/data'
const reload = 'exec [ ! -d /run/systemd/system ] || exec systemctl daemon-reload'

stateTable(
  mountAbsent,
  { path: '/mnt/data' },
  [
    { title: 'converged', seen: seen(mount(0), '#\n'), changes: [], steps: [] },
    { title: 'mounted twice', seen: seen(mount(2), ''), changes: ['mounted'], steps: [umount, umount] },
    {
      title: 'the only line: the file stays',
      seen: seen(mount(1), line),
      changes: ['mounted', 'fstab'],
      steps: [umount, 'file.write /etc/fstab', reload],
    },
    {
      title: 'something below',
      seen: seen(mount(1, '/mnt/data/a'), ''),
      changes: [],
      steps: [],
      blocked: '/mnt/data/a',
    },
  ],
  [plugin],
)
