import { describe, expect, it } from 'vitest'
import { hostSource } from './host.js'

const bookworm = `release ID=debian
release PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
release VERSION_CODENAME=bookworm
manager apt-get
cpus 0-1
cpu model name\t: Intel(R) Xeon(R) Processor @ 2.80GHz
flag hypervisor
memory MemTotal:       24684092 kB
memory SwapTotal:       1048572 kB
init systemd
comm systemd
container systemd-nspawn
release-of-kernel 6.1.0-18-amd64
dmi QEMU
machine 3d1219c7c4c5404aaa1f6d2a48adfda4
zone /usr/share/zoneinfo/Europe/Berlin
`

describe('a host', () => {
  it('is read from its evidence', () => {
    expect(hostSource.parse(bookworm)).toEqual({
      family: 'debian',
      osName: 'Debian GNU/Linux 12 (bookworm)',
      osCodename: 'bookworm',
      cpus: 2,
      cpuModel: 'Intel(R) Xeon(R) Processor @ 2.80GHz',
      memory: { total: 24684092 * 1024, swap: 1048572 * 1024 },
      init: 'systemd',
      packageManager: 'apt',
      virtualisation: 'nspawn',
      machineId: '3d1219c7c4c5404aaa1f6d2a48adfda4',
      timezone: 'Europe/Berlin',
      selinux: undefined,
    })
  })

  it('is not known from nothing', () => {
    expect(hostSource.parse('')).toEqual({ init: 'none', virtualisation: 'none' })
  })

  it('gives no fact that it does not declare', () => {
    expect(Object.keys(hostSource.parse(''))).toEqual(Object.keys(hostSource.facts))
  })

  it('never throws, wherever its output breaks off', () => {
    for (let i = 0; i <= bookworm.length; i++) expect(() => hostSource.parse(bookworm.slice(0, i))).not.toThrow()
  })
})

type Case = readonly [title: string, lines: readonly string[], fact: unknown]

const table = (name: string, cases: readonly Case[]): void => {
  it.each(cases)(`${name}: %s`, (_title, lines, fact) => {
    expect(hostSource.parse(`${lines.join('\n')}\n`)[name]).toEqual(fact)
  })
}

const release = (...lines: readonly string[]): readonly string[] => lines.map((line) => `release ${line}`)

