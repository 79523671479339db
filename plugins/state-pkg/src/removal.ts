import { blocked, type Blocked, type Change, type Read, type StateFunction, z } from '@prove/core'
import { names, transactionArguments } from './arguments.js'
import { managerNamed } from './managers/index.js'
import { type InstalledPackage, type Trial, transactionOf } from './managers/contract.js'
import { packages, type PackagesAnswer } from './reads/packages.js'
import { trial } from './reads/trial.js'
import { type PackageStep, packageStep } from './steps/change.js'
import { besides } from './transaction-changes.js'

/** Arguments of the functions that take packages away. */
export const removalArguments: {
  readonly name: z.ZodType<readonly string[], string | string[]>
  readonly autoremove: z.ZodOptional<z.ZodBoolean>
} & typeof transactionArguments = {
  name: names('The package, or a list of packages.'),
  autoremove: z
    .boolean()
    .optional()
    .meta({ description: 'Also remove what was only installed for them and nobody needs any more.' }),
  ...transactionArguments,
}

interface RemovalArguments {
  readonly name: readonly string[]
  readonly autoremove?: boolean | undefined
  readonly lock_timeout: number
}

interface RemovalReads {
  readonly [name: string]: Read | undefined
  readonly now: Read<PackagesAnswer>
  readonly trial?: Read<Trial>
}

interface SeenRemoval {
  readonly now: PackagesAnswer
  readonly trial?: Trial | undefined
}

type Action = 'remove' | 'purge'

/** Those that are still there, as far as this action goes. */
const leftOf = (action: Action, { manager, packages: found }: PackagesAnswer): readonly InstalledPackage[] =>
  found.filter(
    ({ state }) => state !== 'absent' && (state !== 'config' || (action === 'purge' && managerNamed(manager).purges)),
  )

const obstacleOf = ({ now }: SeenRemoval, left: readonly InstalledPackage[]): string | undefined => {
  const provided = now.packages.find(({ state, providers }) => state === 'absent' && providers.length > 0)
  if (provided !== undefined) {
    return `"${provided.name}" is what other packages provide: name ${provided.providers.join(', ')}`
  }
  const held = left.find((each) => each.held)
  if (held !== undefined) return `"${held.name}" is held; pkg.installed with hold: false releases it`
  return left.length > 0 && !now.root ? 'only root may change packages' : undefined
}

const fromOf = ({ state, version }: InstalledPackage): string =>
  state === 'config' ? 'configuration files' : (version ?? 'installed')

/** What removing and purging have in common. */
export const removal = (
  action: Action,
): Pick<StateFunction<typeof removalArguments, RemovalReads>, 'reads' | 'check' | 'apply'> => {
  const stepOf = ({ autoremove, lock_timeout: lock }: RemovalArguments, now: PackagesAnswer): PackageStep =>
    packageStep(now.manager, {
      action,
      packages: leftOf(action, now).map(({ name }) => ({ name })),
      ...(autoremove === undefined ? {} : { autoremove }),
      lock,
    })
  return {
    reads: (given: RemovalArguments, { now }: Partial<SeenRemoval>): RemovalReads => ({
      now: packages(given.name),
      ...(now === undefined ||
      leftOf(action, now).length === 0 ||
      obstacleOf({ now }, leftOf(action, now)) !== undefined
        ? {}
        : { trial: trial(transactionOf(stepOf(given, now))) }),
    }),

    check: (_given: RemovalArguments, seen: SeenRemoval): readonly Change[] | Blocked => {
      const { now, trial: tried } = seen
      const left = leftOf(action, now)
      const obstacle = obstacleOf(seen, left)
      if (obstacle !== undefined) return blocked(obstacle)
      if (tried?.refused !== undefined) return blocked(`${now.manager} refuses: ${tried.refused}`)
      return [
        ...left.map((found) => ({ field: found.name, from: fromOf(found), to: 'absent' })),
        ...(tried === undefined
          ? []
          : besides(
              tried,
              left.map(({ name }) => name),
            )),
      ]
    },

    apply: (given: RemovalArguments, { now }: SeenRemoval): readonly PackageStep[] => [stepOf(given, now)],
  }
}
