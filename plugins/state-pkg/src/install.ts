import type { BlobArgument, Change } from '@prove/core'
import { type Choice, choose, chooseFile, isAsAsked } from './choose.js'
import { isOlder, listsChange, mayBeOld } from './lists.js'
import { managerNamed } from './managers/index.js'
import type { InstalledPackage, Trial } from './managers/contract.js'
import type { OffersAnswer } from './reads/offers.js'
import type { PackageFileAnswer } from './reads/package-file.js'
import type { PackagesAnswer } from './reads/packages.js'
import { type PackageStep, packageStep } from './steps/change.js'
import { besides } from './transaction-changes.js'

/** What packages are to be. */
export interface InstallArguments {
  readonly name?: readonly string[] | undefined
  readonly version?: string | undefined
  readonly latest?: boolean | undefined
  readonly hold?: boolean | undefined
  readonly file?: string | undefined
  readonly source?: BlobArgument | undefined
  readonly recommends?: boolean | undefined
  readonly max_list_age?: number | undefined
  readonly lock_timeout: number
}

/** What is known so far. */
export interface SeenInstall {
  readonly held?: PackageFileAnswer | undefined
  readonly now: PackagesAnswer
  readonly offers?: OffersAnswer | undefined
  readonly trial?: Trial | undefined
}

/** The step that brings packages about and what it changes; or why nothing can. */
export type Install =
  | { readonly blocked: string }
  | { readonly changes: readonly Change[]; readonly step: PackageStep; readonly isKnown: boolean }

/** The names that are meant: those given, or that of the package in the file. */
export const namesOf = ({ name }: InstallArguments, held: PackageFileAnswer | undefined): readonly string[] =>
  name ?? (held !== undefined && 'name' in held ? [held.name] : [])

const isOwn = ({ file, source }: InstallArguments): boolean => file !== undefined || source !== undefined

interface Chosen {
  readonly found: InstalledPackage
  readonly choice: Choice
}

const choicesOf = (given: InstallArguments, { held, now, offers }: SeenInstall): readonly Chosen[] => {
  const manager = managerNamed(now.manager)
  const inFile = held !== undefined && 'version' in held ? held.version : undefined
  const offered = new Map((offers?.packages ?? []).map((each) => [each.name, each]))
  return now.packages.map((found) => ({
    found,
    choice: isOwn(given)
      ? chooseFile(found, inFile, given, manager)
      : choose(found, offered.get(found.name), given, manager),
  }))
}

/** The names of which must be known what repositories offer; undefined where nothing of that matters. */
export const offersNeeded = (given: InstallArguments, seen: SeenInstall): readonly string[] | undefined => {
  const manager = managerNamed(seen.now.manager)
  if (isOwn(given)) return choicesOf(given, seen).some(({ choice }) => choice.choice === 'change') ? [] : undefined
  const open = seen.now.packages.filter((found) => !isAsAsked(found, given, manager))
  return open.length === 0 ? undefined : open.map(({ name }) => name)
}

/** What is wrong with a package file on the target. */
export const fileProblem = (
  { name, file }: InstallArguments,
  { held }: Pick<SeenInstall, 'held'>,
): string | undefined => {
  if (file === undefined || held === undefined) return undefined
  if ('why' in held) return held.why === 'absent' ? `"${file}" does not exist` : `"${file}" is no package file`
  return name !== undefined && name[0] !== held.name ? `"${file}" holds the package "${held.name}"` : undefined
}

/** Decides what is to be done, from all that is known. */
export const install = (given: InstallArguments, seen: SeenInstall): Install => {
  const { now, offers } = seen
  const problem = fileProblem(given, seen)
  if (problem !== undefined) return { blocked: problem }
  const choices = choicesOf(given, seen)
  const lists = offers?.lists
  const wanting = choices.filter(({ choice }) => choice.choice !== 'none')
  const refused = choices.flatMap(({ choice }) => (choice.choice === 'blocked' ? [choice.reason] : []))[0]
  const isRefused = refused !== undefined || seen.trial?.refused !== undefined
  const update = lists !== undefined && (isOlder(lists, given.max_list_age) || (isRefused && mayBeOld(lists)))
  if (isRefused && !update) return { blocked: refused ?? `${now.manager} refuses: ${seen.trial?.refused ?? ''}` }
  const keeping = wanting.find(({ found }) => found.held)?.found
  if (keeping !== undefined && given.hold === undefined) {
    return {
      blocked: `"${keeping.name}" is held${keeping.version === undefined ? '' : ` at ${keeping.version}`}: hold says whether it is to be`,
    }
  }
  if (given.hold !== undefined && !managerNamed(now.manager).holds) {
    return { blocked: `hold is not known for ${now.manager}` }
  }
  const marked = now.packages.filter(({ held }) => given.hold !== undefined && held !== given.hold)
  const changes = [
    ...(update ? [listsChange(lists)] : []),
    ...wanting.map(changeOf(seen.trial)),
    ...(seen.trial === undefined || update ? [] : besides(seen.trial, wanting.flatMap(namesIn))),
    ...marked.map(({ name, held }) => ({ field: `${name} hold`, from: held, to: given.hold })),
  ]
  if (changes.length > 0 && !now.root) return { blocked: 'only root may change packages' }
  return { changes, step: stepOf(given, seen, wanting, update), isKnown: wanting.length > 0 && !update }
}

const namesIn = ({ found, choice }: Chosen): readonly string[] => [
  found.name,
  ...(choice.choice === 'none' ? [] : [choice.wanted.name]),
]

/** The package manager knows best what it would install. */
const changeOf =
  (trial: Trial | undefined) =>
  ({ found, choice }: Chosen): Change => {
    const to = choice.choice === 'none' ? null : choice.to
    const tried = trial?.packages.find(({ name }) => name === found.name)?.to
    const from = found.state === 'half' ? `${found.version}, half installed` : (found.version ?? null)
    return { field: found.name, from: found.state === 'config' ? null : from, to: tried ?? to }
  }

const stepOf = (
  given: InstallArguments,
  { now }: SeenInstall,
  wanting: readonly Chosen[],
  update: boolean,
): PackageStep => {
  const { file, source: blob, recommends, hold, lock_timeout: lock, latest } = given
  const chosen = wanting.flatMap(({ choice }) => (choice.choice === 'none' ? [] : [choice]))
  // Newer lists may have newer versions of all that is to be the latest.
  const all =
    update && latest === true ? now.packages.map(({ name }) => ({ name })) : chosen.map(({ wanted }) => wanted)
  const marked = now.packages.filter(({ held }) => hold !== undefined && held !== hold).map(({ name }) => name)
  const kept = now.packages.filter(({ held }) => held).map(({ name }) => name)
  const step = {
    action: all.length === 0 ? ('mark' as const) : ('install' as const),
    packages: all,
    ...(file === undefined ? {} : { file }),
    ...(blob === undefined ? {} : { blob: { sha256: blob.sha256, size: blob.size } }),
    ...(recommends === undefined ? {} : { recommends }),
    ...(chosen.some((each) => each.choice === 'change' && each.downgrade) ? { downgrade: true } : {}),
    ...(hold !== undefined && kept.length > 0 && all.length > 0 ? { held: true } : {}),
    ...(update ? { update } : {}),
    ...(hold === true ? { hold: [...marked, ...(all.length > 0 ? kept : [])] } : {}),
    ...(hold === false && marked.length > 0 ? { release: marked } : {}),
    lock,
  }
  return packageStep(now.manager, step)
}
