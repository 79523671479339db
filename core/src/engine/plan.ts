import type { Facts } from '../contracts/facts.js'
import type { Read } from '../contracts/read.js'
import type { Reader } from '../contracts/session.js'
import type { Change } from '../contracts/state-function.js'
import type { StepKind } from '../contracts/step.js'
import type { Kinds } from '../wire/session-options.js'
import { World } from '../world/world.js'
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
  await gather(ground.reader, world, invocations)
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
  const prediction = new Prediction(world, kinds, facts)
  const failures = new Failures()
  const wanted: Read[] = []
  const lines: PlanLine[] = []
  for (const invocation of invocations) {
    const { state, part, fn } = invocation
    const reason = failures.reasonFor(invocation)
    if (reason !== undefined) {
      failures.add(state.id)
      lines.push({ invocation, outcome: 'skipped', ...confidenceOf(prediction.opaque), reason, changes: [] })
      continue
    }
    const found = withinMeans(examine({ part, fn, lookup: prediction.lookup }), kinds.step, facts)
    if (found.verdict === 'wanted') {
      wanted.push(...found.reads)
      continue
    }
    // A guess about this part: if it fails, the part may do what nobody foretold.
    const opaque = new Set(prediction.opaque)
    const guessed = 'because' in found && found.because.some((id) => !opaque.has(id))
    const line = lineOf(invocation, found, kinds.step)
    lines.push(line)
    if (line.outcome === 'failed') failures.add(state.id)
    if (line.outcome === 'pending' || guessed) prediction.addOpaque(state.id)
    if (found.verdict === 'changes') for (const step of found.steps) prediction.add(state.id, step)
  }
  return { lines, wanted }
}

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
