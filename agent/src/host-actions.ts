import { join } from 'node:path'
import {
  type ActionEvent,
  type Awaiting,
  type Blob,
  type Executor,
  Interruption,
  type Kernel,
  knownErrors,
  type LockOwner,
  type Operation,
  ProveError,
  reachByShell,
  type StatesRequest,
} from '@prove/core'
import { contentsIn } from '@prove/link'
import { ContentStore, type Fetch } from './content-store.js'
import type { AgentKeys } from './agent-keys.js'
import { keyOperation } from './key-operations.js'
import { OwnRuns } from './own-runs.js'
import type { Log } from './log.js'
import { RecordedSession, type StepWatch } from './recorded-session.js'
import type { Reported } from './report.js'
import type { Carrying, RequestRun } from './request-run.js'
import { Requests } from './requests.js'
import { type Applied, Watches } from './watches.js'

export interface HostOptions {
  readonly keys: AgentKeys
  readonly kernel: Kernel
  /** How the host is reached that this runs on. */
  readonly local: Executor
  /** Where is kept what must not be forgotten. */
  readonly stateFolder: string
  readonly log: Log
}

/** Days that contents are kept which nothing uses. */
const keptContents = 30

/** How often it is tidied up, in milliseconds. */
const tidying = 3600 * 1000

/** What an agent does to its host: what masters ask for, and what it has been left to watch. */
export class HostActions implements Carrying {
  readonly requests: Requests
  readonly folder: string
  readonly #contents: ContentStore
  readonly #watches: Watches
  readonly #ownRuns: OwnRuns
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly options: HostOptions) {
    const { stateFolder, kernel, log } = options
    this.folder = join(stateFolder, 'requests')
    this.#contents = new ContentStore(join(stateFolder, 'contents'))
    this.requests = new Requests(this)
    const { requests } = this
    this.#ownRuns = new OwnRuns({ isBusy: () => requests.isBusy, idle: () => requests.idle(), log })
    const changed = (path: string): void => {
      log.info(`"${path}" has changed`)
      this.#ownRuns.add(() => this.#putRight(path))
    }
    this.#watches = new Watches({ folder: join(stateFolder, 'watches'), kernel, changed, log })
  }

  start(): void {
    this.#tidy()
    this.#watches.start()
    this.#timer = setInterval(() => this.#tidy(), tidying)
    this.#timer.unref()
  }

  /** Nothing is begun any more. Resolves when all has ended that was. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#watches.stop()
    this.requests.close()
    await Promise.all([this.requests.idle(), this.#ownRuns.stop()])
  }

  readonly problem = (error: unknown): void => this.options.log.problem(error)

  readonly lacks = (blob: Blob): boolean => this.#contents.lacks(blob)

  readonly needContents = (blobs: readonly Blob[], fetch: Fetch): Promise<void> => this.#contents.need(blobs, fetch)

  readonly act = async (run: RequestRun): Promise<Reported> => {
    const { kernel, log } = this.options
    const { operation: name, request, target, owner } = run.request
    const aboutKeys = keyOperation(this.options.keys, name, request)
    if (aboutKeys !== undefined) return { result: aboutKeys }
    const operation = kernel.operations.get(name)
    if (operation === undefined) {
      throw new ProveError('PRV_AGENT_REQUEST', `this agent has no operation "${name}"`, {
        hint: 'bring master and agent to versions of Prove that are alike',
      })
    }
    log.info(`${name} for ${owner.who}: request ${run.request.id}`)
    try {
      const { interruption, emit } = run
      // What it does of its own accord is no reason to refuse a master.
      if (operation.changes === true) await this.#ownRuns.over(interruption)
      const watch = { begin: run.begin.bind(run), end: run.end.bind(run) }
      const report = await this.#carryOut({ operation, request, target, owner, watch, interruption, emit })
      if (name === 'apply') await this.#keepWatching(run)
      return report
    } catch (error) {
      if (knownErrors(error).length === 0) log.problem(error)
      throw error
    } finally {
      log.info(`${name} has ended: request ${run.request.id}`)
    }
  }

  /** What is watched from now on, and what putting it right takes: when somebody changes it, no master may be there. */
  async #keepWatching(run: RequestRun): Promise<void> {
    const { target, request } = run.request
    const applied = { target, request: request as StatesRequest }
    try {
      await run.need([...contentsIn(this.#watches.statesOf(applied)).values()])
      this.#watches.keep(applied)
    } catch (error) {
      // The states themselves are as they were declared.
      this.options.log.problem(error)
    }
  }

  async #carryOut({ operation, request, target, owner, watch, interruption, emit }: CarriedOut): Promise<Reported> {
    const { kernel, local } = this.options
    const to = { target, host: 'localhost' }
    const reached = await reachByShell({
      target,
      kernel,
      blobs: this.#contents,
      isAgent: true,
      open: (command) => local.open({ shell: '/bin/sh' }, command, to),
      lock: operation.changes === true ? owner : undefined,
      around: (session) => new RecordedSession(session, kernel, watch),
    })
    try {
      const result = await reached.act(operation, request, { interruption, emit })
      return { result: { ...result }, facts: reached.allFacts }
    } finally {
      await reached.close()
    }
  }

  /** Puts right what somebody changed, by what is declared now: a master may have declared something else meanwhile. */
  async #putRight(path: string): Promise<void> {
    for (const applied of this.#watches.notifiedBy(path)) {
      // oxlint-disable-next-line no-await-in-loop -- one catalog after the other
      await this.#applyAgain(applied, path)
    }
  }

  async #applyAgain({ target, request }: Applied, path: string): Promise<void> {
    const { kernel, log } = this.options
    const operation = kernel.operations.get('apply')
    if (operation === undefined) return
    const owner = { who: `the agent, since "${path}" changed`, since: new Date().toISOString() }
    const watch = { begin: () => Promise.resolve(), end: () => undefined }
    const emit = (event: ActionEvent): void => {
      if (event.type !== 'invocation' || event.outcome === 'ok' || event.outcome === 'skipped') return
      log.info(`${event.state}: ${event.outcome}${event.reason === undefined ? '' : `: ${event.reason}`}`)
    }
    await this.#carryOut({ operation, request, target, owner, watch, interruption: new Interruption(), emit })
  }

  #tidy(): void {
    // What is watched may want its contents when no master is there.
    for (const blob of contentsIn(this.#watches.states).values()) this.#contents.lacks(blob)
    this.#contents.removeUnused(keptContents)
    this.requests.removeOld()
  }
}

interface CarriedOut extends Awaiting {
  readonly operation: Operation
  readonly request: unknown
  readonly target: string
  readonly owner: LockOwner
  readonly watch: StepWatch
}
