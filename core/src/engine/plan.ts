import type { Facts } from '../contracts/facts.js'
import type { Read } from '../contracts/read.js'
import type { Reader } from '../contracts/session.js'
import type { Change } from '../contracts/state-function.js'
import type { StepKind } from '../contracts/step.js'
import type { Kinds } from '../wire/session-options.js'
import { World } from '../world/world.js'
import { Agenda, type Loop, loopReason, type Turn } from './agenda.js'
import { Failures } from './failures.js'
import type { Confidence, Outcome } from './event.js'
import { examine, type Examined, withinMeans } from './examine.js'
import { gather, readAll } from './gather.js'
import type { PartInvocation } from './invocation.js'
import { Prediction } from './prediction.js'

/** What applying would do with one part. */
export interface PlanLine {
  readonly invocation: PartInvocation
  readonly outcome: Extract<Outcome, 'ok' | 'would-change' | 'skipped' | 'failed' | 'pending'>
  readonly confidence: Confidence
  /** The states that the line follows from. */
  readonly dependsOn: readonly string[]
  readonly reason?: string
  readonly changes: readonly Change[]
}

export interface PlanGround {
  readonly reader: Reader
  readonly facts: Facts
  readonly kinds: Pick<Kinds, 'read' | 'step'>
}

/**
 * Says what apply would do, in order, without touching the target: it is given a reader, which cannot. Lines that rest on
 * what earlier steps leave are checked against the predicted world.
 */
export const plan = async (
  invocations: readonly PartInvocation[],
  ground: PlanGround,
): Promise<readonly PlanLine[]> => {
  const world = new World(ground.kinds.read)
  await gather(ground.reader, world, new Agenda(invocations).ahead())
  for (;;) {
    const { lines, wanted } = foretell(invocations, world, ground)
    if (wanted.length === 0) return lines
    // The predicted world raised questions that the present one did not.
    await readAll(ground.reader, world, wanted)
  }
}

const foretell = (
  invocations: readonly PartInvocation[],
  world: World,
  { kinds, facts }: PlanGround,
): { lines: readonly PlanLine[]; wanted: readonly Read[] } => {
  const foretold = new Foretelling(world, { kinds, facts })
  const agenda = new Agenda(invocations)
  do {
    for (let turn = agenda.next(); turn !== undefined; turn = agenda.next()) {
      for (const invocation of agenda.begin(turn) ?? []) {
        const line = foretold.line(invocation)
        const loops = line === undefined ? [] : tellOthers(line, agenda)
        for (const { turn: again, chain } of loops) foretold.loop(again, chain, agenda.nextSequence())
      }
    }
  } while (agenda.nextRound())
  return { lines: foretold.lines, wanted: foretold.wanted }
}

/** Whoever a line would notify has a line too: as sure as the line itself, or unknown where it may yet come otherwise. */
const tellOthers = ({ invocation, outcome, confidence, dependsOn }: PlanLine, agenda: Agenda): readonly Loop[] => {
  const maybe = { certain: false, because: [] }
  if (outcome === 'would-change') {
    const loops = agenda.notify(invocation, 'changed', { certain: true, because: dependsOn })
    agenda.notify(invocation, 'failed', maybe)
    return confidence === 'sure' ? loops : []
  }
  if (confidence !== 'sure') agenda.notify(invocation, 'changed', maybe)
  if (outcome === 'failed') return agenda.notify(invocation, 'failed')
  if (confidence !== 'sure') agenda.notify(invocation, 'failed', maybe)
  return []
}

/** Makes the lines of a plan, one after the other, in the world that the earlier ones would leave. */
class Foretelling {
  readonly lines: PlanLine[] = []
  readonly wanted: Read[] = []
  readonly #prediction: Prediction
  readonly #failures = new Failures()

  constructor(
    world: World,
    private readonly ground: Pick<PlanGround, 'kinds' | 'facts'>,
  ) {
    this.#prediction = new Prediction(world, ground.kinds, ground.facts)
  }

