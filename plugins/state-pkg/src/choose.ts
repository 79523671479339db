import type { InstalledPackage, OfferedPackage, PackageManager, WantedPackage } from './managers/contract.js'
import { type Compare, exactVersion, fulfils } from './versions/constraint.js'

/** What is to come of one package: nothing, a change, a reason why not, or lists that may know more. */
export type Choice =
  | { readonly choice: 'none' }
  | { readonly choice: 'change'; readonly wanted: WantedPackage; readonly to: string; readonly downgrade: boolean }
  | { readonly choice: 'blocked'; readonly reason: string; readonly wanted: WantedPackage; readonly to: string }

/** What is asked of a package. */
export interface Demand {
  readonly version?: string | undefined
  readonly latest?: boolean | undefined
}

/** Whether a package is as asked, as far as that can be told without knowing what is offered. */
export const isAsAsked = (
  found: InstalledPackage,
  { version, latest }: Demand,
  { compare }: PackageManager,
): boolean => {
  if (latest === true && found.providers.length === 0) return false
  if (found.state !== 'installed') return version === undefined && found.providers.length > 0
  return version === undefined || fulfils(found.version ?? '', version, compare) === true
}

const newest = (versions: readonly string[], compare: Compare | undefined): string | undefined =>
  compare === undefined ? versions[0] : versions.toSorted((a, b) => compare(b, a))[0]

/** Decides about one package. */
export const choose = (
  found: InstalledPackage,
  offer: OfferedPackage | undefined,
  demand: Demand,
  manager: PackageManager,
): Choice => {
  if (isAsAsked(found, demand, manager)) return { choice: 'none' }
  const { name } = found
  const { version } = demand
  if (version === undefined) return withoutVersion(found, offer, manager)
  const wanted = { name, version: exactVersion(version) }
  const { compare } = manager
  const refuse = (reason: string): Choice => ({ choice: 'blocked', reason, wanted, to: version })
  if (compare === undefined && fulfils('', version, compare) === undefined) {
    return refuse(`${manager.name} alone compares its versions: name one exactly, or with a star`)
  }
  const fitting = (offer?.versions ?? []).filter((each) => fulfils(each, version, compare) === true)
  const candidate = offer?.candidate
  const chosen = candidate !== undefined && fitting.includes(candidate) ? candidate : newest(fitting, compare)
  if (chosen === undefined) {
    const there = offer?.versions ?? []
    if (there.length === 0) return refuse(unknown(name, manager))
    return refuse(`no version of "${name}" that is offered is ${version}: there is ${there.join(', ')}`)
  }
  const downgrade = found.version !== undefined && compare !== undefined && compare(chosen, found.version) < 0
  return { choice: 'change', wanted: { name, version: chosen }, to: chosen, downgrade }
}

const unknown = (name: string, manager: PackageManager): string => {
  const hint = manager.name === 'apt' ? ' pkgrepo.apt adds one' : ''
  return `there is no package "${name}" in the package lists: is its repository there?${hint}`
}

const withoutVersion = (
  { name, state, version }: InstalledPackage,
  offer: OfferedPackage | undefined,
  manager: PackageManager,
): Choice => {
  const { compare } = manager
  const candidate = offer?.candidate
  if (state === 'installed') {
    // Only asked for the latest.
    const isNewer = candidate !== undefined && candidate !== version && (compare?.(candidate, version ?? '') ?? 1) > 0
    return isNewer
      ? { choice: 'change', wanted: { name, replaces: version, newest: candidate }, to: candidate, downgrade: false }
      : { choice: 'none' }
  }
  // What is half there is finished, whether or not a repository still has it.
  if (state === 'half') return { choice: 'change', wanted: { name }, to: 'installed', downgrade: false }
  if (candidate !== undefined) return { choice: 'change', wanted: { name }, to: candidate, downgrade: false }
  const [provider, ...more] = offer?.providers ?? []
  if (provider !== undefined && more.length === 0) {
    return { choice: 'change', wanted: { name: provider }, to: provider, downgrade: false }
  }
  const reason =
    provider === undefined
      ? unknown(name, manager)
      : `several packages provide "${name}": name one of ${[provider, ...more].join(', ')}`
  return { choice: 'blocked', reason, wanted: { name }, to: 'installed' }
}

/** Decides about the package of a file: its version is the least that is to be installed, unless another was asked for. */
export const chooseFile = (
  { name, state, version: held }: InstalledPackage,
  offered: string | undefined,
  { version }: Demand,
  { compare }: PackageManager,
): Choice => {
  const aim = offered ?? (version === undefined ? undefined : exactVersion(version))
  const to = aim ?? 'installed'
  const change = { choice: 'change', wanted: { name, version: aim }, to, downgrade: false } as const
  if (offered !== undefined && version !== undefined && fulfils(offered, version, compare) !== true) {
    return {
      ...change,
      choice: 'blocked',
      reason: `the file holds version ${offered} of "${name}", and not ${version}`,
    }
  }
  if (state !== 'installed' || held === undefined) return change
  const order = offered === undefined ? 0 : (compare?.(offered, held) ?? Number(offered !== held))
  if (version === undefined) return order > 0 ? change : { choice: 'none' }
  return fulfils(held, version, compare) === true ? { choice: 'none' } : { ...change, downgrade: order < 0 }
}
