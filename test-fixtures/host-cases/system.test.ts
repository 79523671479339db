import { moduleGround, namesGround, sysctlGround } from '../beside/system-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'

const forwarding = 'f:\n  sysctl.value: { name: net.ipv4.ip_forward, value: 1 }\n'

const settings: readonly HostCase[] = [
  {
    title: 'one, now and in a file',
    before: 'echo 0 >/proc/sys/net/ipv4/ip_forward',
    states: forwarding,
    after: `[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] && echo 'net.ipv4.ip_forward = 1' | cmp - /etc/sysctl.d/90-prove.conf`,
  },
  {
    title: 'somebody set it otherwise, now',
    before: 'echo 0 >/proc/sys/net/ipv4/ip_forward',
    states: forwarding,
    after: '[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ]',
  },
  {
    title: 'somebody set it otherwise in the file, where all else stays',
    before: `printf '# a\\r\\nnet/ipv4/ip_forward\\t=\\t0\\r\\n-net.b=1' >/etc/sysctl.d/90-prove.conf`,
    states: forwarding,
    after: `printf '# a\\r\\nnet/ipv4/ip_forward\\t=\\t1\\r\\n-net.b=1' | cmp - /etc/sysctl.d/90-prove.conf`,
  },
  {
    title: 'several of one file, of which one sets another',
    before: 'rm /etc/sysctl.d/90-prove.conf; echo 0 >/proc/sys/net/ipv4/ip_forward',
    states: `${forwarding}ports:\n  sysctl.value: { name: net.ipv4.ip_local_port_range, value: "20000  60999" }\nall:\n  sysctl.value: { name: net/ipv4/conf/all/forwarding, value: 1 }\n`,
    isForeseen: false,
    after: `[ "$(wc -l </etc/sysctl.d/90-prove.conf)" = 3 ] && sysctl -n net.ipv4.ip_local_port_range | grep -qx '20000.60999' && sysctl --system 2>&1 | grep -q '20000 60999'`,
  },
  {
    title: 'absent from the file',
    states: 'f:\n  sysctl.absent: net.ipv4.ip_forward\n',
    after: `! grep -q ip_forward /etc/sysctl.d/90-prove.conf && [ "$(wc -l </etc/sysctl.d/90-prove.conf)" = 2 ]`,
  },
  {
    title: 'a value that the kernel does not take: in its words',
    states: 'f:\n  sysctl.value: { name: net.ipv4.ip_forward, value: many }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /Invalid argument|I\/O error/,
    after: '! grep -q many /etc/sysctl.d/90-prove.conf',
  },
  {
    title: 'one that this kernel does not have',
    states: 'f:\n  sysctl.value: { name: net.ipv4.no_such_thing, value: 1 }\n',
    outcome: 'failed',
    says: /no setting "net.ipv4.no_such_thing"/,
  },
  {
    title: 'one that may not be written here: in the words of the shell',
    states: 'f:\n  sysctl.value: { name: vm.swappiness, value: 7, file: swap }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /Read-only file system/,
    after: '! [ -e /etc/sysctl.d/swap.conf ]',
  },
]

hostCases('settings of the kernel', settings, { beside: sysctlGround })

const modules: readonly HostCase[] = [
  {
    title: 'one that the kernel has built in is listed for boot',
    before:
      'mkdir -p /lib/modules/$(uname -r); echo kernel/net/bridge/br-netfilter.ko >/lib/modules/$(uname -r)/modules.builtin',
    states: 'm:\n  kernel.module: br_netfilter\n',
    after: 'echo br_netfilter | cmp - /etc/modules-load.d/br_netfilter.conf',
  },
  {
    title: 'absent, though built in',
    states: 'm:\n  kernel.module: { name: br_netfilter, absent: true }\n',
    outcome: 'failed',
    says: /built in/,
  },
  {
    title: 'blacklisted, beside its options',
    before: `printf 'options floppy x=1' >/etc/modprobe.d/floppy.conf; echo floppy >/etc/modules-load.d/floppy.conf`,
    states: 'm:\n  kernel.module: { name: floppy, blacklisted: true }\n',
    after: `printf 'options floppy x=1\\nblacklist floppy\\n' | cmp - /etc/modprobe.d/floppy.conf && ! [ -e /etc/modules-load.d/floppy.conf ]`,
  },
  {
    title: 'absent: no longer blacklisted',
    states: 'm:\n  kernel.module: { name: floppy, absent: true }\n',
    after: `printf 'options floppy x=1\\n' | cmp - /etc/modprobe.d/floppy.conf`,
  },
  {
    title: 'blacklisted, which only a comment says',
    before: `printf '# blacklist floppy\\n' >/etc/modprobe.d/floppy.conf`,
    states: 'm:\n  kernel.module: { name: floppy, blacklisted: true }\n',
    after: `printf '# blacklist floppy\\nblacklist floppy\\n' | cmp - /etc/modprobe.d/floppy.conf`,
  },
  {
    title: 'blacklisted, in a file that is not there',
    states: 'm:\n  kernel.module: { name: pcspkr, blacklisted: true }\n',
    after: `echo 'blacklist pcspkr' | cmp - /etc/modprobe.d/pcspkr.conf`,
  },
  {
    title: 'blacklisted, with other blanks',
    before: `printf '  blacklist\\tfloppy\\n' >/etc/modprobe.d/floppy.conf`,
    states: 'm:\n  kernel.module: { name: floppy, blacklisted: true }\n',
    outcome: 'ok',
  },
  {
    title: 'one that there is not: in the words of modprobe',
    states: 'm:\n  kernel.module: no_such_module\n',
    outcome: 'failed',
    isForeseen: false,
    says: /no_such_module not found/,
  },
]

