import { didYouMean, type Place } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { includedFrom } from './diagnostics.js'
import type { WrittenState } from './parse-states.js'
import type { Unit } from './units.js'

/** What finding needs to know of a unit. */
export type Referable = Pick<Unit, 'id' | 'prefix' | 'states' | 'chain'>

/** Finds states by the names that others call them: the nearest first. */
export class References {
  readonly #ids = new Set<string>()
  readonly #byName = new Map<string, string[]>()
  readonly #byInstance = new Map<string, Map<string, string[]>>()
  readonly #units = new Map<string, readonly string[]>()

  constructor(
    units: readonly Referable[],
    private readonly diagnostics: Diagnostics,
  ) {
    for (const unit of units) this.#add(unit)
  }

  #add({ id: unit, prefix, states, chain }: Referable): void {
    const near = this.#byInstance.get(prefix) ?? new Map<string, string[]>()
    this.#byInstance.set(prefix, near)
    for (const { name, place } of states) {
      const id = `${unit}:${name}`
      if (this.#ids.has(id)) {
        const message = `the state "${id}" is defined twice`
        includedFrom(this.diagnostics, chain).add('PRV_STATE_DUPLICATE', message, { place })
      }
      this.#ids.add(id)
      push(this.#byName, name, id)
      push(near, name, id)
    }
    this.#units.set(unit, [...(this.#units.get(unit) ?? []), ...states.map(({ name }) => `${unit}:${name}`)])
  }

  /** What has this full id: a state, or all states of a file. */
  #exactly(id: string): readonly string[] | undefined {
    return this.#ids.has(id) ? [id] : this.#units.get(id)
  }

  /**
   * The full ids that a name means: one state, or all of a state file. In the same file, then in the same instance of a
   * component, then everywhere. Empty after the error was noted.
   */
  find(name: string, unit: Referable, state: WrittenState, field: string): readonly string[] {
    const near = this.#byInstance.get(unit.prefix)?.get(name)
    const exact =
      this.#exactly(`${unit.id}:${name}`) ??
      (unit.prefix === '' ? undefined : this.#exactly(`${unit.prefix}/${name}`)) ??
      // A state of the same instance is nearer than a file elsewhere that happens to have its name.
      (unit.prefix !== '' && near !== undefined ? undefined : this.#exactly(name))
    if (exact !== undefined) return exact
    const found = near ?? this.#byName.get(name) ?? []
    if (found.length === 1) return found
    const place = placeOfReference(state, field, name)
    const diagnostics = includedFrom(this.diagnostics, unit.chain)
    if (found.length > 1) {
      const message = `${field}: "${name}" may be any of ${some(found)}`
      diagnostics.add('PRV_STATE_AMBIGUOUS', message, { place, hint: 'write the full id' })
    } else {
      const hint = didYouMean(name, [...this.#byName.keys(), ...this.#ids, ...this.#units.keys()])
      diagnostics.add('PRV_STATE_UNKNOWN', `${field}: there is no state "${name}"`, { place, hint })
    }
    return []
  }
}

const push = (map: Map<string, string[]>, key: string, value: string): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

const some = (ids: readonly string[]): string =>
  ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`

const placeOfReference = ({ name, loaded, parts }: WrittenState, field: string, wanted: string): Place => {
  for (const base of [[name], ...parts.map(({ path }) => path), ...parts.map(({ path }) => path.slice(0, -1))]) {
    const value = base.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], loaded.data)
    const list = (value as Record<string, unknown> | undefined)?.[field]
    if (list === wanted) return loaded.placeOf([...base, field])
    if (Array.isArray(list) && list.includes(wanted)) return loaded.placeOf([...base, field, list.indexOf(wanted)])
  }
  return loaded.placeOfKey([name])
}
