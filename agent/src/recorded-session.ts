import type {
  Answered,
  Blob,
  Facts,
  FactSource,
  Kernel,
  LedgerEntry,
  Performed,
  Read,
  Segment,
  Session,
  Step,
} from '@prove/core'
import type { StepNoted } from './request-record.js'

/** Who is told of steps before they begin, and after they ended. */
export interface StepWatch {
  /** Resolves when the steps may begin: what they need is there, and that they begin is known for good. */
  begin(steps: readonly StepNoted[], blobs: readonly Blob[]): Promise<void>
  end(steps: readonly number[]): void
}

/** A session whose steps are known for good before they begin. */
export class RecordedSession implements Session {
  #performs = 0

  constructor(
    private readonly inner: Session,
    private readonly kernel: Pick<Kernel, 'kinds'>,
    private readonly watch: StepWatch,
  ) {}

  get facts(): Facts {
    return this.inner.facts
  }

  get allFacts(): Readonly<Record<string, unknown>> {
    return this.inner.allFacts
  }

  get roundTrips(): number {
    return this.inner.roundTrips
  }

  gatherFacts(sources?: readonly FactSource[]): Promise<Readonly<Record<string, unknown>>> {
    return this.inner.gatherFacts(sources)
  }

  seekTools(): Promise<void> {
    return this.inner.seekTools()
  }

  ledger(): Promise<readonly LedgerEntry[]> {
    return this.inner.ledger()
  }

  read(reads: readonly Read[]): Promise<readonly Answered[]> {
    return this.inner.read(reads)
  }

  async perform(
    segments: readonly Segment[],
    then: readonly Read[],
    ended?: (steps: readonly number[]) => void,
  ): Promise<Performed> {
    const steps = segments.flatMap((segment) => segment.steps)
    // Numbers are those of one call: this tells the calls apart.
    const base = this.#performs++ * 1_000_000
    const noted = steps.map(({ number, step }) => ({ number: base + number, what: shownStep(step) }))
    await this.watch.begin(
      noted,
      steps.flatMap(({ step }) => this.kernel.kinds.step(step.kind).blobs?.(step) ?? []),
    )
    return this.inner.perform(segments, then, (numbers) => {
      this.watch.end(numbers.map((number) => base + number))
      ended?.(numbers)
    })
  }

  stop(): void {
    this.inner.stop()
  }

  resume(): Promise<void> {
    return this.inner.resume()
  }

  kill(): Promise<void> {
    return this.inner.kill()
  }
}

/** Its kind, and the path that it is about; arguments of commands may be secret. */
const shownStep = (step: Step): string => {
  const { path } = step as { readonly path?: unknown }
  return typeof path === 'string' ? `${step.kind} ${path}` : step.kind
}