hostCases('modules of the kernel', modules, { beside: moduleGround })

const names: readonly HostCase[] = [
  {
    title: 'a name',
    states: 'n:\n  system.hostname: web-1.example.org\n',
    after: `[ "$(uname -n)" = web-1.example.org ] && echo web-1.example.org | cmp - /etc/hostname`,
  },
  {
    title: 'somebody named it otherwise for now',
    before: 'hostname other',
    states: 'n:\n  system.hostname: web-1.example.org\n',
    after: '[ "$(uname -n)" = web-1.example.org ]',
  },
  {
    title: 'a name in a file with a comment and without a last line end',
    before: `printf '# mine\\nold' >/etc/hostname`,
    states: 'n:\n  system.hostname: h1\n',
    after: `printf '# mine\\nh1\\n' | cmp - /etc/hostname && [ "$(uname -n)" = h1 ]`,
  },
  {
    title: 'a time zone',
    states: 't:\n  system.timezone: America/Argentina/Buenos_Aires\n',
    after: `[ "$(date -d @0 +%H:%M)" = 21:00 ] && [ "$(cat /etc/timezone)" = America/Argentina/Buenos_Aires ] && [ "$(timedatectl show -p Timezone --value)" = America/Argentina/Buenos_Aires ]`,
  },
  {
    title: 'a time zone where the link is a copy, and no name is kept',
    before: 'rm /etc/localtime /etc/timezone; cp /usr/share/zoneinfo/Etc/UTC /etc/localtime',
    states: 't:\n  system.timezone: Europe/Vienna\n',
    after: `[ "$(date -d @0 +%H:%M)" = 01:00 ] && [ -L /etc/localtime ] && ! [ -e /etc/timezone ]`,
  },
  {
    title: 'a time zone that there is not',
    states: 't:\n  system.timezone: Europe/Atlantis\n',
    outcome: 'failed',
    says: /knows no time zone "Europe\/Atlantis"/,
  },
  {
    title: 'a locale, made from the list; another that is there stays',
    states: 'l:\n  system.locale: fr_FR.UTF-8\n',
    after: `locale -a | grep -qx fr_FR.utf8 && locale -a | grep -qx de_DE.utf8 && grep -qx 'fr_FR.UTF-8 UTF-8' /etc/locale.gen && LC_ALL=fr_FR.UTF-8 date -d @0 +%A | grep -qx jeudi`,
  },
  {
    title: 'a locale of the host, beside what else is there',
    before: `printf 'LC_TIME=C\\nLANG="C.UTF-8"' >/etc/default/locale`,
    states: 'l:\n  system.locale: { name: de_AT.UTF-8, default: true }\n',
    after: `printf 'LC_TIME=C\\nLANG=de_AT.UTF-8\\n' | cmp - /etc/default/locale && LC_ALL=de_AT.UTF-8 date -d @0 +%B | grep -q nner`,
  },
  {
    title: 'what every host has, as the locale of the host',
    states: 'l:\n  system.locale: { name: C.UTF-8, default: true }\n',
    after: 'grep -qx LANG=C.UTF-8 /etc/default/locale && ! grep -q "^C.UTF-8" /etc/locale.gen',
  },
  {
    title: 'a locale that nobody has heard of',
    states: 'l:\n  system.locale: xx_YY.UTF-8\n',
    outcome: 'failed',
    says: /knows no locale "xx_YY.UTF-8"/,
  },
]

hostCases('name, time zone and locales', names, { beside: namesGround })
