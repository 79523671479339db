import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { basename } from 'node:path'
import { type Catalog, type CompiledTarget, chooseTargets, Errors, type Target } from '@prove/catalog'
import {
  coreVersion,
  type FactsNeeded,
  Interruption,
  noBlobs,
  type Operation,
  ProveError,
  type ProveEvent,
  runTarget,
  type Session,
  type TargetSummary,
} from '@prove/core'
import { Lanes } from './lanes.js'
import { askPassword } from './ask-password.js'
import { exitCodeOf } from './exit-code.js'
import { RunRecorder } from './last-run.js'
import { catalogOf, compileKnown, type Project, typedFiles } from './project.js'
import { compileOn } from './compile-on.js'
import { elevationOf, executorOf, wayOf } from './way.js'

export interface RunOptions {
  readonly operation: string
  /** Expressions that choose targets; all of them when empty. */
  readonly targets: readonly string[]
  /** State files of plan and apply. */
  readonly files: readonly string[]
  /** Variables of the command line. */
  readonly variables: Readonly<Record<string, unknown>>
  /** What other operations are given. */
  readonly input: unknown
  readonly speculate: boolean
  /** Notify also where a target cannot keep that for the next run. */
  readonly ledgerOptional: boolean
  readonly askPassword: boolean
  readonly elevate: string | undefined
  readonly detailedExitCode: boolean
  readonly emit: (event: ProveEvent) => void
}

/** Runs an operation on its targets, each on its own, and returns the exit status. */
export const runOperation = async (project: Project, options: RunOptions): Promise<number> => {
  const began = performance.now()
  const { kernel, facts } = project
  const operation = kernel.operations.get(options.operation)
  if (operation === undefined) throw new ProveError('PRV_USAGE', `there is no operation "${options.operation}"`)
  const errors = new Errors()
  const catalog = await catalogOf(project, errors, options.variables)
  errors.throwIfAny()
  const targets = chosenTargets(catalog, options.targets, project)
  const recorder = operation.name === 'apply' ? new RunRecorder(project.lastRuns) : undefined
  const work = compiles(operation) ? await prepareStates(project, catalog, targets, options, recorder) : undefined
  const password = options.askPassword ? onceOnly(() => askPassword('password for elevation: ')) : undefined
  // What is wrong with one target is said before any other is reached.
  const ways = targets.map((target) => ({
    target,
    way: { ...executorOf(kernel, target), elevation: elevationOf(target, options.elevate, password) },
  }))
  const started = new Date().toISOString()
  const emit = (event: ProveEvent): void => {
    recorder?.take(event)
    kernel.hooks.report.call(event)
    options.emit(event)
  }
  const names = targets.map(({ name }) => name)
  emit({ type: 'run', id: randomUUID(), operation: operation.name, started, version: coreVersion, targets: names })
  const interruption = new Interruption()
  const lanes = new Lanes()
  const stopListening = listen(interruption)
  try {
    const summaries = await Promise.all(
      ways.map(async ({ target, way }): Promise<[string, TargetSummary]> => {
        const run = () =>
          runTarget({
            target: target.name,
            operation,
            inputFor: (session) => work?.inputFor(target, session) ?? Promise.resolve(options.input),
            factsAtOnce: work?.factsOf(target),
            // Only what asks the target anything finds out whether what is remembered still holds.
            remembered: work?.factsOf(target) === undefined ? undefined : facts.get(target.name, wayOf(target)),
            ...way,
            kinds: kernel.kinds,
            factSources: kernel.factSources.all,
            learned: (known) => facts.put(target.name, wayOf(target), known),
            blobs: catalog?.blobs ?? noBlobs,
            owner: { who: `${userName()}@${hostname()}`, since: started },
            interruption,
            emit,
          })
        // Targets that are one machine share its lock: this run would stand in its own way.
        const isOne = operation.changes === true && way.executor.oneMachine === true
        return [target.name, await (isOne ? lanes.after(way.executor.name, run) : run())]
      }),
    )
    const exit = exitCodeOf(
      summaries.map(([, summary]) => summary),
      options.detailedExitCode,
    )
    emit({
      type: 'summary',
      operation: operation.name,
      exit,
      elapsedMs: Math.round(performance.now() - began),
      targets: Object.fromEntries(summaries),
    })
    return exit
  } finally {
    stopListening()
  }
}

