import type { Facts } from '@prove/core'
import { expect, it } from 'vitest'
import { mountsKind } from './mounts.js'

const facts = {} as Facts

/** As a host told it: an overlay as root, a bind mount, a loop device, names with blanks and other letters, two on one another. */
const table = String.raw`458 356 0:76 / / rw,relatime shared:86 - overlay h1 rw,lowerdir=/base,upperdir=/upper
752 458 0:114 / /mnt/a rw,nosuid,relatime shared:244 - tmpfs tmpfs rw,size=1024k,mode=755
753 752 0:115 / /mnt/a ro,relatime - tmpfs upper\040one rw
754 753 0:116 / /mnt/a/b rw - tmpfs tmpfs rw
755 458 0:76 /srv /mnt/my\040gr\303\266\303\237e rw,relatime shared:123 - overlay h1 rw
756 458 7:0 / /mnt/disk rw,relatime - ext4 /dev/loop0 rw
757 458 8:17 / /mnt/odd rw,relatime - ext4 /dev/mapper/data rw
broken line
`

const queries = [
  { path: '/mnt/a', device: 'tmpfs' },
  { path: '/mnt/my größe', device: '/srv' },
  { path: '/mnt/disk', device: '/var/disk image' },
  { path: '/mnt/odd', device: 'UUID=1-2' },
  { path: '/mnt/none', device: undefined },
]

const told = [
  ['/mnt/a', '', '', ''],
  ['/mnt/my größe', 'same', '/srv', ''],
  ['/mnt/disk', '', '/var/disk image', ''],
  ['/mnt/odd', '', '/dev/sdb1', '8:11'],
  ['', '', '', ''],
]

const output = (text = table): Buffer =>
  Buffer.from(`${told.flat().join('\0')}\0---\0loop loop0 /var/disk image\n---\n${text}`)

it('tells what is mounted at each path, and what it is', () => {
  const [a, bind, disk, odd, none] = mountsKind.parse(output(), queries, facts)
  expect(a).toEqual({
    ok: true,
    value: {
      here: [
        {
          source: 'tmpfs',
          fstype: 'tmpfs',
          device: '0:114',
          options: ['rw', 'nosuid', 'relatime'],
          fileSystemOptions: ['rw', 'size=1024k', 'mode=755'],
        },
        {
          source: 'upper one',
          fstype: 'tmpfs',
          device: '0:115',
          options: ['ro', 'relatime'],
          fileSystemOptions: ['rw'],
        },
      ],
      below: ['/mnt/a/b'],
      isDevice: false,
    },
  })
  expect(bind).toMatchObject({ value: { here: [{ source: 'h1', fstype: 'overlay' }], isDevice: true, real: '/srv' } })
  expect(disk).toMatchObject({ value: { here: [{ source: '/dev/loop0', backing: '/var/disk image' }] } })
  expect(odd).toMatchObject({ value: { here: [{ device: '8:17' }], real: '/dev/sdb1', number: '8:17' } })
  expect(none).toEqual({ ok: true, value: { here: [], below: [], isDevice: false } })
})

it.each([
  ['nothing', Buffer.alloc(0)],
  ['only the first part', Buffer.from(`${told.flat().join('\0')}\0---\0`)],
  ['a part less', Buffer.from(`${told.flat().slice(4).join('\0')}\0---\0---\n${table}`)],
  ['no table', output('')],
])('says so where the answer is %s', (_title, broken) => {
  for (const answer of mountsKind.parse(broken, queries, facts))
    expect(answer).toMatchObject({ ok: false, problem: 'failed' })
})
