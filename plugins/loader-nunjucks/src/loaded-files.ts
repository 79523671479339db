import type { Loaded, Loader } from '@prove/core'
import type { Rendered } from './output.js'

interface Known {
  readonly rendered: Rendered
  readonly loaded: Loaded
}

/** How many different renderings of a file are kept, and of how many files. */
const maxRenderings = 8
const maxFiles = 1000

/**
 * What was loaded from equal text that came from equal places: targets that a template renders alike for share one object,
 * so that the states in it are read once.
 */
export class LoadedFiles {
  readonly #known = new WeakMap<Loader, Map<string, readonly Known[]>>()

  find(
    loader: Loader,
    file: string,
    rendered: Rendered,
    load: () => Loaded | Promise<Loaded>,
  ): Loaded | Promise<Loaded> {
    const files = this.#known.get(loader) ?? new Map<string, readonly Known[]>()
    this.#known.set(loader, files)
    const known = files.get(file)?.find((each) => each.rendered.equals(rendered))
    if (known !== undefined) return known.loaded
    const remember = (loaded: Loaded): Loaded => {
      const others = files.get(file) ?? []
      files.delete(file)
      files.set(file, [{ rendered, loaded }, ...others.slice(0, maxRenderings - 1)])
      const [oldest] = files.keys()
      if (files.size > maxFiles && oldest !== undefined) files.delete(oldest)
      return loaded
    }
    const loaded = load()
    return loaded instanceof Promise ? loaded.then(remember) : remember(loaded)
  }
}
