import type { Ground } from './ground.js'

const keys = ['net.ipv4.ip_forward', 'net.ipv4.ip_local_port_range', 'net.ipv4.conf.all.forwarding']

/** Files of settings, but for blanks around the "=", and what the kernel has. */
export const sysctlGround: Ground = {
  keeps: ['/etc/sysctl.d'],
  notes: `sysctl ${keys.join(' ')} >"$at.values"`,
  settles: 'sysctl -q -p "$at.values"',
  shows: `for file in /etc/sysctl.d/*; do [ -f "$file" ] && { stat -c '%n %a %U:%G' "$file"; sed -e 's/ *= */=/' -e 's/   */ /g' "$file"; echo; }; done; sysctl ${keys.join(' ')}`,
}

/** What is loaded at boot, and what is not to be. */
export const moduleGround: Ground = {
  keeps: ['/etc/modules-load.d', '/etc/modprobe.d', '/lib/modules'],
  // The file system of labs tells attributes of files and does not take them back, which Ansible does not survive.
  before: 'rm /usr/bin/lsattr',
  shows: `for file in /etc/modules-load.d/* /etc/modprobe.d/*; do [ -f "$file" ] && { stat -c '%n %a %U:%G' "$file"; cat -A "$file"; }; done; :`,
}

/** How a host is called, what time and what languages it has. */
export const namesGround: Ground = {
  keeps: [
    '/etc/hostname',
    '/etc/localtime',
    '/etc/timezone',
    '/etc/locale.gen',
    '/etc/default/locale',
    '/usr/lib/locale',
  ],
  notes: 'uname -n >"$at.name"',
  settles: 'hostname "$(cat "$at.name")"; systemctl restart systemd-hostnamed systemd-timedated 2>/dev/null',
  shows: `uname -n; readlink -e /etc/localtime; date -d @0; locale -a
for file in /etc/hostname /etc/timezone /etc/locale.gen /etc/default/locale; do [ -f "$file" ] && { stat -c '%n %a %U:%G' "$file"; cat "$file"; }; done; :`,
}

const notes = ['after', 'boot', 'changed', 'one', 'told', 'two'].map((name) => `/srv/lab/${name}`)

/** What was done before a boot, with it and behind it, and whether there was one. */
export const bootingGround: Ground = {
  keeps: notes,
  shows: `ls ${notes.join(' ')} 2>/dev/null; [ -e /run/of-this-boot ] && echo 'the same boot'; :`,
}

const checkouts = 'app begins begun full git http ignores inner outer shallow ssh ssh2 www'
  .split(' ')
  .map((name) => `/srv/${name}`)

/** Checkouts: the commit, the branch, what differs, and the files with their owners. */
export const gitGround: Ground = {
  keeps: [...checkouts, '/root', '/home/asked'],
  shows: `find ${checkouts.join(' ')} -name .git -prune -print | sort | while read -r git; do at=\${git%/.git}; echo "$at"
git() { command git -c safe.directory='*' -C "$at" "$@"; }
git rev-parse HEAD; git symbolic-ref -q --short HEAD || echo detached; git config remote.origin.url | sed 's,^file://,,'
git rev-list --count HEAD; git status --porcelain --ignored
find "$at" -name .git -prune -o -printf '%p %y %m %u:%g %l\\n' | sort; find "$at" -name .git -prune -o -type f -exec sha256sum {} + | sort -k 2; done 2>&1`,
}
