import { hostname, userInfo } from 'node:os'
import { Errors, type GivenVariables, type Target } from '@prove/catalog'
import {
  coreVersion,
  Interruption,
  type Loaded,
  type Operation,
  ProveError,
  type ProveEvent,
  runTarget,
  type TargetRun,
  type TargetSummary,
} from '@prove/core'
import type { RunView } from '../console/run-view.js'
import type { Recorder } from '../history/history.js'
import { newRunId } from '../history/run-id.js'
import { catalogOf, type Project } from '../project.js'
import { chosenTargets } from './chosen-targets.js'
import { exitCodeOf } from './exit-code.js'
import { Lanes } from './lanes.js'
import { listen } from './listen.js'
import { prepareStates } from './prepare-states.js'
import { Questions } from './questions.js'
import { type Pace, Rollout } from './rollout.js'
import { elevationOf, executorOf, wayOf } from './way.js'

export interface RunOptions {
  readonly operation: string
  /** Expressions that choose targets; all of them when empty. */
  readonly targets: readonly string[]
  /** Of plan and apply: state files, and ids of states. */
  readonly states: readonly string[]
  /** A state that was typed, in place of files. */
  readonly typed?: Loaded
  /** Variables of the command line. */
  readonly given: GivenVariables
  /** What other operations are given. */
  readonly input: unknown
  readonly speculate: boolean
  /** Notify also where a target cannot keep that for the next run. */
  readonly ledgerOptional: boolean
  /** Ask for the password of elevation, and for the one to log in with. */
  readonly askPassword: boolean
  readonly askLogin: boolean
  readonly elevate: string | undefined
  readonly detailedExitCode: boolean
  readonly pace: Pace
}

/** Runs an operation on its targets, each on its own, and returns the exit status. */
export const runOperation = async (
  project: Project,
  options: RunOptions,
  view: RunView,
  recorder: Pick<Recorder, 'take'>,
): Promise<number> => {
  const began = performance.now()
  const { kernel, facts } = project
  const operation = kernel.operations.get(options.operation)
  if (operation === undefined) throw new ProveError('PRV_USAGE', `there is no operation "${options.operation}"`)
  const errors = new Errors()
  const catalog = await catalogOf(project, errors, options.given)
  errors.throwIfAny()
  const targets = chosenTargets(catalog, options.targets, project)
  const emit = (event: ProveEvent): void => {
    kernel.hooks.report.call(event)
    recorder.take(event)
    view.event(event)
  }
  const states = compiles(operation) ? await prepareStates(project, catalog, targets, options, emit) : undefined
  const questions = new Questions(view)
  const ways = await waysTo(project, targets, options, questions)
  const now = new Date()
  const started = now.toISOString()
  const by = `${userName()}@${hostname()}`
  const names = targets.map(({ name }) => name)
  emit({
    type: 'run',
    id: newRunId(now),
    operation: operation.name,
    started,
    version: coreVersion,
    by,
    targets: names,
  })
  const interruption = new Interruption()
  const stopListening = listen(interruption)
  interruption.onAsk((times) => {
    if (times === 1) view.interrupt?.()
    questions.close()
  })
  const run = (target: Target, way: Way): Promise<TargetSummary> =>
    runTarget({
      target: target.name,
      operation,
      inputFor: (reached) => states?.inputFor(target, reached) ?? Promise.resolve(options.input),
      factsAtOnce: states?.factsOf(target),
      // Only what asks the target anything finds out whether what is remembered still holds.
      remembered: states?.factsOf(target) === undefined ? undefined : facts.get(target.name, wayOf(target)),
      ...way,
      kernel,
      learned: (known) => facts.put(target.name, wayOf(target), known),
      blobs: catalog.blobs,
      owner: { who: by, since: started },
      interruption,
      emit,
    })
  const skip = (target: Target): TargetSummary => {
    emit({ type: 'target', target: target.name, event: 'ended', outcome: 'skipped' })
    return { outcome: 'skipped', ...nothingDone }
  }
  const lanes = new Lanes()
  const rollout = new Rollout<TargetSummary>(options.pace, ways.length)
  try {
    const summaries = await rollout.over(
      ways,
      ({ target, way }, begin) => {
        const work = () =>
          begin(() => {
            view.begin?.(target.name)
            return run(target, way)
          })
        // Targets that are one machine share its lock: this run would stand in its own way.
        const isOne = operation.changes === true && way.executor.oneMachine === true
        return isOne ? lanes.after(way.executor.name, work) : work()
      },
      ({ target }) => skip(target),
    )
    const exit = exitCodeOf(summaries, { detailed: options.detailedExitCode, killed: interruption.killing })
    emit({
      type: 'summary',
      operation: operation.name,
      exit,
      elapsedMs: Math.round(performance.now() - began),
      targets: Object.fromEntries(summaries.map((summary, i) => [ways[i]?.target.name ?? '', summary])),
      ...(rollout.stopped === undefined ? {} : { stopped: rollout.stopped }),
    })
    return exit
  } finally {
    stopListening()
    questions.close()
  }
}

const nothingDone = { ok: 0, changed: 0, failed: 0, skipped: 0, roundTrips: 0, elapsedMs: 0 }

type Way = Pick<TargetRun, 'host' | 'executor' | 'options' | 'elevation' | 'asks'>

/** How each target is reached: what is wrong with one is said before any other is reached. */
const waysTo = async (
  { kernel }: Project,
  targets: readonly Target[],
  { elevate, askPassword, askLogin }: RunOptions,
  questions: Questions,
): Promise<readonly { readonly target: Target; readonly way: Way }[]> => {
  const password = askPassword ? () => questions.ask('password for elevation: ') : undefined
  const asks = {
    ...(questions.someoneIsThere ? { ask: (question: string) => questions.ask(question) } : {}),
    ...(askLogin ? { password: () => questions.ask('password to log in with: ') } : {}),
  }
  return Promise.all(
    targets.map(async (target) => ({
      target,
      way: { ...(await executorOf(kernel, target)), elevation: elevationOf(target, elevate, password), asks },
    })),
  )
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
