import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from '@prove/link'
import type { RecordLine, StepNoted } from './request-record.js'
import { type Carrying, digestOf, type Listener, type Request, RequestRun, type Story } from './request-run.js'

/** How long it stays known that a request was carried out: milliseconds, and how many of them at the most. */
const keptFor = 24 * 3600 * 1000
const keptMost = 10_000

/** All requests of an agent: each id is carried out once, also over restarts. */
export class Requests {
  readonly #runs = new Map<string, RequestRun>()
  /** Of which nothing runs any more; the oldest first. */
  readonly #past = new Map<string, Story>()
  #isClosed = false

  constructor(private readonly carrying: Carrying) {
    makePrivateFolder(carrying.folder)
    this.removeOld()
    for (const id of readdirSync(carrying.folder)) {
      const past = pastOf(join(carrying.folder, id))
      if (past !== undefined) this.#past.set(id, past)
    }
  }

  /** Whether one is being carried out. */
  get isBusy(): boolean {
    return this.#open.some(({ report }) => report === undefined)
  }

  /** Resolves when those have ended that are being carried out. */
  async idle(): Promise<void> {
    await Promise.all(this.#open.map(({ done }) => done))
  }

  /** Those whose end nobody has heard of yet. */
  get #open(): readonly RequestRun[] {
    return [...this.#runs.values()]
  }

  /** What is told of a request: it is carried out, unless it was before. `listen` makes the one who is told. */
  take(request: Request, listen: (story: Story) => Listener): void {
    const known = this.#runs.get(request.id) ?? this.#past.get(request.id)
    if (known === undefined && this.#isClosed) {
      listen({ digest: '', events: [], report: { errors: [ending] } }).wake()
    } else if (known !== undefined && known.digest !== digestOf(request)) {
      listen({ digest: '', events: [], report: { errors: [otherRequest] } }).wake()
    } else if (known !== undefined && !(known instanceof RequestRun)) {
      listen(known).wake()
    } else {
      const run = known ?? this.#begin(request)
      run.attach(listen(run))
    }
  }

  /** Ctrl-C on the side of the master, which was pressed so often by now. */
  interrupt(id: string, times: 1 | 2): void {
    const interruption = this.#runs.get(id)?.interruption
    if (interruption?.stopping === false) interruption.ask()
    if (times === 2 && interruption?.killing === false) interruption.ask()
  }

  /** The master has the report. That it was carried out stays known, and what it was is forgotten. */
  settle(id: string): void {
    const run = this.#runs.get(id)
    if (run?.report === undefined) return
    this.#forget(id, run)
  }

  /** Removes the records that nobody will ask for. */
  removeOld(): void {
    const { folder } = this.carrying
    const limit = performance.now() - keptFor
    for (const [id, run] of this.#runs) if (run.ended < limit) this.#forget(id, run)
    for (const name of readdirSync(folder)) {
      const file = join(folder, name)
      if (this.#runs.has(name) || Date.now() - statSync(file).mtimeMs <= keptFor) continue
      rmSync(file, { force: true })
      this.#past.delete(name)
    }
  }

  /** None is begun any more. */
  close(): void {
    this.#isClosed = true
  }

  /** That it was carried out stays known, so that it is never carried out again. */
  #forget(id: string, { digest }: RequestRun): void {
    this.#runs.delete(id)
    this.#past.set(id, { digest, events: [], report: { errors: [heardBefore] } })
    for (const [oldest] of this.#past) {
      if (this.#past.size <= keptMost) break
      this.#past.delete(oldest)
    }
  }

  #begin(request: Request): RequestRun {
    // A run whose master was killed would hold the lock of the host for as long as it waits for a content.
    const abandoned = this.#open.filter((run) => run.giveUpWaiting())
    const run = new RequestRun(request, this.carrying, Promise.all(abandoned.map(({ done }) => done)))
    this.#runs.set(request.id, run)
    return run
  }
}

const ending = {
  code: 'PRV_AGENT_REQUEST',
  message: 'the agent is ending, and begins nothing more',
  hint: 'run it again in a moment',
}

const heardBefore = {
  code: 'PRV_AGENT_REQUEST',
  message: 'this request was carried out, and its report was heard',
  hint: 'run it again',
}

const otherRequest = {
  code: 'PRV_AGENT_REQUEST',
  message: 'a request of this id was made before, and it was another one',
  hint: 'run it again',
}

/** What a record says; one that was cut has an end now. Undefined: it does not even say what was asked. */
const pastOf = (file: string): Story | undefined => {
  const lines = linesOf(file)
  const [first] = lines
  if (first === undefined || !('accepted' in first)) return undefined
  const { digest } = first.accepted
  const events = lines.flatMap((line) => ('event' in line ? [line.event] : []))
  const ended = lines.find((line) => 'ended' in line)
  if (ended !== undefined) return { digest, events, report: ended.ended }
  const report = { errors: [lostDuring(lines)] }
  // What was cut may have been cut in the middle of a line.
  writeFileSync(file, `\n${JSON.stringify({ ended: report })}\n`, { flag: 'a' })
  return { digest, events, report }
}

/** The last line may be half of one. */
const linesOf = (file: string): readonly RecordLine[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line): readonly RecordLine[] => {
      try {
        return [JSON.parse(line) as RecordLine]
      } catch {
        return []
      }
    })

const lostDuring = (lines: readonly RecordLine[]) => {
  const done = new Set(lines.flatMap((line) => ('done' in line ? line.done : [])))
  const begun = lines.flatMap((line): readonly StepNoted[] => ('began' in line ? line.began : []))
  const open = begun.find(({ number }) => !done.has(number))
  const where = open === undefined ? 'between two steps' : `during step ${open.number % 1_000_000} (${open.what})`
  return {
    code: 'PRV_TARGET_LOST',
    message: `the agent ended ${where}, and was started again`,
    hint: 'run it again: what was done is found done',
  }
}
