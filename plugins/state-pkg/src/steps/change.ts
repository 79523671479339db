import { type Blob, groupBy, type NumberedStep, quoteAll, type Step, type StepBatch, type StepKind } from '@prove/core'
import { managerNamed, managers } from '../managers/index.js'
import type { ManagerName, PackageManager, Transaction, WantedPackage } from '../managers/contract.js'
import { changeLibrary, runSeconds } from './change-library.js'

/** Changes packages in one transaction. Maintainer scripts run: it touches everything. */
export interface PackageStep extends Step, Transaction {
  readonly kind: `pkg.${ManagerName}`
  /** A package file that the master sends. */
  readonly blob?: Blob | undefined
  /** Fetch the package lists first. */
  readonly update?: boolean | undefined
  readonly hold?: readonly string[] | undefined
  readonly release?: readonly string[] | undefined
  /** Seconds to wait while somebody else holds a lock. */
  readonly lock: number
}

/** How the target sees that a package is as wanted, although the program says that something failed. */
const aimOf = ({ name, version, replaces }: WantedPackage): string =>
  version === undefined ? (replaces === undefined ? name : `${name}!${replaces}`) : `${name}=${version}`

const commandOf = (step: PackageStep, manager: PackageManager, payload: string): string => {
  const { action, packages, blob, update, hold = [], release = [], lock } = step
  // What the master sends is put behind the words on the target.
  const words = action === 'mark' ? [] : manager.words(blob === undefined ? step : { ...step, packages: [] })
  return `pkg_change ${quoteAll([
    String(lock),
    update === true ? 'y' : '',
    release.join(' '),
    hold.join(' '),
    action === 'install' ? packages.map(aimOf).join(' ') : '',
    ...(blob === undefined ? ['', '', ''] : [payload, String(blob.size), blob.sha256]),
    ...words,
  ])}`
}

/** What steps must have in common to be done in one transaction; undefined for one that stands alone. */
const sharedBy = (step: PackageStep): string | undefined => {
  const { action, file, blob, packages, recommends, downgrade, held, autoremove, full } = step
  if (file !== undefined || blob !== undefined || packages.length === 0) return undefined
  return JSON.stringify([action, recommends, downgrade, held, autoremove, full])
}

const joined = (steps: readonly PackageStep[], first: PackageStep): PackageStep => {
  const byName = new Map(steps.flatMap(({ packages }) => packages).map((each) => [each.name, each]))
  return {
    ...first,
    packages: [...byName.values()],
    hold: steps.flatMap(({ hold = [] }) => hold),
    release: steps.flatMap(({ release = [] }) => release),
    update: steps.some(({ update }) => update === true),
    lock: Math.max(...steps.map(({ lock }) => lock)),
  }
}

/** Neighbours that go well together. */
const runsOf = (steps: readonly NumberedStep<PackageStep>[]): readonly (readonly NumberedStep<PackageStep>[])[] => {
  let shared: string | undefined
  let run = 0
  const runs = groupBy(steps, ({ step }) => {
    const own = sharedBy(step)
    if (own === undefined || own !== shared) run += 1
    shared = own
    return run
  })
  return [...runs.values()].filter((members) => members.length > 1)
}

const batchOf = (members: readonly NumberedStep<PackageStep>[], manager: PackageManager): StepBatch | undefined => {
  const [first] = members
  if (first === undefined) return undefined
  return {
    key: `packages:${members.map(({ number }) => number).join(',')}`,
    steps: members,
    files: [],
    command: () =>
      commandOf(
        joined(
          members.map(({ step }) => step),
          first.step,
        ),
        manager,
        '',
      ),
  }
}

const kindOf = (manager: PackageManager): StepKind<PackageStep> => ({
  name: `pkg.${manager.name}`,
  blobs: ({ blob }) => (blob === undefined ? [] : [blob]),
  // What lists hold that are still to be fetched nobody knows.
  mayRefuse: ({ update }) => update === true,
  command: (step, blobPath) => commandOf(step, manager, step.blob === undefined ? '' : blobPath(step.blob)),
  // Where an earlier one brings the package along, or takes it, this has less to do.
  joins: (step, earlier) => sharedBy(step) !== undefined && sharedBy(step) === sharedBy(earlier),
  batches: (steps) => runsOf(steps).flatMap((members) => batchOf(members, manager) ?? []),
  library: () => `${manager.library}${changeLibrary}`,
  // It may fetch lists, try twice, and set right what was left half done.
  seconds: ({ lock }) => 2 * lock + 3 * runSeconds,
})

/** One kind of step for each package manager. */
export const packageStepKinds: readonly StepKind<PackageStep>[] = managers.map(kindOf)

/** The step that does this with the package manager of the host. */
export const packageStep = (manager: ManagerName, step: Omit<PackageStep, 'kind'>): PackageStep => ({
  kind: `pkg.${managerNamed(manager).name}`,
  ...step,
})