  /** The line of a part; undefined where it wants to be read first. */
  line(invocation: PartInvocation): PlanLine | undefined {
    const { state, wake } = invocation
    const prediction = this.#prediction
    if (wake !== undefined && invocation.index === 0) this.#failures.forget(state.id)
    if (wake?.certain === false) {
      prediction.addOpaque(state.id)
      return this.#add(pending(invocation, wake.by))
    }
    const reason = this.#failures.reasonFor(invocation)
    if (reason !== undefined) {
      this.#failures.add(state.id)
      return this.#add({ invocation, outcome: 'skipped', ...confidenceOf(prediction.opaque), reason, changes: [] })
    }
    return this.#examined(invocation)
  }

  /** A notification that comes back to where it began is not answered, and fails the run. */
  loop({ parts }: Turn, chain: readonly string[], sequence: number): void {
    const [first] = parts
    if (first === undefined) return
    const reason = loopReason(chain)
    const invocation = { ...first, sequence }
    this.#add({ invocation, outcome: 'failed', ...confidenceOf(this.#prediction.opaque), reason, changes: [] })
  }

  #examined(invocation: PartInvocation): PlanLine | undefined {
    const { state, part, fn, wake } = invocation
    const { kinds, facts } = this.ground
    const prediction = this.#prediction
    const found = withinMeans(examine({ part, fn, lookup: prediction.lookup }), kinds.step, facts)
    if (found.verdict === 'wanted') {
      this.wanted.push(...found.reads)
      return undefined
    }
    // A guess about this part: if it fails, the part may do what nobody foretold.
    const opaque = new Set(prediction.opaque)
    const guessed = 'because' in found && [...found.because, ...(wake?.because ?? [])].some((id) => !opaque.has(id))
    const line = this.#add(onlyIf(wake?.because ?? [], lineOf(invocation, found, kinds.step)))
    if (line.outcome === 'failed') this.#failures.add(state.id)
    if (line.outcome === 'pending' || guessed) prediction.addOpaque(state.id)
    if (found.verdict === 'changes') for (const step of found.steps) prediction.add(state.id, step)
    return line
  }

  #add(line: PlanLine): PlanLine {
    this.lines.push(line)
    return line
  }
}

/** The same line, when it follows from these states as well. */
const onlyIf = (because: readonly string[], line: PlanLine): PlanLine =>
  because.length === 0 || line.outcome === 'pending'
    ? line
    : { ...line, ...confidenceOf([...line.dependsOn, ...because]) }

const confidenceOf = (because: readonly string[]): Pick<PlanLine, 'confidence' | 'dependsOn'> => ({
  confidence: because.length === 0 ? 'sure' : 'conditional',
  dependsOn: [...new Set(because)],
})

const lineOf = (
  invocation: PartInvocation,
  found: Exclude<Examined, { verdict: 'wanted' }>,
  kindOf: (name: string) => StepKind,
): PlanLine => {
  switch (found.verdict) {
    case 'unknown':
      return pending(invocation, found.until)
    case 'blocked':
      // What stands in the way now may be gone by then.
      return found.because.length > 0
        ? pending(invocation, found.because)
        : { invocation, outcome: 'failed', ...confidenceOf([]), reason: found.reason, changes: [] }
    case 'skipped':
      return { invocation, outcome: 'skipped', ...confidenceOf(found.because), reason: found.reason, changes: [] }
    case 'same':
      return { invocation, outcome: 'ok', ...confidenceOf(found.because), changes: [] }
    case 'changes': {
      const { changes, steps, because } = found
      const itself =
        changes.some(({ maybe }) => maybe === true) ||
        steps.some((step) => kindOf(step.kind).mayRefuse?.(step) === true)
      const depends = itself ? [...because, invocation.state.id] : because
      return { invocation, outcome: 'would-change', ...confidenceOf(depends), changes }
    }
  }
}

const pending = (invocation: PartInvocation, until: readonly string[]): PlanLine => ({
  invocation,
  outcome: 'pending',
  confidence: 'unknown',
  dependsOn: [...new Set(until)],
  reason: `unknown until ${[...new Set(until)].join(', ')}`,
  changes: [],
})
