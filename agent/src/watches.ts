import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, type CompiledState, type Kernel, selectStates, type StatesRequest } from '@prove/core'
import { makePrivateFolder, writePrivate } from '@prove/link'
import type { Log } from './log.js'
import { PathWatch } from './path-watch.js'

/** An apply that was carried out: what the host is to be, until the next one of the same catalog. */
export interface Applied {
  readonly target: string
  readonly request: StatesRequest
}

export interface WatchOptions {
  readonly folder: string
  readonly kernel: Pick<Kernel, 'functions'>
  /** Told when a path has changed. */
  readonly changed: (path: string) => void
  readonly log: Log
}

/** The paths that states have watched, and what is done when one of them changes. */
export class Watches {
  readonly #applied = new Map<string, Applied>()
  readonly #watching = new Map<string, PathWatch>()

  constructor(private readonly options: WatchOptions) {
    makePrivateFolder(options.folder)
    for (const name of readdirSync(options.folder)) {
      try {
        this.#applied.set(name, JSON.parse(readFileSync(join(options.folder, name), 'utf8')) as Applied)
      } catch (error) {
        options.log.problem(error)
      }
    }
  }

  /** The states that are applied again when something changes, and what they speak of. */
  get states(): readonly CompiledState[] {
    return [...this.#applied.values()].flatMap((applied) => this.statesOf(applied))
  }

  /** Those of one apply; none where it has nothing watched. */
  statesOf({ request }: Applied): readonly CompiledState[] {
    const ids = this.#notifiedIn(request)
    return ids.size === 0 ? [] : selectStates(request.states, ids)
  }

  /** What is applied again when a path has changed, as it was declared last: nothing where it is watched no longer. */
  notifiedBy(path: string): readonly Applied[] {
    return [...this.#applied.values()].flatMap(({ target, request }) => {
      const ids = this.#notifiedIn(request, path)
      return ids.size === 0 ? [] : [{ target, request: { ...request, states: selectStates(request.states, ids) } }]
    })
  }

  /** Watches what is to be watched, and nothing else; what is watched already goes on being watched. */
  start(): void {
    const wanted = this.#paths()
    for (const [path, each] of this.#watching) {
      if (wanted.has(path)) continue
      each.close()
      this.#watching.delete(path)
    }
    for (const path of wanted) {
      if (!this.#watching.has(path)) this.#watching.set(path, new PathWatch(path, () => this.options.changed(path)))
    }
  }

  /** The host was brought to states: those of its catalog before are not watched any more. */
  keep(applied: Applied): void {
    const { request } = applied
    // A state that somebody typed says nothing about the others.
    if (request.states.every(({ place }) => place.file === 'command line')) return
    const name = createHash('sha256').update(canonicalJson(request.owner)).digest('hex').slice(0, 32)
    const file = join(this.options.folder, name)
    const isWatched = this.#notifiedIn(request).size > 0
    if (!isWatched && !this.#speaksOf(request, this.#applied.get(name))) return
    if (isWatched) {
      writePrivate(file, JSON.stringify(applied))
      this.#applied.set(name, applied)
    } else {
      rmSync(file, { force: true })
      this.#applied.delete(name)
    }
    this.start()
  }

  /** Whether a run without anything to watch was about the files whose states had something watched. */
  #speaksOf({ states }: StatesRequest, before: Applied | undefined): boolean {
    const watching = before?.request.states.filter((state) => this.#pathsOf(state).length > 0) ?? []
    return watching.some(({ place }) => states.some((state) => state.place.file === place.file))
  }

  stop(): void {
    for (const each of this.#watching.values()) each.close()
    this.#watching.clear()
  }

  #paths(): ReadonlySet<string> {
    const all = [...this.#applied.values()].flatMap(({ request }) => request.states)
    return new Set(all.flatMap((state) => [...this.#pathsOf(state)]))
  }

  #pathsOf(state: CompiledState): readonly string[] {
    return state.parts.flatMap(({ fn, args }) => this.options.kernel.functions.get(fn)?.native?.watch(args) ?? [])
  }

  /** What states of a request notify that watch something; only this path, where one is given. */
  #notifiedIn({ states }: StatesRequest, path?: string): ReadonlySet<string> {
    const watching = states.filter((state) => {
      const paths = this.#pathsOf(state)
      return path === undefined ? paths.length > 0 : paths.includes(path)
    })
    return new Set(
      watching.flatMap(({ notifications }) =>
        notifications.flatMap(({ on, states: ids }) => (on === 'changed' ? ids : [])),
      ),
    )
  }
}
