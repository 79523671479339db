import { mountGround } from '../beside/mount-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'

/** The file is these lines, to the byte, and was kept in the same inode or not. */
const fstabIs = (...lines: readonly string[]): string =>
  `printf '%b\\n' ${lines.map((line) => `'${line}'`).join(' ')} | cmp - /etc/fstab`

const tmpfs = (options: string, more = ''): string =>
  `data:\n  mount.mounted: { path: /mnt/data, device: tmpfs, fstype: tmpfs, options: "${options}"${more} }\n`

const mounts: readonly HostCase[] = [
  { title: 'without a directory', states: tmpfs('size=1m'), outcome: 'failed', says: /create would make it/ },
  {
    title: 'a file system in memory, with its directory, behind comments and odd lines',
    before: `printf '# a\\tb\\n\\n/dev/nowhere\\t/nowhere ext4 noauto,nofail' >/etc/fstab`,
    states: tmpfs('size=1m,nosuid', ', create: true'),
    after: `${fstabIs('# a\\tb', '', '/dev/nowhere\\t/nowhere ext4 noauto,nofail', 'tmpfs /mnt/data tmpfs size=1m,nosuid 0 0')} && findmnt -no OPTIONS /mnt/data | grep -q 'nosuid.*size=1024k' && systemctl cat mnt-data.mount | grep -q nosuid`,
  },
  {
    title: 'other options: mounted again, and nothing in it is lost',
    before: 'echo kept >/mnt/data/file',
    states: tmpfs('size=2m,nosuid,noexec'),
    after: `grep -q kept /mnt/data/file && findmnt -no OPTIONS /mnt/data | grep -q 'noexec.*size=2048k' && [ "$(grep -c /mnt/data /proc/self/mounts)" = 1 ]`,
  },
  {
    title: 'options taken away',
    states: tmpfs('defaults'),
    after: `grep -q kept /mnt/data/file && ! findmnt -no OPTIONS /mnt/data | grep -q noexec`,
  },
  {
    title: 'somebody made it read-only',
    before: 'mount -o remount,ro /mnt/data',
    states: tmpfs('rw'),
    after: 'touch /mnt/data/file',
  },
  {
    title: 'the line is there, and nothing mounted',
    before: 'umount /mnt/data',
    states: tmpfs('rw'),
    after: 'mountpoint -q /mnt/data',
  },
  {
    title: 'it is mounted, and there is no line',
    before: `sed -i '/data/d' /etc/fstab`,
    states: tmpfs('rw'),
    after: `grep -qx 'tmpfs /mnt/data tmpfs rw 0 0' /etc/fstab && [ "$(grep -c /mnt/data /proc/self/mounts)" = 1 ]`,
  },
  {
    title: 'only now: no line',
    before: `umount /mnt/data; : >/etc/fstab`,
    states: tmpfs('size=1m', ', temporary: true'),
    after: 'mountpoint -q /mnt/data && ! [ -s /etc/fstab ]',
  },
  {
    title: 'a directory at another place, which has a blank and other letters in its name',
    before: `mkdir -p '/srv/a b'; echo here >'/srv/a b/file'`,
    states: `bind:\n  mount.mounted: { path: "/mnt/my größe", device: /srv/a b, fstype: none, options: bind, create: true }\n`,
    after: `grep -q here '/mnt/my größe/file' && grep -qxF '/srv/a\\040b /mnt/my\\040größe none bind 0 0' /etc/fstab && findmnt --verify`,
  },
  {
    title: 'another directory there, read-only: the first is unmounted',
    before: 'mkdir -p /srv/c; echo there >/srv/c/file',
    states: `bind:\n  mount.mounted: { path: "/mnt/my größe", device: /srv/c, fstype: none, options: [bind, ro] }\n`,
    after: `grep -q there '/mnt/my größe/file' && ! touch '/mnt/my größe/file' 2>/dev/null && [ "$(grep -c 'my' /proc/self/mounts)" = 1 ]`,
  },
  {
    title: 'another file system there, in use: in the words of umount',
    before: `cd '/mnt/my größe' && { setsid sleep 1000 >/dev/null 2>&1 & } ; echo $! >/run/holder`,
    states: `bind:\n  mount.mounted: { path: "/mnt/my größe", device: /srv/a b, fstype: none, options: bind }\n`,
    outcome: 'failed',
    says: /busy/,
    isForeseen: false,
  },
  {
    title: 'what is in use',
    states: `no_bind:\n  mount.unmounted: /mnt/my größe\n`,
    outcome: 'failed',
    says: /busy/,
    isForeseen: false,
  },
  {
    title: 'unmounted: the line stays',
    before:
      'kill $(cat /run/holder); while mountpoint -q "/mnt/my größe" && ! umount "/mnt/my größe"; do :; done; mount --bind /srv/c "/mnt/my größe"',
    states: `no_bind:\n  mount.unmounted: /mnt/my größe\n`,
    after: `! mountpoint -q '/mnt/my größe' && grep -q my /etc/fstab`,
  },
  {
    title: 'absent: the line goes, and no other byte',
    before: `mount --bind /srv/c '/mnt/my größe'; printf '# no end' >>/etc/fstab`,
    states: `no_bind:\n  mount.absent: /mnt/my größe\n`,
    after: `! mountpoint -q '/mnt/my größe' && printf '# no end' | cmp - /etc/fstab`,
  },
  {
    title: 'absent, twice on one another, and twice in the file',
    before: `: >/etc/fstab; for i in 1 2; do mount -t tmpfs tmpfs /mnt/data; echo 'tmpfs /mnt/data/ tmpfs' >>/etc/fstab; done`,
    states: `no_data:\n  mount.absent: /mnt/data\n`,
    after: '! mountpoint -q /mnt/data && ! grep -q /mnt/data /etc/fstab',
  },
  { title: 'absent, and not there', states: `no_data:\n  mount.absent: /mnt/nowhere\n`, outcome: 'ok' },
  {
    title: 'with something mounted below',
    before: 'mkdir -p /mnt/e; mount -t tmpfs tmpfs /mnt/e; mkdir /mnt/e/f; mount -t tmpfs tmpfs /mnt/e/f',
    states: `no_e:\n  mount.absent: /mnt/e\n`,
    outcome: 'failed',
    says: /mounted at "\/mnt\/e\/f"/,
  },
  {
    title: 'a device that does not exist: in the words of mount',
    states: `data:\n  mount.mounted: { path: /mnt/data, device: /dev/nowhere, fstype: ext4 }\n`,
    outcome: 'failed',
    isForeseen: false,
    says: /nowhere/,
    after: '! grep nowhere /etc/fstab',
  },
  {
    title: 'a directory that a state before makes, and two mounts in one run',
    before: ': >/etc/fstab',
    states: `made:\n  file.directory: { path: /srv/new/made, create_parents: true }\n\none:\n  mount.mounted: { path: /srv/new/made, device: one, fstype: tmpfs }\n\ntwo:\n  mount.mounted: { path: /srv/new/made/two, device: two, fstype: tmpfs, create: true }\n`,
    after: `${fstabIs('one /srv/new/made tmpfs defaults 0 0', 'two /srv/new/made/two tmpfs defaults 0 0')} && mountpoint -q /srv/new/made/two`,
  },
  {
    title: 'whole pages: a size that the kernel rounds up, with a mode',
    before: 'while umount /mnt/data 2>/dev/null; do :; done; : >/etc/fstab',
    states: tmpfs('size=100000,mode=0750,uid=33', ', create: true'),
    after: `findmnt -no OPTIONS /mnt/data | grep -q size=100k && [ "$(stat -c '%a %u' /mnt/data)" = '750 33' ]`,
  },
  {
    title: 'whole pages: another size, by mounting again',
    states: tmpfs('size=200001,mode=0750,uid=33'),
    after: 'findmnt -no OPTIONS /mnt/data | grep -q size=196k',
  },
  {
    title: 'whole pages: another mode of what is mounted is for a person to do',
    states: tmpfs('size=200001,mode=0700,uid=33'),
    outcome: 'failed',
    says: /without mode=0700.*unmount it first/,
  },
  {
    title: 'whole pages: another mode, once it is unmounted',
    before: 'umount /mnt/data',
    states: tmpfs('size=200001,mode=0700,uid=33'),
    after: '[ "$(stat -c %a /mnt/data)" = 700 ]',
  },
]

hostCases('mounts', mounts, { beside: mountGround })
