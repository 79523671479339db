import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HistoryLimits, ProveEvent } from '@prove/core'
import { placeFor } from '../catalog-place.js'
import { type LastRun, lastRunOf } from './last-run.js'
import { runsToRemove } from './retention.js'
import { eventsIn, type KeptRun, keptRun } from './run-file.js'
import { findRun, isRunId, newRunId } from './run-id.js'
import { RunWriter } from './run-writer.js'

/** Takes the events of one run. */
export interface Recorder {
  take(event: ProveEvent): void
  /** Resolves to why the run was not kept, where it was not. */
  end(): Promise<string | undefined>
}

/** Operations whose runs are kept: those that compile states. */
const kept: readonly string[] = ['plan', 'apply']

/** The runs of one catalog, kept on the master: a file of events for each. */
export class History {
  readonly #folder: string | undefined

  constructor(
    catalogFolder: string,
    private readonly limits: HistoryLimits,
  ) {
    this.#folder = placeFor('XDG_STATE_HOME', catalogFolder, 'runs')
  }

  /** Keeps the run that is to begin, if it is of a kind that is kept. */
  recorder(): Recorder {
    let isKept = false
    let writer: RunWriter | undefined
    return {
      take: (event) => {
        if (event.type === 'run' && kept.includes(event.operation)) {
          isKept = true
          writer = this.#begin(event.id)
          // While the targets are waited for, the room for it is made.
          const { keep } = this.limits
          if (keep > 1) setImmediate(() => this.#prune({ ...this.limits, keep: keep - 1 }, event.id))
        }
        writer?.take(event)
      },
      end: async () => {
        const problem = await writer?.end()
        if (isKept) this.#prune(this.limits)
        return problem
      },
    }
  }

  /** The ids of all, the newest first. */
  ids(): readonly string[] {
    if (this.#folder === undefined) return []
    try {
      return readdirSync(this.#folder)
        .flatMap((name) => (name.endsWith(extension) ? [name.slice(0, -extension.length)] : []))
        .filter(isRunId)
        .toSorted()
        .toReversed()
    } catch {
      return []
    }
  }

  /** All, the newest first, each read when it is asked for. */
  *runs(): Iterable<KeptRun> {
    for (const id of this.ids()) {
      const run = keptRun(this.#fileOf(id), id)
      if (run !== undefined) yield run
    }
  }

  /** The run that was meant, and its events. Throws PRV_RUN_UNKNOWN. */
  find(asked: string): { readonly kept: KeptRun | undefined; readonly events: readonly ProveEvent[] } {
    const id = findRun(this.ids(), asked)
    const file = this.#fileOf(id)
    return { kept: keptRun(file, id), events: eventsIn(file) }
  }

  /** The newest apply of a target that came to its end there. */
  lastApplyOf(target: string): LastRun | undefined {
    for (const { id, run } of this.runs()) {
      if (run.operation !== 'apply' || !run.targets.includes(target)) continue
      const last = lastRunOf(target, [run, ...eventsIn(this.#fileOf(id), target)])
      if (last !== undefined) return last
    }
    return undefined
  }

  #begin(id: string): RunWriter | undefined {
    return this.limits.keep === 0 || this.#folder === undefined || !isRunId(id)
      ? undefined
      : new RunWriter(this.#fileOf(id))
  }

  #fileOf(id: string): string {
    return join(this.#folder ?? '', `${id}${extension}`)
  }

  #bytesOf(ids: readonly string[]): number {
    const sizes = ids.map((id) => statSync(this.#fileOf(id), { throwIfNoEntry: false })?.size ?? 0)
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  /** What another run removed meanwhile is gone; what cannot be removed stays. */
  #prune(limits: HistoryLimits, current?: string): void {
    const { keep, days, megabytes } = limits
    const ids = this.ids().filter((id) => id !== current)
    // To read them all takes longer than a small plan: that is done for a tenth of them together.
    const many = keep + Math.floor(keep / 10)
    if (days === undefined && ids.length <= many && this.#bytesOf(ids) <= megabytes * 1_000_000) return
    const runs = [...this.runs()].filter(({ id }) => id !== current)
    const readable = new Set(runs.map(({ id }) => id))
    // A run that has just begun has written nothing yet.
    const yesterday = newRunId(new Date(Date.now() - 24 * 3600 * 1000))
    const broken = ids.filter((id) => !readable.has(id) && id < yesterday)
    for (const id of [...broken, ...runsToRemove(runs, limits, new Date())]) {
      try {
        rmSync(this.#fileOf(id), { force: true })
      } catch {
        continue
      }
    }
  }
}

const extension = '.jsonl'
