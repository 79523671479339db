import type { InstalledPackage, ListsAge, OfferedPackage, Trial } from '../managers/contract.js'
import type { OffersAnswer } from '../reads/offers.js'
import type { PackagesAnswer } from '../reads/packages.js'

/** One package, by default not there. */
export const seenPackage = (name: string, fields: Partial<InstalledPackage> = {}): InstalledPackage => ({
  name,
  state: fields.version === undefined ? 'absent' : 'installed',
  held: false,
  providers: [],
  ...fields,
})

/** What `packages` answers on a host with APT. */
export const seenPackages = (
  packages: readonly InstalledPackage[],
  fields: Partial<PackagesAnswer> = {},
): PackagesAnswer => ({ manager: 'apt', root: true, packages, ...fields })

/** One package that is offered, by default in one version. */
export const offered = (name: string, ...versions: readonly string[]): OfferedPackage => ({
  name,
  ...(versions[0] === undefined ? {} : { candidate: versions[0] }),
  versions,
  providers: [],
})

/** What `offers` answers, by default by lists that are an hour old. */
export const seenOffers = (
  packages: readonly OfferedPackage[],
  lists: ListsAge = { age: 3600, outdated: false },
): OffersAnswer => ({ lists, packages })

/** What `trial` answers: `name`, `from` and `to` of each package. */
export const seenTrial = (...packages: readonly (readonly [string, string | null, string | null])[]): Trial => ({
  packages: packages.map(([name, from, to]) => ({ name, from, to })),
})
