import type { BlobStore } from '../contracts/blob.js'
import type { Facts } from '../contracts/facts.js'
import type { Answered, Read, ReadKind } from '../contracts/read.js'
import type { Performed, Segment, Session } from '../contracts/session.js'
import type { NumberedStep, StepKind, StepResult } from '../contracts/step.js'
import { ProveError } from '../error.js'
import { factsScript, parseFacts } from '../reads/facts.js'
import { groupBy } from '../group-by.js'
import type { Answer } from './channel.js'
import { assertLocked, type LockOwner, lockScript } from './lock.js'
import { type OpenOptions, type OpenStream, openShell, type Shell } from './open-shell.js'
import { killScript, stopScript } from './step-library.js'
import { parseReports, stepScript } from './step-script.js'
import { Uploads } from './uploads.js'

/** The kinds of reads and steps that plugins registered. */
export interface Kinds {
  readonly read: (name: string) => ReadKind
  readonly step: (name: string) => StepKind
  /** Every program that any kind may need. */
  readonly tools: readonly string[]
}

export interface SessionOptions extends OpenOptions {
  readonly open: OpenStream
  readonly kinds: Kinds
  readonly blobs: BlobStore
  /** Present: take the lock of the target, in the round trip of the facts. */
  readonly lock?: LockOwner | undefined
}

/** Seconds beyond what the target's own watchdogs allow before it counts as lost. */
const graceSeconds = 30

/** Opens a shell on the target, reads its facts, and takes the lock when asked: one round trip. */
export const openSession = async (options: SessionOptions): Promise<ShellSession> => {
  const shell = await openShell(options.open, options)
  try {
    const facts = shell.channel.run(factsScript(options.kinds.tools))
    const lock = options.lock === undefined ? undefined : shell.channel.run(lockScript(options.lock))
    const [factsAnswer, lockAnswer] = await Promise.all([facts, lock])
    if (lockAnswer !== undefined) assertLocked(lockAnswer.stdout.toString('utf8'))
    return new ShellSession(shell, parseFacts(factsAnswer.stdout.toString('utf8')), options)
  } catch (error) {
    shell.channel.end()
    await shell.closed
    throw error
  }
}

/** A target behind a POSIX shell. */
export class ShellSession implements Session {
  readonly #uploads: Uploads
  #stopped: Promise<void> | undefined

  constructor(
    private readonly shell: Shell,
    readonly facts: Facts,
    private readonly options: SessionOptions,
  ) {
    this.#uploads = new Uploads(shell.channel, options.kinds.step, options.blobs, facts)
  }

  get roundTrips(): number {
    return this.shell.channel.roundTrips
  }

  async read(reads: readonly Read[]): Promise<readonly Answered[]> {
    return this.#ask(reads)
  }

  async perform(
    segments: readonly Segment[],
    then: readonly Read[],
    ended?: (number: number, result: StepResult) => void,
  ): Promise<Performed> {
    const results = new Map<number, StepResult>()
    // Everything is sent before anything is awaited: one round trip, whatever the number of segments.
    const needed = new Set(segments.flatMap(({ steps }) => steps.flatMap(({ needs }) => needs)))
    const pending = segments.map((segment) => ({
      frames: this.#frames(segment.steps).map((frame) => this.#send(frame, needed)),
      proof: this.#ask(segment.proof),
    }))
    const answers = this.#ask(then)
    // An error is thrown where it is awaited; what comes after it must not count as unhandled.
    for (const promise of [answers, ...pending.flatMap(({ frames, proof }) => [...frames, proof])]) {
      promise.catch(() => undefined)
    }
    const proofs: (readonly Answered[])[] = []
    for (const { frames, proof } of pending) {
      for (const frame of frames) {
        for (const [number, result] of await frame) {
          results.set(number, result)
          ended?.(number, result)
        }
      }
      proofs.push(await proof)
    }
    return { results, proofs, answers: await answers }
  }

