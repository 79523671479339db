import type { KeyValues } from './key-values.js'

/** Words of whoever started the container. */
const containers: Readonly<Record<string, string>> = {
  docker: 'docker',
  podman: 'podman',
  lxc: 'lxc',
  'lxc-libvirt': 'lxc',
  'systemd-nspawn': 'nspawn',
  wsl: 'wsl',
}

/** Words in what the firmware says of itself, without spaces between its lines. The clouds below run on KVM. */
const machines: readonly (readonly [RegExp, string])[] = [
  [/VMware/i, 'vmware'],
  [/VirtualBox|innotek/i, 'virtualbox'],
  [/Xen|HVM domU/, 'xen'],
  [/Microsoft Corporation\nVirtual Machine/, 'microsoft'],
  [/Parallels/, 'parallels'],
  [/BHYVE/i, 'bhyve'],
  [/Apple Virtualization/, 'apple'],
  [/KVM|QEMU|Bochs|RHEV|oVirt|OpenStack|KubeVirt/, 'kvm'],
  [/Google Compute Engine|DigitalOcean|Hetzner\nvServer|Alibaba Cloud ECS|Scaleway/, 'kvm'],
  // A whole machine of this cloud says what the virtual ones say, and ".metal".
  [/^Amazon EC2\n(?!.*\.metal)/, 'kvm'],
]

/**
 * The innermost of what the host runs in. systemd-detect-virt would tell the same and more at the price of everything
 * else here; without it KVM cannot be told from QEMU, which counts as `kvm`.
 */
export const virtualisationOf = (said: KeyValues): string => {
  const container = said.first('container')
  if (container !== undefined) return containers[container] ?? 'container'
  if (/microsoft/i.test(said.first('release-of-kernel') ?? '')) return 'wsl'
  const firmware = said.all('dmi').join('\n')
  const machine = machines.find(([words]) => words.test(firmware))?.[1]
  if (machine !== undefined) return machine
  const xen = said.all('xen')
  // Domain 0 is the host of the others.
  if (xen.includes('xen')) return xen.some((word) => word.includes('control_d')) ? 'none' : 'xen'
  if (said.first('tree')?.includes('kvm') === true) return 'kvm'
  return said.has('flag', 'hypervisor') || said.first('tree') !== undefined ? 'vm' : 'none'
}
