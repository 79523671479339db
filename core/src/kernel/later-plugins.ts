import { assertPlugin, type Plugin } from './plugin.js'

/** What a plugin brings, as far as finding it takes: names, and how names begin, which end with a dot. */
export interface Brings {
  /** State functions and meta-states. */
  readonly functions?: readonly string[]
  readonly executors?: readonly string[]
  readonly transports?: readonly string[]
  readonly inventories?: readonly string[]
}

/** A plugin that is loaded when something of it is asked for. It brings named things, and listens to no moment of a run. */
export interface LaterPlugin {
  readonly asked: string
  readonly brings: Brings
  /** Undefined: it is not installed, and need not be. */
  load(): Promise<unknown>
}

interface Waiting {
  readonly plugin: LaterPlugin
  readonly place: number
  loaded?: Promise<void>
}

/** Plugins that nothing was asked of so far. */
export class LaterPlugins {
  readonly #waiting: Set<Waiting>

  constructor(
    plugins: readonly { readonly plugin: LaterPlugin; readonly place: number }[],
    /** Takes a plugin in, at its place among all. */
    private readonly take: (plugin: Plugin, place: number) => void,
  ) {
    this.#waiting = new Set(plugins.map((each) => ({ ...each })))
  }

  lacks(kind?: keyof Brings, name?: string): boolean {
    return this.#with(kind, name).length > 0
  }

  async bring(kind?: keyof Brings, name?: string): Promise<void> {
    await Promise.all(this.#with(kind, name).map((each) => (each.loaded ??= this.#load(each))))
  }

  #with(kind: keyof Brings | undefined, name: string | undefined): readonly Waiting[] {
    return [...this.#waiting].filter(({ plugin: { brings } }) => kind === undefined || mayBring(brings[kind], name))
  }

  async #load(waiting: Waiting): Promise<void> {
    const { plugin, place } = waiting
    const loaded = await plugin.load()
    if (loaded !== undefined) this.take(assertPlugin(loaded, plugin.asked), place)
    this.#waiting.delete(waiting)
  }
}

const mayBring = (names: readonly string[] | undefined, name: string | undefined): boolean =>
  names !== undefined &&
  (name === undefined || names.some((each) => (each.endsWith('.') ? name.startsWith(each) : name === each)))