/** A user without an entry in passwd, as in containers, has a number. */
const userName = (): string => {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}

/** Operations over states, and no others. */
const compiles = ({ name }: Operation): boolean => name === 'plan' || name === 'apply'

/** The targets that the command line chooses. */
export const chosenTargets = (
  catalog: Catalog,
  expressions: readonly string[],
  { facts }: Pick<Project, 'facts'>,
): readonly Target[] =>
  chooseTargets(
    catalog.roster,
    expressions.length === 0 ? undefined : expressions.join(','),
    catalog.factNames,
    (target) => facts.get(target.name, wayOf(target)),
  )

interface Work {
  readonly inputFor: (target: Target, session: Session) => Promise<unknown>
  /** The facts that the states of a target rest on; undefined where they could not be compiled without asking it. */
  readonly factsOf: (target: Target) => ReadonlySet<string> | undefined
}

/**
 * Compiles every target from what is known, so that errors are told before any target is reached; returns what makes the
 * request of a target that was reached.
 */
const prepareStates = async (
  { kernel, config, facts }: Project,
  catalog: Catalog,
  targets: readonly Target[],
  options: RunOptions,
  recorder: RunRecorder | undefined,
): Promise<Work> => {
  const files = typedFiles(options.files)
  const errors = new Errors()
  const known = new Map<string, CompiledTarget | FactsNeeded>()
  for (const target of targets) {
    const request = { ...(files === undefined ? {} : { files }), facts: facts.get(target.name, wayOf(target)) }
    // oxlint-disable-next-line no-await-in-loop -- one target at a time keeps memory bounded
    known.set(target.name, await compileKnown(catalog, target, request, errors))
  }
  errors.throwIfAny(targets.length)
  if (files === undefined && [...known.values()].every((each) => 'states' in each && each.states.length === 0)) {
    throw new ProveError('PRV_USAGE', 'no state file was named, and the catalog gives the targets none', {
      hint: `run "prove ${options.operation} site.yml", or list "states" in ${config.file ?? 'prove.config.ts'}`,
    })
  }
  const inputFor: Work['inputFor'] = async (target, session) => {
    const { states } = await compileOn(session, {
      catalog,
      target,
      files,
      known: known.get(target.name),
      sources: kernel.factSources.all,
    })
    recorder?.compiled(
      target.name,
      states.map(({ id }) => id),
    )
    kernel.hooks.compile.call(target.name, states)
    await (options.operation === 'apply' ? kernel.hooks.apply : kernel.hooks.plan).promise(target.name)
    return requestOf({ kernel, config }, catalog, states, options)
  }
  const factsOf: Work['factsOf'] = ({ name }) => {
    const compiled = known.get(name)
    return compiled !== undefined && 'used' in compiled ? new Set(compiled.used.keys()) : undefined
  }
  return { inputFor, factsOf }
}

const requestOf = (
  { kernel, config }: Pick<Project, 'kernel' | 'config'>,
  { blobs }: Catalog,
  states: CompiledTarget['states'],
  { speculate, ledgerOptional }: RunOptions,
): unknown => ({
  states,
  speculate,
  ledgerOptional,
  blobs,
  kinds: kernel.kinds,
  owner: { catalog: config.name ?? basename(config.folder), environment: config.environment },
  functionOf: (name: string) => {
    const fn = kernel.functions.get(name)
    if (fn === undefined) throw new Error(`the state function ${name} is gone`)
    return fn
  },
})

const onceOnly = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** Ctrl-C once ends gently, twice by force; a third time ends Prove itself. */
const listen = (interruption: Interruption): (() => void) => {
  let times = 0
  const onSignal = (): void => {
    times += 1
    if (times > 2) process.exit(130)
    interruption.ask()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}
