import type { Facts } from '../contracts/facts.js'
import type { Answered, Given, Read } from '../contracts/read.js'
import type { Step } from '../contracts/step.js'
import { entry, file, type FileAnswer, type FileQuery } from '../reads/file.js'
import type { Kinds } from '../wire/session-options.js'
import type { World } from '../world/world.js'
import type { Confidence } from './event.js'
import type { Lookup } from './examine.js'

interface Touch {
  readonly by: string
  /** Absent: the step does not say what it leaves. */
  readonly gives: readonly Given[] | undefined
}

/** Of a state that nobody has run. */
const notRun: Lookup = { known: { ok: true, value: { changed: false } } }

/** What a line of the plan says of its state. */
export interface Foretold {
  readonly outcome: string
  readonly confidence: Confidence
  readonly dependsOn: readonly string[]
}

/**
 * The world as it will be after the earlier steps of a plan. What a step says it leaves is known; what it only touches
 * is unknown until then; and after a step that touches everything all that follows depends on it.
 */
export class Prediction {
  readonly #touches: Touch[] = []
  readonly #byKey = new Map<string, number[]>()
  readonly #opaque = new Set<string>()
  readonly #outputs = new Map<string, Lookup>()
  readonly #expected = new Map<string, string>()

  constructor(
    private readonly world: World,
    private readonly kinds: Pick<Kinds, 'read' | 'step'>,
    private readonly facts: Facts,
  ) {}

  /** States whose steps may change anything. */
  get opaque(): readonly string[] {
    return [...this.#opaque]
  }

  /** From here on nothing is sure. */
  addOpaque(state: string): void {
    this.#opaque.add(state)
  }

  /** The state leaves something at this path, if it does what it says: the command that `creates` it, for one. */
  expect(state: string, path: string): void {
    this.#expected.set(path, state)
  }

  add(state: string, step: Step): void {
    const kind = this.kinds.step(step.kind)
    const keys = this.world.keysOf(kind.touches?.(step), (path) => this.#locate(path))
    if (keys === 'everything') {
      this.addOpaque(state)
      return
    }
    const index = this.#touches.push({ by: state, gives: kind.gives?.(step, this.facts) }) - 1
    for (const key of new Set(keys)) {
      const at = this.#byKey.get(key)
      if (at === undefined) this.#byKey.set(key, [index])
      else at.push(index)
    }
  }

  /** What is foretold of a state, for late values that use its outputs. */
  tell(state: string, { outcome, confidence, dependsOn }: Foretold): void {
    const isOpen = outcome === 'would-change' || outcome === 'pending'
    if (isOpen || this.#outputs.get(state) === undefined) {
      const known = {
        known: { ok: true as const, value: { changed: false } },
        because: confidence === 'sure' ? [] : dependsOn,
      }
      this.#outputs.set(state, isOpen ? { until: [state] } : known)
    }
  }

  readonly lookup = (read: Read): Lookup => {
    if (read.kind === 'outputs') return this.#outputs.get(read.query as string) ?? notRun
    const present = this.world.believed(read)
    if (present === undefined) return 'wanted'
    const expected = this.#expectedOf(read, present)
    if (expected !== undefined) return expected
    const touches = this.#touchesOf(read)
    if (touches === undefined) return { known: present, because: [...this.#opaque, ...this.#everyone()] }
    if (touches.length === 0) return { known: present, because: this.opaque }
    const predicted = this.#predict(read, present, touches)
    if (predicted === undefined) return { until: [...new Set(touches.map(({ by }) => by))] }
    return { known: { ok: true, value: predicted }, because: this.opaque }
  }

  /** That something will be there is all that is known of it. */
  #expectedOf({ kind, query }: Read, present: Answered): Lookup | undefined {
    const { path, hash } = (kind === 'file' ? query : {}) as Partial<FileQuery>
    const by = path === undefined || hash === true ? undefined : this.#expected.get(path)
    const now = present.ok ? (present.value as FileAnswer) : undefined
    if (by === undefined || now === undefined || now.exists) return undefined
    return { known: { ok: true, value: { ...now, type: 'file', exists: true } }, because: [...this.#opaque, by] }
  }

  #everyone(): readonly string[] {
    return this.#touches.map(({ by }) => by)
  }

  /** The touches that overlap what the answer rests on; undefined when it rests on everything. */
  #touchesOf(read: Read): readonly Touch[] | undefined {
    const rests = this.world.rests(read)
    if (rests === 'everything') return this.#touches.length === 0 ? [] : undefined
    if (rests === 'nothing') return []
    const found = new Set<number>()
    for (const key of rests) for (const index of this.#byKey.get(key) ?? []) found.add(index)
    return [...found].toSorted((a, b) => a - b).flatMap((index) => this.#touches[index] ?? [])
  }

  #predict(read: Read, present: Answered, touches: readonly Touch[]): unknown {
    const kind = this.kinds.read(read.kind)
    if (kind.predict === undefined || !present.ok) return undefined
    let value: unknown = present.value
    // Step by step: what one tells of the answer does not speak for another.
    for (const { gives } of touches) {
      value = gives === undefined ? undefined : kind.predict(read.query, value, gives, this.facts)
      if (value === undefined) return undefined
    }
    return value
  }

  /** Where a path will be: its directory may be one that a step makes. */
  #locate(path: string): FileAnswer | undefined {
    const present = this.world.locate(path)
    if (present === undefined) return undefined
    const touches = this.#touchesOf(this.world.last(entry(path)) === undefined ? file(path) : entry(path))
    if (touches === undefined || touches.length === 0) return present
    const where: FileQuery = { path, hash: false, place: true }
    return this.#predict({ ...entry(path), query: where }, { ok: true, value: present }, touches) as
      | FileAnswer
      | undefined
  }
}
