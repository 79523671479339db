import { didYouMean } from '@prove/core'
import type { WrittenFile } from './compile.js'
import type { Diagnostics } from './diagnostics.js'
import type { WrittenState } from './parse-states.js'

/** Finds states by the names that others call them: in the same file first, then everywhere. */
export class References {
  readonly #ids = new Set<string>()
  readonly #byName = new Map<string, string[]>()

  constructor(
    files: readonly WrittenFile[],
    private readonly diagnostics: Diagnostics,
  ) {
    for (const { name: file, states } of files) {
      for (const { name, place } of states) {
        const id = `${file}:${name}`
        if (this.#ids.has(id)) diagnostics.add('PRV_STATE_DUPLICATE', `the state "${id}" is defined twice`, { place })
        this.#ids.add(id)
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), id])
      }
    }
  }

  /** The full id, or undefined after the error was noted. */
  find(name: string, file: WrittenFile, state: WrittenState, field: string): string | undefined {
    const near = `${file.name}:${name}`
    if (this.#ids.has(near)) return near
    if (this.#ids.has(name)) return name
    const [found, ...others] = this.#byName.get(name) ?? []
    if (found !== undefined && others.length === 0) return found
    const place = this.#placeOf(state, field, name)
    if (found !== undefined) {
      const candidates = [found, ...others].join(', ')
      this.diagnostics.add('PRV_STATE_UNKNOWN', `"${name}" may be any of ${candidates}`, {
        place,
        hint: 'write the full id',
      })
    } else {
      const known = [...this.#byName.keys(), ...this.#ids]
      this.diagnostics.add('PRV_STATE_UNKNOWN', `${field}: there is no state "${name}"`, {
        place,
        hint: didYouMean(name, known),
      })
    }
    return undefined
  }

  #placeOf({ name, loaded, parts }: WrittenState, field: string, wanted: string): ReturnType<typeof loaded.placeOf> {
    for (const base of [[name], ...parts.map(({ path }) => path), ...parts.map(({ path }) => path.slice(0, -1))]) {
      const value = base.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], loaded.data)
      const list = (value as Record<string, unknown> | undefined)?.[field]
      if (list === wanted) return loaded.placeOf([...base, field])
      if (Array.isArray(list) && list.includes(wanted)) return loaded.placeOf([...base, field, list.indexOf(wanted)])
    }
    return loaded.placeOfKey([name])
  }
}
