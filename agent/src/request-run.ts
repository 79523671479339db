import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type ActionEvent, type Blob, canonicalJson, Interruption, ProveError } from '@prove/core'
import type { MessageOf } from '@prove/link'
import type { Fetch } from './content-store.js'
import { type Reported, reportedErrors } from './report.js'
import { RequestRecord, type StepNoted } from './request-record.js'

export type Request = MessageOf<'request'>

/** What is told of a request: what happened, in order, and how it ended, once it has. */
export interface Story {
  readonly digest: string
  readonly events: readonly Readonly<Record<string, unknown>>[]
  readonly report: Reported | undefined
}

/** Someone who waits for the story: the master, over the link that it has now. */
export interface Listener {
  /** There is more of it. */
  wake(): void
  readonly fetch: Fetch
}

/** What carrying out one request takes. */
export interface Carrying {
  /** Carries out the action; `watch` is told of its steps. */
  readonly act: (run: RequestRun) => Promise<Reported>
  readonly lacks: (blob: Blob) => boolean
  readonly needContents: (blobs: readonly Blob[], fetch: Fetch) => Promise<void>
  /** Told of what went wrong beside the request itself. */
  readonly problem: (error: unknown) => void
  /** The folder of records. */
  readonly folder: string
}

/** What a request says, whoever asks for it again: the same id for something else is refused. */
export const digestOf = ({ operation, request, target }: Request): string =>
  createHash('sha256').update(canonicalJson({ operation, request, target })).digest('hex')

/** One request that is being carried out, or was: it acts once, whoever comes and goes meanwhile. */
export class RequestRun implements Story {
  readonly interruption = new Interruption()
  readonly digest: string
  readonly events: Readonly<Record<string, unknown>>[] = []
  report: Reported | undefined
  #record: RequestRecord | undefined
  #listener: Listener | undefined
  #arrived: (() => void)[] = []
  #isWaiting = false
  /** When it ended, by the clock of this process. */
  ended = Number.POSITIVE_INFINITY
  /** Resolves when the action has ended. */
  readonly done: Promise<void>

  constructor(
    readonly request: Request,
    private readonly carrying: Carrying,
    /** The action begins when this is over. */
    before: Promise<unknown>,
  ) {
    this.digest = digestOf(request)
    this.done = before.then(() => this.#carryOut())
  }

  /** From now on this one is told. */
  attach(listener: Listener): void {
    this.#listener = listener
    listener.wake()
    this.#arrive()
  }

  /** The link of this one is gone. The action goes on. */
  detach(listener: Listener): void {
    if (this.#listener === listener) this.#listener = undefined
  }

  /** Whether it waits for a master that may never come back; it then does so no longer. */
  giveUpWaiting(): boolean {
    if (!this.#isWaiting) return false
    this.#arrive()
    return true
  }

  readonly emit = (event: ActionEvent): void => {
    const plain = event as unknown as Readonly<Record<string, unknown>>
    this.events.push(plain)
    this.#record?.add({ event: plain })
    this.#listener?.wake()
  }

  /** Before steps begin: what they need is got, and that they begin is on the disk. */
  async begin(steps: readonly StepNoted[], blobs: readonly Blob[]): Promise<void> {
    await this.need(blobs)
    if (steps.length === 0) return
    this.#record ??= this.#beginRecord()
    this.#record.addSynced({ began: steps })
  }

  /** Gets contents from the master, as far as they are not here. */
  async need(blobs: readonly Blob[]): Promise<void> {
    const lacking = blobs.filter((blob) => this.carrying.lacks(blob))
    if (lacking.length > 0) await this.#getContents(lacking)
  }

  end(steps: readonly number[]): void {
    this.#record?.addSynced({ done: steps })
  }

  get #file(): string {
    return join(this.carrying.folder, this.request.id)
  }

  async #carryOut(): Promise<void> {
    let report: Reported
    try {
      report = await this.carrying.act(this)
    } catch (error) {
      report = { errors: reportedErrors(error) }
    }
    try {
      this.#record?.addSynced({ ended: report })
      this.#record?.close()
    } catch (error) {
      // The report is told all the same; after a restart it would be told as lost.
      this.carrying.problem(error)
    }
    this.#record = undefined
    this.report = report
    this.ended = performance.now()
    this.#listener?.wake()
  }

  #beginRecord(): RequestRecord {
    const { operation, target } = this.request
    const record = new RequestRecord(this.#file)
    record.add({ accepted: { operation, target, digest: this.digest } })
    for (const event of this.events) record.add({ event })
    return record
  }

  /** Over the link that there is; where it breaks, or there is none, over the next. */
  async #getContents(blobs: readonly Blob[]): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt++) {
      // oxlint-disable-next-line no-await-in-loop -- one link after the other
      const listener = this.#listener ?? (await this.#nextListener())
      try {
        // oxlint-disable-next-line no-await-in-loop
        return await this.carrying.needContents(blobs, listener.fetch)
      } catch (error) {
        if (!(error instanceof ProveError) || error.code !== 'PRV_LINK_LOST') throw error
        this.detach(listener)
      }
    }
    throw new ProveError('PRV_AGENT_REQUEST', 'the link broke again and again while a content was fetched', {
      hint: 'check the network between master and agent',
    })
  }

  async #nextListener(): Promise<Listener> {
    this.#isWaiting = true
    const timer = setTimeout(() => this.#arrive(), patience)
    await new Promise<void>((go) => this.#arrived.push(go))
    clearTimeout(timer)
    this.#isWaiting = false
    if (this.#listener !== undefined) return this.#listener
    throw new ProveError('PRV_AGENT_REQUEST', 'no master came back to send a content that a step needs', {
      hint: 'run it again; nothing of the step was done',
    })
  }

  #arrive(): void {
    for (const go of this.#arrived.splice(0)) go()
  }
}

/** Milliseconds that a step waits for the master to come back with what it needs. */
const patience = 60_000
