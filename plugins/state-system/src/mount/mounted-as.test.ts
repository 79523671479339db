import { describe, expect, it } from 'vitest'
import type { Mount, MountAnswer } from '../reads/mounts.js'
import { fixedOptions, isMountedAs, missingOptions } from './mounted-as.js'

const mount = (fields: Partial<Mount>): Mount => ({
  source: '/dev/sdb1',
  fstype: 'ext4',
  options: ['rw', 'relatime'],
  fileSystemOptions: ['rw'],
  device: '8:17',
  ...fields,
})

const answer = (fields: Partial<MountAnswer> = {}): MountAnswer => ({ here: [], below: [], isDevice: false, ...fields })

describe('what is mounted', () => {
  it.each<[string, string, string, string[], Partial<Mount>, Partial<MountAnswer>, boolean]>([
    ['the device itself', '/dev/sdb1', 'ext4', [], {}, { real: '/dev/sdb1' }, true],
    ['a link to it', '/dev/disk/by-id/x', 'auto', [], {}, { real: '/dev/sdb1' }, true],
    [
      'its name for the kernel',
      'UUID=1-2',
      'ext4',
      [],
      { source: '/dev/mapper/a' },
      { real: '/dev/dm-0', number: '8:17' },
      true,
    ],
    ['another device', '/dev/sdc1', 'ext4', [], {}, { real: '/dev/sdc1', number: '8:33' }, false],
    ['a label that is nowhere', 'LABEL=x', 'ext4', [], {}, {}, false],
    ['another kind', '/dev/sdb1', 'xfs', [], {}, { real: '/dev/sdb1' }, false],
    ['one of several kinds', '/dev/sdb1', 'xfs,ext4', [], {}, { real: '/dev/sdb1' }, true],
    [
      'a file',
      '/srv/disk',
      'ext4',
      ['loop'],
      { source: '/dev/loop0', backing: '/srv/disk' },
      { real: '/srv/disk' },
      true,
    ],
    ['no device', 'cache', 'tmpfs', [], { source: 'tmpfs', fstype: 'tmpfs', device: '0:1' }, {}, true],
    ['no device, of another kind', 'cache', 'tmpfs', [], { source: 'x', fstype: 'ramfs', device: '0:1' }, {}, false],
    ['a share', 'nas:/a/', 'nfs', [], { source: 'nas:/a', fstype: 'nfs4' }, {}, true],
    ['another share', 'nas:/b', 'nfs', [], { source: 'nas:/a', fstype: 'nfs4' }, {}, false],
    ['by a program', 'me@host:/a', 'sshfs', [], { source: 'me@host:/a', fstype: 'fuse.sshfs' }, {}, true],
    [
      'the same directory',
      '/srv',
      'none',
      ['bind'],
      { source: 'h1', fstype: 'overlay' },
      { isDevice: true, real: '/srv' },
      true,
    ],
    ['another directory', '/srv', 'none', ['bind'], { source: 'h1', fstype: 'overlay' }, { real: '/srv' }, false],
  ])('%s', (_title, device, fstype, options, seen, told, expected) => {
    expect(isMountedAs({ device, fstype, options }, mount(seen), answer(told))).toBe(expected)
  })

  it.each<[string[], string[]]>([
    [['defaults'], []],
    [['noexec', 'nosuid', 'relatime'], ['noexec']],
    [['ro'], ['ro']],
    [['rw', 'exec', 'dev'], ['dev']],
    [['size=1m', 'mode=0755'], []],
    [['size=2m', 'mode=0700', 'uid=5'], ['size=2m']],
    [['size=1044481'], []],
    [['size=1044480'], ['size=1044480']],
    [['size=50%', 'x-systemd.automount', 'comment=a', 'nofail'], []],
  ])('with the options %j lacks %j', (options, missing) => {
    const seen = mount({
      options: ['rw', 'nosuid', 'nodev', 'relatime'],
      fileSystemOptions: ['rw', 'size=1024k', 'mode=755'],
    })
    expect(missingOptions({ device: '', fstype: '', options }, seen)).toEqual(missing)
  })

  it.each<[string, string[], string[], string[]]>([
    ['tmpfs', ['mode=755', 'uid=5'], ['mode=0755', 'uid=5', 'gid=0', 'size=5m'], []],
    ['tmpfs', ['mode=755'], ['mode=0700', 'uid=5'], ['mode=0700', 'uid=5']],
    ['tmpfs', [], ['mode=1777', 'mode=0700'], ['mode=0700']],
    ['vfat', ['uid=5'], ['uid=6', 'gid=6'], ['uid=6']],
  ])('of %s with %j, wanted with %j, only a new mount would have %j', (fstype, fileSystemOptions, options, fixed) => {
    expect(fixedOptions({ device: '', fstype, options }, mount({ fstype, fileSystemOptions }))).toEqual(fixed)
  })
})
