import type { Facts } from '../contracts/facts.js'
import type { Answered, Read } from '../contracts/read.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import type { Performed, Segment, Session } from '../contracts/session.js'
import type { NumberedStep, StepResult } from '../contracts/step.js'
import { askReads } from './ask-reads.js'
import type { Answer } from './channel.js'
import { factFrame } from './fact-frames.js'
import { allOf, askTools, FactsChanged, type KnownFacts, stillHold } from './known-facts.js'
import { closeShell, openShell, type Shell } from './open-shell.js'
import { nextBoot } from './next-boot.js'
import { refused, splitAtReboot, type SplitAtReboot } from './reboot-segments.js'
import { runWithin } from './run-within.js'
import type { SessionOptions } from './session-options.js'
import { framesOf } from './step-frames.js'
import { killScript, resumeScript, stopScript } from './step-library.js'
import { parseReports, stepScript } from './step-script.js'
import { Uploads } from './uploads.js'

/** A target behind a POSIX shell. */
export class ShellSession implements Session {
  #uploads: Uploads | undefined
  #stopped: Promise<void> | undefined
  /** Of shells in earlier boots. */
  #tripsBefore = 0

  constructor(
    private shell: Shell,
    private known: KnownFacts,
    private readonly options: SessionOptions,
    /** Opens the same session once more. */
    private readonly again: () => Promise<ShellSession>,
    /** What the target is about to tell, where the facts are so far only believed. */
    private told?: Promise<KnownFacts>,
  ) {
    // Whoever reads first hears of an error; nobody may.
    told?.catch(() => undefined)
  }

  get facts(): Facts {
    return this.known.basic
  }

  get roundTrips(): number {
    return this.#tripsBefore + this.shell.channel.roundTrips
  }

  get allFacts(): Readonly<Record<string, unknown>> {
    return allOf(this.known)
  }

  async gatherFacts(sources = this.options.factSources ?? []): Promise<Readonly<Record<string, unknown>>> {
    await this.#confirm()
    const asked = sources.filter(({ name }) => !this.known.gathered.has(name))
    if (asked.length === 0) return this.allFacts
    const frame = factFrame(asked)
    const { stdout } = await runWithin(this.shell.channel, frame.script, frame.seconds, {
      what: 'facts',
      count: asked.length,
    })
    const { facts } = frame.parse(stdout.toString('utf8'))
    const more = asked.map(({ name }, i) => [name, facts[i] ?? {}] as const)
    this.known = { ...this.known, gathered: new Map([...this.known.gathered, ...more]) }
    return this.allFacts
  }

  async seekTools(): Promise<void> {
    const missing = this.options.kinds.tools.filter((tool) => !this.known.sought.includes(tool))
    if (missing.length === 0) return
    const run = (script: string, seconds: number): Promise<Answer> =>
      runWithin(this.shell.channel, script, seconds, { what: 'facts', count: 1 })
    const [found] = await Promise.all([askTools(run, missing), this.#confirm()])
    const { basic, sought } = this.known
    this.known = {
      ...this.known,
      basic: { ...basic, tools: [...basic.tools.filter((tool) => !missing.includes(tool)), ...found] },
      sought: [...sought, ...missing],
    }
  }

  /**
   * In one round trip, together with the facts where those are still only believed. Throws FactsChanged when they do not
   * hold any more; the session then knows the true ones, and the next read is believed.
   */
  async read(reads: readonly Read[]): Promise<readonly Answered[]> {
    const asked = this.#ask(reads)
    const answers = asked.catch(() => undefined)
    await this.#confirm().catch(async (error: unknown) => {
      // Whoever asks again is in the next round trip, not beside these answers.
      await answers
      throw error
    })
    return asked
  }

  async ledger(): Promise<readonly LedgerEntry[]> {
    await this.#confirm()
    return this.known.ledger
  }

