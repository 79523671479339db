import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import { mounted } from './mount-mounted.js'

const path = '/mnt/data'
const line = 'tmpfs /mnt/data tmpfs size=1m 0 0\n'
const here = {
  source: 'tmpfs',
  fstype: 'tmpfs',
  options: ['rw'],
  fileSystemOptions: ['rw', 'size=1024k'],
  device: '0:1',
}
const at = seenEntry({ type: 'directory' }, path)
const now = seenEntry({}, '/etc/fstab')
const held = (text: string): object => ({ text, encoding: 'utf8' })
const mount = (...mounts: readonly object[]): object => ({ here: mounts, below: [], isDevice: false })
const seen = { at, mounted: mount(here), now, held: held(line) }
const reload = 'exec [ ! -d /run/systemd/system ] || exec systemctl daemon-reload'
const write = 'file.write /etc/fstab'
const mounts = 'exec mount -t tmpfs -o size=1m tmpfs /mnt/data'
const none = { changes: [], steps: [] }

stateTable(
  mounted,
  { path, device: 'tmpfs', fstype: 'tmpfs', options: 'size=1m' },
  [
    { title: 'converged', seen, ...none },
    { title: 'not mounted', seen: { ...seen, mounted: mount() }, changes: ['mounted'], steps: [mounts] },
    { title: 'no line', seen: { ...seen, held: held('') }, changes: ['fstab'], steps: [write, reload] },
    {
      title: 'neither, nor a directory',
      args: { create: true },
      seen: { ...seen, at: seenEntry({ type: 'absent' }, path), mounted: mount(), held: held('') },
      changes: ['directory', 'fstab', 'mounted'],
      steps: ['file.directory /mnt/data', mounts, write, reload],
    },
    {
      title: 'other options in the file: mounted again',
      seen: { ...seen, held: held(line.replace('size=1m', 'size=1m,nodev')) },
      changes: ['fstab', 'options'],
      steps: [write, reload, 'exec mount -t tmpfs -o remount,size=1m tmpfs /mnt/data'],
    },
    {
      title: 'other options of the mount, only now',
      args: { options: ['size=2m', 'ro'], temporary: true },
      seen: { at, mounted: mount(here) },
      changes: ['options'],
      steps: ['exec mount -t tmpfs -o remount,size=2m,ro tmpfs /mnt/data'],
    },
    {
      title: 'something else is mounted',
      seen: { ...seen, mounted: mount({ ...here, source: '/dev/sda1', fstype: 'ext4' }) },
      changes: ['mounted'],
      steps: ['exec umount /mnt/data', mounts],
    },
    {
      title: 'something else is mounted, and something below',
      seen: { ...seen, mounted: { ...mount({ ...here, fstype: 'ext4' }), below: ['/mnt/data/a'] } },
      ...none,
      blocked: 'something at "/mnt/data/a"',
    },
    {
      title: 'another mode than it was mounted with',
      args: { options: ['size=1m', 'mode=0750'] },
      seen,
      ...none,
      blocked: 'without mode=0750, which only a new mount has: unmount it first',
    },
    {
      title: 'a mode, not mounted',
      args: { options: ['mode=0750'], temporary: true },
      seen: { at, mounted: mount() },
      changes: ['mounted'],
      steps: ['exec mount -t tmpfs -o mode=0750 tmpfs /mnt/data'],
    },
    { title: 'a link', seen: { ...seen, at: seenEntry({ type: 'link' }, path) }, ...none, blocked: 'symbolic link' },
    {
      title: 'no directory',
      seen: { ...seen, at: seenEntry({ type: 'absent' }, path) },
      ...none,
      blocked: 'create would',
    },
  ],
  [plugin],
)

it.each([
  { path: '/' },
  { path: 'mnt' },
  { device: '-o' },
  { device: '' },
  { options: '' },
  { options: 'a, b' },
  { options: ['user=x', 'password=secret'] },
  { fstype: 'a b' },
  { dump: -1 },
])('refuses %j', (args) => {
  const given = { path, device: 'tmpfs', fstype: 'tmpfs', ...args }
  expect(z.strictObject(mounted.args).safeParse(given).success).toBe(false)
})