describe('of each kind', () => {
  table('family', [
    ['Debian', release('ID=debian'), 'debian'],
    ['Linux Mint', release('ID=linuxmint', 'ID_LIKE="ubuntu debian"'), 'debian'],
    ['Rocky', release('ID="rocky"', 'ID_LIKE="rhel centos fedora"'), 'redhat'],
    ['Amazon Linux', release('ID="amzn"', 'ID_LIKE="fedora"'), 'redhat'],
    ['Leap', release('ID="opensuse-leap"', 'ID_LIKE="suse opensuse"'), 'suse'],
    ['Alpine', release('ID=alpine'), 'alpine'],
    ['Gentoo', release('ID=gentoo'), 'gentoo'],
    ['EndeavourOS', release("ID='endeavouros'", "ID_LIKE='arch'"), 'arch'],
    ['a system like no other', release('ID=nixos'), 'nixos'],
    ['no name', release('ID=', 'ID_LIKE=""'), undefined],
  ])
  table('osName', [
    ['quotes of a shell', release('PRETTY_NAME="A \\"B\\" \\$C \\\\ D"'), 'A "B" $C \\ D'],
    ['an unclosed quote', release('PRETTY_NAME="Broken'), '"Broken'],
    ['an equals sign', release('PRETTY_NAME=a=b'), 'a=b'],
  ])
  table('packageManager', [
    ['a Debian with all of them', [...release('ID=debian'), 'manager dnf', 'manager apk', 'manager apt-get'], 'apt'],
    ['yum is a name of dnf', [...release('ID=fedora'), 'manager yum', 'manager dnf'], 'dnf'],
    ['an old CentOS', [...release('ID="centos"'), 'manager yum'], 'yum'],
    ['an unknown system', ['manager zypper'], 'zypper'],
    ['a new OpenWrt', [...release('ID="openwrt"'), 'manager apk', 'manager opkg'], 'apk'],
    ['none', release('ID=debian'), undefined],
    ['one that is no program', ['manager pip'], undefined],
  ])
  table('cpus', [
    ['one', ['cpus 0'], 1],
    ['with gaps', ['cpus 0-3,8,10-11'], 7],
    ['without /sys', ['processors 4'], 4],
    ['garbage', ['cpus many'], undefined],
    ['none at all', ['processors '], undefined],
  ])
  table('memory', [
    ['without swap', ['memory MemTotal: 8 kB'], { total: 8192, swap: 0 }],
    ['garbage', ['memory MemTotal: much'], undefined],
  ])
  table('init', [
    ['OpenRC on busybox', ['init openrc', 'init busybox', 'comm init'], 'openrc'],
    ['busybox', ['init busybox', 'init inittab', 'comm init'], 'busybox'],
    ['sysvinit', ['init inittab', 'comm init'], 'sysvinit'],
    ['runit', ['comm runit'], 'runit'],
    ['a container with an init that does not run', ['init busybox', 'init inittab', 'comm sh'], 'none'],
    ['systemd that is only installed', ['comm tini'], 'none'],
  ])
  table('machineId', [
    ['not made yet', ['machine uninitialized'], undefined],
    ['cut', ['machine 3d12'], undefined],
  ])
  table('timezone', [
    ['by /etc/timezone', ['zone Etc/UTC'], 'Etc/UTC'],
    ['by a relative link', ['zone ../usr/share/zoneinfo/Asia/Tokyo'], 'Asia/Tokyo'],
    ['by a link of the other kind', ['zone /usr/share/zoneinfo/posix/UTC'], 'UTC'],
  ])
  table('selinux', [
    ['enforcing', ['selinux 1'], 'enforcing'],
    ['permissive', ['selinux 0'], 'permissive'],
    ['configured, and off', ['selinux off'], 'disabled'],
    ['odd', ['selinux 7'], undefined],
  ])
})

const dmi = (...lines: readonly string[]): readonly string[] => lines.map((line) => `dmi ${line}`)

describe('what it runs in', () => {
  table('virtualisation', [
    ['a container in a machine', ['container docker', ...dmi('QEMU')], 'docker'],
    ['LXC of libvirt', ['container lxc-libvirt'], 'lxc'],
    ['a pod', ['container oci'], 'container'],
    ['one of a kind to come', ['container crocker'], 'container'],
    ['WSL 2', ['release-of-kernel 5.15.153.1-microsoft-standard-WSL2', 'flag hypervisor'], 'wsl'],
    ['VMware', dmi('VMware, Inc.', 'VMware7,1', 'VMware, Inc.'), 'vmware'],
    ['VirtualBox', dmi('innotek GmbH', 'VirtualBox', 'innotek GmbH'), 'virtualbox'],
    ['Hyper-V', dmi('Microsoft Corporation', 'Virtual Machine', 'Microsoft Corporation'), 'microsoft'],
    ['a laptop of Microsoft', dmi('Microsoft Corporation', 'Surface Pro', 'Microsoft Corporation'), 'none'],
    ['an old machine of Amazon', ['xen xen', ...dmi('Xen', 'HVM domU', 'Xen')], 'xen'],
    ['a machine of Amazon', dmi('Amazon EC2', 't3.micro', 'Amazon EC2'), 'kvm'],
    ['a whole machine of Amazon', dmi('Amazon EC2', 'm5.metal', 'Amazon EC2'), 'none'],
    ['a machine of Hetzner', dmi('Hetzner', 'vServer', 'Hetzner'), 'kvm'],
    ['the host of Xen', ['xen xen', 'xen control_d'], 'none'],
    ['a guest of Xen', ['xen xen', 'xen '], 'xen'],
    ['KVM on ARM', ['tree linux,kvm'], 'kvm'],
    ['Firecracker', ['flag hypervisor'], 'vm'],
    ['a server', dmi('Dell Inc.', 'PowerEdge R640', 'Dell Inc.'), 'none'],
  ])
})
