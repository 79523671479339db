import { blocked, defineState, path, type Read, source, z } from '@prove/core'
import { maxListAge, names, transactionArguments } from './arguments.js'
import { installedExamples } from './examples.js'
import { fileProblem, install, type InstallArguments, namesOf, offersNeeded, type SeenInstall } from './install.js'
import { type Trial, transactionOf } from './managers/contract.js'
import { offers, type OffersAnswer } from './reads/offers.js'
import { packageFile, type PackageFileAnswer } from './reads/package-file.js'
import { packages, type PackagesAnswer } from './reads/packages.js'
import { trial } from './reads/trial.js'
import { version } from './versions/constraint.js'

interface InstalledReads {
  readonly [name: string]: Read | undefined
  readonly held?: Read<PackageFileAnswer>
  readonly now?: Read<PackagesAnswer>
  readonly offers?: Read<OffersAnswer>
  readonly trial?: Read<Trial>
}

/** Answers that have not been asked for yet may be missing. */
type SoFar = { readonly [K in keyof SeenInstall]?: SeenInstall[K] | undefined }

const reads = (given: InstallArguments, seen: SoFar): InstalledReads => {
  const { held, now } = seen
  const file = given.file === undefined ? {} : { held: packageFile(given.file) }
  if (given.file !== undefined && (held === undefined || fileProblem(given, { held }) !== undefined)) return file
  const first = { ...file, now: packages(namesOf(given, held)) }
  if (now === undefined) return first
  const needed = offersNeeded(given, { now, held })
  if (needed === undefined) return first
  const second = { ...first, offers: offers(needed) }
  if (seen.offers === undefined) return second
  const found = install(given, { now, held, offers: seen.offers })
  // What the master has still to send nobody can try.
  if ('blocked' in found || !found.isKnown || given.source !== undefined) return second
  return { ...second, trial: trial(transactionOf(found.step)) }
}

const decide = (given: InstallArguments, seen: SoFar): ReturnType<typeof install> => {
  const { now } = seen
  return now === undefined
    ? { blocked: fileProblem(given, seen) ?? 'nothing is known' }
    : install(given, { ...seen, now })
}

/** Keep packages installed. */
export const installed = defineState({
  name: 'pkg.installed',
  about: 'Keep packages installed: any version, one of these versions, or the latest.',
  details: `Nothing is asked for and nothing is fetched while all packages are as declared. States that stand beside each other
can share a transaction; where that fails, each is tried by itself and tells its own error.

**Versions.** \`version\` is one version, a start with a star (\`1.22.*\`), or comparisons (\`>=1.2, <2\`); it is compared as the
package manager of the host compares. A version that fulfils it stays. Otherwise the candidate of the package manager is taken if it
fulfils it, else the newest that does: only this can go back to an older version.

**Package lists** are fetched once, before the change, where they are older than \`max_list_age\`; where a package is not in them, or
could not be installed, and they were never fetched, are older than a day or than the configuration of the repositories; and where a
file that they name is gone from its repository. A plan says so, and is then conditional on it.

**Names** may carry an architecture (\`libc6:i386\`). A name that other packages provide (\`mail-transport-agent\`) counts as
installed when one of those is.

**Files.** The package of a \`file\` is installed unless it is there in the same version or a newer one; that of a \`source\`, unless it is
there, or is not in \`version\`.

**Hold.** A package that somebody holds is changed only if \`hold\` says whether it is to be held afterwards.

Configuration files that were changed on the host stay as they are. Nobody is asked anything. It is proven with APT on Debian; with
dnf, zypper, apk and pacman only against recorded outputs. \`hold\` is for APT, and apk and
pacman compare no versions.`,
  main: 'name',
  args: {
    name: names('The package, or a list of packages.').optional(),
    version: version('The version, or what it must fulfil, in quotes.').optional(),
    latest: z.boolean().optional().meta({ description: 'Keep it at the newest version that repositories offer.' }),
    hold: z.boolean().optional().meta({
      description: 'Whether the package manager must leave its version as it is; stays as it is unless given.',
    }),
    file: path('A package file on the target.').optional(),
    source: source('A package file of the catalog; name says which package it holds.').optional(),
    recommends: z
      .boolean()
      .optional()
      .meta({ description: 'Whether what it recommends is installed too; as the host is configured unless given.' }),
    max_list_age: maxListAge('Fetch the package lists before a change where they are older, in seconds.'),
    ...transactionArguments,
  },
  examples: installedExamples,

  conflict: (given) => {
    const { name, version: wanted, latest, file, source: sent } = given
    if (file !== undefined && sent !== undefined) return '"file" and "source" exclude each other'
    const own = file === undefined ? 'source' : 'file'
    const isOwn = file !== undefined || sent !== undefined
    if (name === undefined && file === undefined) return 'expected "name"'
    if (latest === true && wanted !== undefined) return '"latest" and "version" exclude each other'
    if (latest === true && isOwn) return `"latest" and "${own}" exclude each other`
    if ((name?.length ?? 1) === 1) return undefined
    if (isOwn) return `"${own}" goes with one name`
    return wanted === undefined ? undefined : '"version" goes with one name'
  },

  reads: (given, seen: SoFar) => reads(given, seen),

  check: (given, seen) => {
    const found = decide(given, seen)
    return 'blocked' in found ? blocked(found.blocked) : found.changes
  },

  apply: (given, seen) => {
    const found = decide(given, seen)
    return 'blocked' in found ? [] : [found.step]
  },
})
