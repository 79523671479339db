import { ProveError } from '../error.js'
import { nearest } from '../nearest.js'

interface Registered<T> {
  readonly item: T
  readonly plugin: string
  /** The place of its plugin among all. */
  readonly place: number
}

/** Named things of one kind, and the plugin that each came from; in the order of the plugins, whenever each of them came. */
export class Registry<T extends { readonly name: string }> {
  readonly #items = new Map<string, Registered<T>>()
  #plugin = 'core'
  #place = 0

  constructor(
    /** For errors: "state function". */
    readonly what: string,
    /** Or what is wrong with it, for errors. */
    private readonly isValid: (item: T) => boolean | string,
  ) {}

  /** Who registers from now on. */
  belongsTo(plugin: string, place: number): void {
    this.#plugin = plugin
    this.#place = place
  }

  /** Throws PRV_PLUGIN_SHAPE or PRV_PLUGIN_DUPLICATE, naming the plugin. */
  add(item: T): void {
    const plugin = this.#plugin
    const isNamed = typeof item === 'object' && item !== null && typeof item.name === 'string'
    const valid = isNamed && this.isValid(item)
    if (valid !== true) {
      const name = typeof item?.name === 'string' ? ` "${item.name}"` : ''
      const fault = typeof valid === 'string' ? `, ${valid}` : ''
      const message = `the plugin "${plugin}" registers a ${this.what}${name} of the wrong shape${fault}`
      throw new ProveError('PRV_PLUGIN_SHAPE', message, { hint: 'compare it with the contract in @prove/core' })
    }
    const other = this.#items.get(item.name)
    if (other !== undefined) {
      const message = `the plugins "${other.plugin}" and "${plugin}" both register the ${this.what} "${item.name}"`
      throw new ProveError('PRV_PLUGIN_DUPLICATE', message, { hint: 'list only one of them' })
    }
    this.#items.set(item.name, { item, plugin, place: this.#place })
  }

  get(name: string): T | undefined {
    return this.#items.get(name)?.item
  }

  /** The plugin that registered this name. */
  pluginOf(name: string): string | undefined {
    return this.#items.get(name)?.plugin
  }

  get names(): readonly string[] {
    return this.all.map(({ name }) => name)
  }

  get all(): readonly T[] {
    return [...this.#items.values()].toSorted((a, b) => a.place - b.place).map(({ item }) => item)
  }

  nearest(name: string): string | undefined {
    return nearest(name, this.names)
  }
}
