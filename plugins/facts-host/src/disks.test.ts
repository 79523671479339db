import { describe, expect, it } from 'vitest'
import { disksSource } from './disks.js'

const recorded = `-- mounts
proc /proc proc rw,relatime 0 0
/dev/vda1 / ext4 rw,relatime,errors=remount-ro 0 0
tmpfs /run tmpfs rw,nosuid,size=1000k 0 0
/dev/sdb1 /media/My\\040Disk\\011x vfat ro 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
tmpfs /mnt tmpfs rw 0 0
/dev/vdb /mnt xfs rw,noatime 0 0
-- blocks
loop0 0 1 
vda 41943040 0 
sda 3907029168 1 WDC WD20EZRZ-00Z   
sr0 0 1 QEMU DVD-ROM
md0 8 - 
-- sizes
Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/vda1         20509264  9468248   9973884      49% /
tmpfs                 1000      100       900      10% /run
/dev/sdb1             2048     1024      1024      50% /media/My Disk\tx
/dev/vdb          10475520   106088  10369432       2% /mnt
none                     0        0         0       - /x
`

const kib = (size: number, used: number, available: number): object => ({
  size: size * 1024,
  used: used * 1024,
  available: available * 1024,
})
const unknown = { size: null, used: null, available: null }

describe('disks', () => {
  it('are read from what the kernel and df say', () => {
    expect(disksSource.parse(recorded)).toEqual({
      mounts: [
        { device: 'proc', path: '/proc', type: 'proc', options: ['rw', 'relatime'], ...unknown },
        {
          device: '/dev/vda1',
          path: '/',
          type: 'ext4',
          options: ['rw', 'relatime', 'errors=remount-ro'],
          ...kib(20509264, 9468248, 9973884),
        },
        {
          device: 'tmpfs',
          path: '/run',
          type: 'tmpfs',
          options: ['rw', 'nosuid', 'size=1000k'],
          ...kib(1000, 100, 900),
        },
        {
          device: '/dev/sdb1',
          path: '/media/My Disk\tx',
          type: 'vfat',
          options: ['ro'],
          ...kib(2048, 1024, 1024),
        },
        { device: 'server:/home', path: '/home', type: 'nfs4', options: ['rw', 'vers=4.2'], ...unknown },
        {
          device: '/dev/vdb',
          path: '/mnt',
          type: 'xfs',
          options: ['rw', 'noatime'],
          ...kib(10475520, 106088, 10369432),
        },
      ],
      blockDevices: {
        vda: { size: 41943040 * 512, rotational: false, model: null },
        sda: { size: 3907029168 * 512, rotational: true, model: 'WDC WD20EZRZ-00Z' },
        md0: { size: 4096, rotational: null, model: null },
      },
    })
  })

  it('have mounts without sizes where df did not answer', () => {
    const { mounts } = disksSource.parse(recorded.replace(/-- sizes[^]*/, ''))
    expect(mounts).toContainEqual(expect.objectContaining({ path: '/', ...unknown }))
  })

  it('are unknown from nothing', () => {
    expect(disksSource.parse('')).toEqual({ mounts: null, blockDevices: null })
    expect(disksSource.parse('df: not found\n')).toEqual({ mounts: null, blockDevices: null })
  })

  it('never throw, wherever the output breaks off', () => {
    for (let i = 0; i <= recorded.length; i++) expect(() => disksSource.parse(recorded.slice(0, i))).not.toThrow()
  })
})
