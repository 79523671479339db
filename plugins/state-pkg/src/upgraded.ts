import { blocked, defineState, type Read, z } from '@prove/core'
import { maxListAge, names, transactionArguments } from './arguments.js'
import { upgradedExamples } from './examples.js'
import { isOlder, listsChange } from './lists.js'
import { type Trial, transactionOf } from './managers/contract.js'
import { offers, type OffersAnswer } from './reads/offers.js'
import { packages, type PackagesAnswer } from './reads/packages.js'
import { trial } from './reads/trial.js'
import { type PackageStep, packageStep } from './steps/change.js'

interface UpgradeArguments {
  readonly name?: readonly string[] | undefined
  readonly full?: boolean | undefined
  readonly max_list_age?: number | undefined
  readonly lock_timeout: number
}

interface UpgradedReads {
  readonly [name: string]: Read | undefined
  readonly now: Read<PackagesAnswer>
  readonly offers: Read<OffersAnswer>
  readonly trial?: Read<Trial>
}

const stepOf = (given: UpgradeArguments, { manager }: PackagesAnswer, update: boolean): PackageStep =>
  packageStep(manager, {
    action: 'upgrade',
    packages: (given.name ?? []).map((name) => ({ name })),
    ...(given.full === undefined ? {} : { full: given.full }),
    ...(update ? { update } : {}),
    lock: given.lock_timeout,
  })

const missingOf = ({ packages: found }: PackagesAnswer): string | undefined =>
  found.find(({ state }) => state !== 'installed')?.name

/** Keep packages at the newest versions. */
export const upgraded = defineState({
  name: 'pkg.upgraded',
  about: 'Keep all packages, or some, at the newest versions that repositories offer.',
  details: `A plan names every package with its old and its new version, as far as the package lists of the host tell: give
\`max_list_age\` to have them fetched where they are older. Such a state then changes something, and what it upgrades is known
only afterwards.

Packages that are held stay. Unless \`full\` is given, nothing is removed for the sake of an upgrade; packages that this keeps back
stay as they are.`,
  main: 'name',
  args: {
    name: names('The package, or a list of packages; all that are installed unless given.').optional(),
    full: z
      .boolean()
      .optional()
      .meta({ description: 'Of all packages: let an upgrade remove packages that stand in its way.' }),
    max_list_age: maxListAge('Fetch the package lists first where they are older, in seconds.'),
    ...transactionArguments,
  },
  examples: upgradedExamples,

  conflict: ({ name, full }) =>
    name !== undefined && full === true ? '"name" and "full" exclude each other' : undefined,

  reads: (given, { now, offers: known }: { now?: PackagesAnswer; offers?: OffersAnswer }): UpgradedReads => ({
    now: packages(given.name ?? []),
    offers: offers([]),
    ...(now === undefined ||
    known === undefined ||
    missingOf(now) !== undefined ||
    isOlder(known.lists, given.max_list_age)
      ? {}
      : { trial: trial(transactionOf(stepOf(given, now, false))) }),
  }),

  check: (_given, { now, offers: { lists }, trial: tried }) => {
    const missing = missingOf(now)
    if (missing !== undefined)
      return blocked(`"${missing}" is not installed; pkg.installed with latest: true installs it`)
    if (tried?.refused !== undefined) return blocked(`${now.manager} refuses: ${tried.refused}`)
    const changes =
      tried === undefined
        ? [listsChange(lists)]
        : tried.packages.map(({ name, from, to }) => ({ field: name, from, to: to ?? 'absent' }))
    return changes.length > 0 && !now.root ? blocked('only root may change packages') : changes
  },

  apply: (given, { now, trial: tried }) => [stepOf(given, now, tried === undefined)],
})
