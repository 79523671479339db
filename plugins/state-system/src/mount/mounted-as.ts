import type { Mount, MountAnswer } from '../reads/mounts.js'

/** What is to be mounted, and how. */
export interface Wanted {
  readonly device: string
  readonly fstype: string
  readonly options: readonly string[]
}

const isBind = ({ options }: Wanted): boolean => options.includes('bind') || options.includes('rbind')

const isNetwork = (source: string): boolean => source.includes(':') || source.startsWith('//')

const isSource = (wanted: Wanted, mount: Mount, { isDevice, real, number }: MountAnswer): boolean => {
  const { device } = wanted
  if (isBind(wanted)) return isDevice
  if ([device, real].includes(mount.source) || (mount.backing !== undefined && mount.backing === real)) return true
  if (number !== undefined && number === mount.device) return true
  if (isNetwork(device)) return device.replace(/\/$/, '') === mount.source.replace(/\/$/, '')
  // Of a file system without a device the name is only a name.
  return real === undefined && !device.includes('=') && !device.startsWith('/') && !mount.source.startsWith('/')
}

const isType = (wanted: Wanted, { fstype }: Mount): boolean =>
  isBind(wanted) ||
  wanted.fstype === 'auto' ||
  wanted.fstype.split(',').includes(fstype) ||
  (wanted.fstype === 'nfs' && fstype === 'nfs4') ||
  // The kernel tells these by the program that serves them.
  fstype.startsWith('fuse')

/** Whether what is seen at the path is what is to be mounted there. */
export const isMountedAs = (wanted: Wanted, mount: Mount, answer: MountAnswer): boolean =>
  isSource(wanted, mount, answer) && isType(wanted, mount)

const flags = ['ro', 'nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime', 'sync']
const opposites: Readonly<Record<string, string>> = { rw: 'ro', suid: 'nosuid', dev: 'nodev', exec: 'noexec' }
/** Numbers that mounting again changes. */
const numbers = ['size', 'nr_inodes']
/** And those that it leaves as they are; what a file system in memory has where the kernel tells none. */
const fixedNumbers: Readonly<Record<string, string>> = { mode: '1777', uid: '0', gid: '0' }
const page = 4096
const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

const numeric = (name: string, text: string): number | undefined => {
  if (name === 'mode') return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined
  const [, digits, unit = ''] = /^(\d+)([kmg]?)$/i.exec(text) ?? []
  if (digits === undefined) return undefined
  const value = Number(digits) * (units[unit.toLowerCase()] ?? 1)
  // The kernel gives whole pages.
  return name === 'size' ? Math.ceil(value / page) * page : value
}

const toldOf = (name: string, { fileSystemOptions }: Mount): string | undefined =>
  fileSystemOptions.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1)

/** What the kernel says of a file system differs in writing from what was asked for: compared is what means a number. */
const isOtherNumber = (name: string, value: string | undefined, now: string | undefined): boolean => {
  if (value === undefined || now === undefined) return false
  const [is, to] = [numeric(name, now), numeric(name, value)]
  return is !== undefined && to !== undefined && is !== to
}

/** Options that the mount can be seen not to have. */
export const missingOptions = ({ options }: Wanted, mount: Mount): readonly string[] =>
  options.filter((option) => {
    const all = [...mount.options, ...mount.fileSystemOptions]
    const opposite = opposites[option]
    if (opposite !== undefined) return mount.options.includes(opposite)
    if (flags.includes(option)) return !all.includes(option)
    const [name = '', value] = option.split('=')
    return numbers.includes(name) && isOtherNumber(name, value, toldOf(name, mount))
  })

/** Options that it has otherwise, and that only a new mount would have. */
export const fixedOptions = ({ options }: Wanted, mount: Mount): readonly string[] =>
  options.filter((option) => {
    const [name = '', value] = option.split('=')
    const unless = mount.fstype === 'tmpfs' ? fixedNumbers[name] : undefined
    return name in fixedNumbers && isOtherNumber(name, value, toldOf(name, mount) ?? unless)
  })