  async #confirm(): Promise<void> {
    const told = await this.told
    if (told === undefined || this.told === undefined) return
    const believed = this.known
    this.told = undefined
    this.known = told
    if (!stillHold(believed, told)) throw new FactsChanged()
  }

  async perform(
    segments: readonly Segment[],
    then: readonly Read[],
    ended?: (steps: readonly number[]) => void,
  ): Promise<Performed> {
    await this.#confirm()
    return this.#perform(
      segments,
      then,
      new Set(segments.flatMap(({ steps }) => steps.flatMap(({ needs }) => needs))),
      ended,
    )
  }

  async #perform(
    segments: readonly Segment[],
    then: readonly Read[],
    needed: ReadonlySet<number>,
    ended?: (steps: readonly number[]) => void,
  ): Promise<Performed> {
    const reboot = splitAtReboot(segments, (step) => this.options.kinds.step(step.kind).reboots?.(step))
    if (reboot !== undefined) return this.#performThrough(reboot, then, needed, ended)
    const results = new Map<number, StepResult>()
    // Everything is sent before anything is awaited: one round trip, whatever the number of segments.
    const pending = segments.map((segment) => ({
      frames: framesOf(segment.steps, this.options.kinds.step).map((frame) => this.#send(frame, needed)),
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
        const arrived = await frame
        for (const [number, result] of arrived) results.set(number, result)
        ended?.([...arrived.keys()])
      }
      proofs.push(await proof)
    }
    return { results, proofs, answers: await answers }
  }

  /** What comes before a boot, the boot, and what comes after it: nothing is sent ahead into the next boot. */
  async #performThrough(
    { before, boot, seconds, after }: SplitAtReboot,
    then: readonly Read[],
    needed: ReadonlySet<number>,
    ended?: (steps: readonly number[]) => void,
  ): Promise<Performed> {
    const first = await this.#perform(before, [], needed, ended)
    const own = this.options.isHere === true ? refused(boot.number) : await this.#send([boot], needed)
    const done = new Map([...first.results, ...own])
    ended?.([boot.number])
    if (own.get(boot.number)?.status === 'done') await this.#enterNextBoot(seconds, done)
    const rest = await this.#perform(after, then, needed, ended)
    // The segment of the boot itself is proven behind it, with what else belongs to it.
    const proofs = [...first.proofs.slice(0, -1), ...rest.proofs]
    return { results: new Map([...done, ...rest.results]), proofs, answers: rest.answers }
  }

  /** Goes on in a shell of the next boot, where what was done counts as done. */
  async #enterNextBoot(seconds: number, results: ReadonlyMap<number, StepResult>): Promise<void> {
    const { boot } = this.facts
    await closeShell(this.shell)
    const isStopping = (): boolean => this.#stopped !== undefined
    const { shell, known } = await nextBoot(this.again, { boot, seconds, isStopping })
    const before = this.roundTrips
    this.#tripsBefore = before
    this.shell = shell
    this.known = { ...known, gathered: new Map([...this.known.gathered, ...known.gathered]) }
    this.#uploads = undefined
    shell.channel.onTrip = (trip) => this.options.onTrip?.({ ...trip, number: trip.number + before })
    const numbers = [...results].flatMap(([number, { status }]) => (status === 'done' ? [number] : []))
    await runWithin(shell.channel, `for n in ${numbers.join(' ')}; do : >"$D/k$n"; done`, 0)
  }

  stop(): void {
    this.#stopped ??= this.#beside(stopScript).then(
      () => undefined,
      () => undefined,
    )
  }

  async resume(): Promise<void> {
    await this.#stopped
    this.#stopped = undefined
    await runWithin(this.shell.channel, resumeScript, 0)
  }

  async kill(): Promise<void> {
    await this.#beside(killScript)
  }

  /** Ends the shell; scratch and lock are gone when it resolves. */
  async close(): Promise<void> {
    await this.#stopped
    await closeShell(this.shell)
  }

  /** Runs a script in a second shell, for what cannot wait in line. */
  async #beside(scriptIn: (scratch: string) => string): Promise<Answer> {
    const { scratch } = await this.shell.ready
    const shell = await openShell(this.options.open, this.options)
    try {
      return await runWithin(shell.channel, scriptIn(scratch), 0)
    } finally {
      await closeShell(shell)
    }
  }

  #ask(reads: readonly Read[]): Promise<readonly Answered[]> {
    return askReads(this.shell.channel, reads, this.options.kinds.read, this.facts)
  }

  #openUploads(): Uploads {
    const { kinds, blobs } = this.options
    return (this.#uploads ??= new Uploads(this.shell.channel, kinds.step, blobs, this.facts))
  }

  async #send(steps: readonly NumberedStep[], needed: ReadonlySet<number>): Promise<ReadonlyMap<number, StepResult>> {
    const kindOf = this.options.kinds.step
    const uploads = this.#openUploads()
    uploads.send(steps)
    const seconds = steps.reduce((sum, { step }) => sum + (kindOf(step.kind).seconds?.(step) ?? 1) + 10, 0)
    const script = stepScript(steps, kindOf, {
      pathOf: (blob) => uploads.pathOf(blob),
      archiveOf: (batch) => uploads.archiveOf(batch),
      facts: this.facts,
      needed,
    })
    const answer = await runWithin(this.shell.channel, script, seconds, { what: 'steps', count: steps.length })
    return parseReports(answer, steps)
  }
}
