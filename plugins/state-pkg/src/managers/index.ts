import type { Facts } from '@prove/core'
import { apk } from './apk.js'
import { apt } from './apt.js'
import { dnf } from './dnf.js'
import { pacman } from './pacman.js'
import { zypper } from './zypper.js'
import type { ManagerName, PackageManager } from './contract.js'

/** In the order in which they are looked for on a system that says nothing of itself. */
export const managers: readonly PackageManager[] = [apt, dnf, zypper, apk, pacman]

/** Systems that may have programs of other systems too. */
const ofSystem: Readonly<Record<string, PackageManager>> = {
  ...Object.fromEntries(['fedora', 'rhel', 'centos', 'rocky', 'almalinux', 'ol', 'amzn'].map((os) => [os, dnf])),
  ...Object.fromEntries(['opensuse-leap', 'opensuse-tumbleweed', 'sles'].map((os) => [os, zypper])),
  alpine: apk,
  arch: pacman,
}

/** The package manager of a host; undefined where it has none that is known. */
export const managerOf = ({ os, tools }: Pick<Facts, 'os' | 'tools'>): PackageManager | undefined => {
  const own = ofSystem[os]
  if (own !== undefined && tools.includes(own.program)) return own
  return managers.find(({ program }) => tools.includes(program))
}

/** By its name, as an answer tells it. */
export const managerNamed = (name: ManagerName): PackageManager => {
  const found = managers.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no package manager is named "${name}"`)
  return found
}
