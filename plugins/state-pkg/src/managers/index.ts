import type { Facts } from '@prove/core'
import { apt } from './apt.js'
import type { ManagerName, PackageManager } from './contract.js'

/** In the order in which they are looked for: a host of Debian may have programs of others too. */
export const managers: readonly PackageManager[] = [apt]

/** The package manager of a host; undefined where it has none that is known. */
export const managerOf = ({ tools }: Facts): PackageManager | undefined =>
  managers.find(({ program }) => tools.includes(program))

/** By its name, as an answer tells it. */
export const managerNamed = (name: ManagerName): PackageManager => {
  const found = managers.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no package manager is named "${name}"`)
  return found
}
