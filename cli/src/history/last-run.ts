import { type InvocationEvent, outcomes, type ProveEvent, targetOutcomes, z } from '@prove/core'
import { TargetFiles } from '../target-files.js'

const invocation = z.object({
  sequence: z.int(),
  state: z.string(),
  fn: z.string(),
  part: z.int(),
  outcome: z.enum(outcomes),
  reason: z.string().optional(),
  notifiedBy: z.array(z.string()).optional(),
  notifiedSince: z.string().optional(),
  fields: z.array(z.string()),
  withNames: z.array(z.string()),
})

const lastRun = z.object({
  started: z.string(),
  outcome: z.enum(targetOutcomes),
  states: z.array(z.string()),
  invocations: z.array(invocation),
})

/** One part that ran, without any value: those may be secret. */
export type RecordedInvocation = z.output<typeof invocation>

/** The last apply of one target: `states` are the full ids that it was about, empty where it came not so far. */
export type LastRun = z.output<typeof lastRun>

/** Characters of a reason that are kept: it may hold what a command printed. */
const reasonLimit = 200

/** The last apply of each target, kept on the master for one catalog. */
export class LastRuns {
  readonly #files: TargetFiles

  constructor(catalogFolder: string) {
    this.#files = new TargetFiles(catalogFolder, 'last-run')
  }

  get(target: string): LastRun | undefined {
    return lastRun.safeParse(this.#files.read(target)).data
  }

  put(target: string, run: LastRun): void {
    this.#files.write(target, run)
  }
}

/** Makes the record of each target out of the events of one apply, and keeps it when the target has ended. */
export class RunRecorder {
  #started = ''
  readonly #states = new Map<string, readonly string[]>()
  readonly #invocations = new Map<string, Map<number, RecordedInvocation>>()

  constructor(private readonly runs: Pick<LastRuns, 'put'>) {}

  take(event: ProveEvent): void {
    if (event.type === 'run') this.#started = event.started
    else if (event.type === 'compiled') {
      this.#states.set(
        event.target,
        event.states.map(({ id }) => id),
      )
    } else if (event.type === 'invocation') this.#add(event)
    else if (event.type === 'target' && event.event === 'ended') this.#end(event.target, event.outcome ?? 'ok')
  }

  /** A part that is told of again, as rescued or unstable, replaces what was told before. */
  #add(event: InvocationEvent): void {
    const known = this.#invocations.get(event.target) ?? new Map<number, RecordedInvocation>()
    this.#invocations.set(event.target, known.set(event.sequence, recorded(event)))
  }

  #end(target: string, outcome: LastRun['outcome']): void {
    const known = this.#invocations.get(target) ?? new Map<number, RecordedInvocation>()
    const invocations = [...known.values()].toSorted((a, b) => a.sequence - b.sequence)
    this.runs.put(target, {
      started: this.#started,
      outcome,
      states: [...(this.#states.get(target) ?? [])],
      invocations,
    })
    this.#invocations.delete(target)
  }
}

const recorded = (event: InvocationEvent): RecordedInvocation => {
  const { sequence, state, fn, part, outcome, reason, notifiedBy, notifiedSince, changes } = event
  return {
    sequence,
    state,
    fn,
    part,
    outcome,
    ...(reason === undefined ? {} : { reason: reason.slice(0, reasonLimit) }),
    ...(notifiedBy === undefined ? {} : { notifiedBy }),
    ...(notifiedSince === undefined ? {} : { notifiedSince }),
    fields: changes.map(({ field }) => field),
    withNames: Object.keys(event.with),
  }
}
