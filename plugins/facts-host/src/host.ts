import type { FactSource } from '@prove/core'
import { KeyValues } from './key-values.js'
import { initOf } from './init.js'
import { familyOf, osReleaseOf, packageManagerOf } from './system.js'
import { virtualisationOf } from './virtualisation.js'

/**
 * Prints evidence and decides nothing. Builtins and files only: a process costs more than everything here together.
 * `k` prints a line, `r` the first line of a file.
 */
const script = `
k() { printf '%s %s\\n' "$1" "$2"; }
r() { v=; { IFS= read -r v || [ -n "$v" ]; } <"$2" && k "$1" "$v"; }
each() { while IFS= read -r v || [ -n "$v" ]; do "$1" || break; done <"$2"; }
release() { case $v in ID=*|ID_LIKE=*|PRETTY_NAME=*|VERSION_CODENAME=*) k release "$v";; esac; }
each release /etc/os-release || each release /usr/lib/os-release
for p in apt-get dnf yum zypper apk pacman opkg emerge xbps-install; do for d in /usr/bin /bin /usr/sbin /sbin; do
[ -x "$d/$p" ] && { k manager $p; break; }; done; done
r cpus /sys/devices/system/cpu/online || k processors "$(grep -c ^processor /proc/cpuinfo)"
cpu() { case $v in
'model name'*|'cpu model'*) k cpu "$v";;
flags*) case "$v " in *' hypervisor '*) k flag hypervisor;; esac; return 1;;
'') return 1;; esac; }
each cpu /proc/cpuinfo
memory() { case $v in MemTotal:*) k memory "$v";; SwapTotal:*) k memory "$v"; return 1;; esac; }
each memory /proc/meminfo
[ -d /run/systemd/system ] && k init systemd
[ -e /run/openrc ] && k init openrc
[ /sbin/init -ef /bin/busybox ] || [ /sbin/init -ef /usr/bin/busybox ] && k init busybox
[ -e /etc/inittab ] && k init inittab
r comm /proc/1/comm
if r container /run/systemd/container; then :
elif [ -e /run/.containerenv ]; then k container podman
elif [ -e /.dockerenv ]; then k container docker
elif { IFS= read -r v || [ -n "$v" ]; } </proc/1/environ; then
for c in docker podman lxc systemd-nspawn oci; do case $v in *container=$c*) k container $c; break;; esac; done
case $v in *KUBERNETES_SERVICE_HOST=*) k container oci;; esac
fi
r release-of-kernel /proc/sys/kernel/osrelease
for f in sys_vendor product_name bios_vendor; do r dmi /sys/class/dmi/id/$f; done
r xen /sys/hypervisor/type; r xen /proc/xen/capabilities; r tree /proc/device-tree/hypervisor/compatible
r machine /etc/machine-id || r machine /var/lib/dbus/machine-id
v=; { IFS= read -r v || [ -n "$v" ]; } </etc/timezone
if [ -n "$v" ] && [ "/usr/share/zoneinfo/$v" -ef /etc/localtime ]; then k zone "$v"
elif [ -L /etc/localtime ]; then k zone "$(readlink /etc/localtime)"
elif ! [ -e /etc/localtime ] && ! [ -e /etc/TZ ]; then k zone UTC; fi
r selinux /sys/fs/selinux/enforce || { [ -e /etc/selinux/config ] && k selinux off; }
:`

const parse = (output: string): Readonly<Record<string, unknown>> => {
  const said = new KeyValues(output)
  const release = osReleaseOf(said.all('release'))
  const family = familyOf(release)
  return {
    family,
    osName: release['PRETTY_NAME'],
    osCodename: release['VERSION_CODENAME'],
    cpus: countOf(said.first('cpus')) ?? (Number(said.first('processors')) || undefined),
    cpuModel: said.first('cpu')?.replace(/^[^:]*:\s*/, ''),
    memory: memoryOf(said.all('memory')),
    init: initOf(said),
    packageManager: packageManagerOf(family, said.all('manager')),
    virtualisation: virtualisationOf(said),
    machineId: said.all('machine').find((id) => /^[0-9a-f]{32}$/.test(id)),
    timezone: said.first('zone')?.replace(/^.*\/zoneinfo\/(?:posix\/|right\/)?/, ''),
    selinux: selinuxModes[said.first('selinux') ?? ''],
  }
}

const selinuxModes: Readonly<Record<string, string>> = { 1: 'enforcing', 0: 'permissive', off: 'disabled' }

/** How many processors a list of ranges names: `0-3,8` names five. */
const countOf = (ranges: string | undefined): number | undefined => {
  if (ranges === undefined || !/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(ranges)) return undefined
  return ranges.split(',').reduce((sum, range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return sum + to - from + 1
  }, 0)
}

/** In bytes, of lines of /proc/meminfo. */
const memoryOf = (lines: readonly string[]): { readonly total: number; readonly swap: number } | undefined => {
  const bytes = (name: string): number | undefined => {
    const found = lines.map((line) => /^(\w+):\s*(\d+) kB$/.exec(line)).find((match) => match?.[1] === name)
    return found === undefined ? undefined : Number(found?.[2]) * 1024
  }
  const [total, swap] = [bytes('MemTotal'), bytes('SwapTotal')]
  return total === undefined ? undefined : { total, swap: swap ?? 0 }
}

/** What the system and the machine are. Nothing in it changes while a host only works. */
export const hostSource: FactSource = {
  name: 'host',
  facts: {
    family: 'The family of the operating system: `debian`, `redhat`, `suse`, `arch`, `alpine`, …',
    osName: 'The name of the operating system, for people: `Debian GNU/Linux 12 (bookworm)`.',
    osCodename: 'The code name of its release: `bookworm`.',
    cpus: 'The number of processors that are online.',
    cpuModel: 'The name of the first processor, where the kernel tells one.',
    memory: '`total` and `swap` in bytes.',
    init: 'Process 1: `systemd`, `openrc`, `sysvinit`, `busybox`, `runit`, `dinit`, `s6`, `procd` or `none`.',
    packageManager: '`apt`, `dnf`, `yum`, `zypper`, `apk`, `pacman`, `opkg`, `portage` or `xbps`.',
    virtualisation:
      'What the host runs in: `docker`, `podman`, `lxc`, `nspawn`, `wsl`, another `container`, `kvm`, `vmware`, `xen`, ' +
      '`microsoft`, `virtualbox`, `parallels`, `bhyve`, `apple`, another `vm`, or `none`.',
    machineId: 'The content of /etc/machine-id.',
    timezone: 'The name of the time zone: `Europe/Berlin`.',
    selinux: '`enforcing`, `permissive` or `disabled`; null where there is no SELinux.',
  },
  script,
  parse,
}