  stop(): void {
    this.#stopped ??= this.#beside(stopScript(this.shell.scratch)).then(
      () => undefined,
      () => undefined,
    )
  }

  async kill(): Promise<void> {
    await this.#beside(killScript(this.shell.scratch))
  }

  /** Ends the shell; scratch and lock are gone when it resolves. */
  async close(): Promise<void> {
    await this.#stopped
    this.shell.channel.end()
    const late = new Promise<'late'>((resolve) => setTimeout(resolve, graceSeconds * 1000, 'late').unref())
    if ((await Promise.race([this.shell.closed, late])) === 'late') {
      this.shell.channel.abandon(new ProveError('PRV_TARGET_LOST', 'the shell on the target does not end'))
    }
  }

  /** Runs a script in a second shell, for what cannot wait in line. */
  async #beside(script: string): Promise<Answer> {
    const shell = await openShell(this.options.open, this.options)
    try {
      return await shell.channel.run(script)
    } finally {
      shell.channel.end()
      await shell.closed
    }
  }

  /** One frame for each kind of read, all in flight together. */
  async #ask(reads: readonly Read[]): Promise<readonly Answered[]> {
    const byKind = groupBy(new Map(reads.map((read) => [read.key, read])).values(), (read) => read.kind)
    const answered = new Map<string, Answered>()
    const batches = [...byKind].map(async ([name, batch]) => {
      for (const [key, answer] of await this.#askKind(this.options.kinds.read(name), batch)) answered.set(key, answer)
    })
    await Promise.all(batches)
    return reads.map((read) => answered.get(read.key) ?? failed('the target gave no answer'))
  }

  async #askKind(kind: ReadKind, reads: readonly Read[]): Promise<readonly (readonly [string, Answered])[]> {
    const missing = kind.tools.find((tool) => !this.facts.tools.includes(tool))
    if (missing !== undefined) {
      const answer: Answered = { ok: false, problem: 'unavailable', detail: missing }
      return reads.map((read) => [read.key, answer])
    }
    const queries = reads.map((read) => read.query)
    const seconds = queries.reduce((sum: number, query) => sum + (kind.seconds?.(query) ?? 0), 60)
    const answer = await this.#run(kind.script(queries, this.facts), seconds)
    const answers = answer.cut
      ? reads.map(() => failed('the answer of the target was too long'))
      : kind.parse(answer.stdout, queries, this.facts)
    return reads.map((read, i) => [read.key, answers[i] ?? failed('the answer of the target broke off')])
  }

  /** Steps that may run for long get a frame of their own, so that results arrive as they end. */
  #frames(steps: readonly NumberedStep[]): readonly (readonly NumberedStep[])[] {
    const frames: NumberedStep[][] = []
    let open = false
    for (const step of steps) {
      const long = this.options.kinds.step(step.step.kind).seconds !== undefined
      if (open && !long) frames.at(-1)?.push(step)
      else frames.push([step])
      open = !long
    }
    return frames
  }

  async #send(steps: readonly NumberedStep[], needed: ReadonlySet<number>): Promise<ReadonlyMap<number, StepResult>> {
    const kindOf = this.options.kinds.step
    this.#uploads.send(steps)
    const seconds = steps.reduce((sum, { step }) => sum + (kindOf(step.kind).seconds?.(step) ?? 1) + 10, 0)
    const script = stepScript(steps, kindOf, {
      pathOf: (blob) => this.#uploads.pathOf(blob),
      archiveOf: (batch) => this.#uploads.archiveOf(batch),
      facts: this.facts,
      needed,
    })
    const answer = await this.#run(script, seconds)
    return parseReports(answer, steps)
  }

  /** A target that answers later than its own watchdogs allow counts as lost. */
  async #run(script: string, seconds: number): Promise<Answer> {
    const limit = (seconds + graceSeconds) * 1000
    const timer = setTimeout(
      () => {
        const message = `the target has not answered for ${Math.round(limit / 1000)} s`
        this.shell.channel.abandon(new ProveError('PRV_TARGET_LOST', message))
      },
      Math.min(limit, 2_147_483_647),
    )
    try {
      return await this.shell.channel.run(script)
    } finally {
      clearTimeout(timer)
    }
  }
}

const failed = (detail: string): Answered => ({ ok: false, problem: 'failed', detail })
