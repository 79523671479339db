import { didYouMean, isMap, type Place, type ValuePath } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { includedFrom } from './diagnostics.js'
import type { ExpandedState } from './expand.js'
import type { WrittenState } from './parse-states.js'
import type { Unit } from './units.js'
import { valueAt } from './value-at.js'

/** What finding needs to know of a unit. */
export interface Referable extends Pick<Unit, 'id' | 'prefix' | 'chain'> {
  readonly states: readonly Pick<ExpandedState, 'name' | 'place' | 'inherited' | 'group'>[]
}

/** Finds states by the names that others call them: the nearest first. */
export class References {
  readonly #ids = new Set<string>()
  readonly #groups = new Set<string>()
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
    for (const { name, place, group } of states) {
      const id = `${unit}:${name}`
      if (group !== undefined) this.#groups.add(id)
      if (this.#ids.has(id)) {
        const message = `the state "${id}" is defined twice`
        includedFrom(this.diagnostics, chain).add('PRV_STATE_DUPLICATE', message, { place })
      }
      this.#ids.add(id)
      for (const each of namesFor(name)) {
        push(this.#byName, each, id)
        push(near, each, id)
      }
    }
    // A group stands for what is written in it.
    const own = states.filter(({ inherited }) => inherited.length === 0).map(({ name }) => `${unit}:${name}`)
    for (const each of prefix === '' ? [unit] : [unit, prefix]) {
      this.#units.set(each, [...(this.#units.get(each) ?? []), ...own])
    }
  }

  /** What has this full id: a state, or all states of a file. */
  #exactly(id: string): readonly string[] | undefined {
    return this.#ids.has(id) ? [id] : this.#units.get(id)
  }

  /** The one state whose outputs are meant; undefined after the error was noted. */
  findOutputs(name: string, unit: Referable, state: WrittenState): string | undefined {
    const found = this.find(name, unit, state, 'outputs')
    const [id] = found
    if (id === undefined || (found.length === 1 && !this.#groups.has(id))) return id
    const what = found.length === 1 ? `the group ${id}` : `the states ${some(found)}`
    includedFrom(this.diagnostics, unit.chain).add('PRV_LATE_INVALID', `outputs: "${name}" means ${what}`, {
      place: placeOfReference(state, 'outputs', name),
      hint: 'name one state that has parts',
    })
    return undefined
  }

  /** In the groups around the state that asks, the inner ones first. */
  #sibling(name: string, unit: Referable, state: Pick<WrittenState, 'name'>): readonly string[] | undefined {
    const around = state.name.split('/').slice(0, -1)
    for (let depth = around.length; depth > 0; depth--) {
      const found = this.#exactly(`${unit.id}:${[...around.slice(0, depth), name].join('/')}`)
      if (found !== undefined) return found
    }
    return undefined
  }

  /**
   * The full ids that a name means: one state, or all of a state file or of an instance of a component. In the same group,
   * in the same file, then in the same instance, then everywhere. Empty after the error was noted, at `path` where the name
   * does not stand in a field.
   */
  find(name: string, unit: Referable, state: WrittenState, field: string, path?: ValuePath): readonly string[] {
    const near = this.#byInstance.get(unit.prefix)?.get(name)
    const exact =
      this.#sibling(name, unit, state) ??
      this.#exactly(`${unit.id}:${name}`) ??
      (unit.prefix === '' ? undefined : this.#exactly(`${unit.prefix}/${name}`)) ??
      // A state of the same instance is nearer than a file elsewhere that happens to have its name.
      (unit.prefix !== '' && near !== undefined ? undefined : this.#exactly(name))
    if (exact !== undefined) return exact
    const found = near ?? this.#byName.get(name) ?? []
    if (found.length === 1) return found
    const place = path === undefined ? placeOfReference(state, field, name) : state.loaded.placeOf(path)
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

/** A state that is written in a group is also known by its own name alone. */
const namesFor = (name: string): readonly string[] => {
  const last = /\/([^/]+)$/.exec(name)?.[1]
  return last === undefined ? [name] : [name, last]
}

const push = (map: Map<string, string[]>, key: string, value: string): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

const some = (ids: readonly string[]): string =>
  ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`

const placeOfReference = (state: WrittenState, field: string, wanted: string): Place => {
  const { path: own, loaded, parts } = state
  if (field === 'outputs') {
    const asked = pathOfOutputs(valueAt(loaded.data, own), wanted, own)
    return asked === undefined ? loaded.placeOfKey(own) : loaded.placeOf(asked)
  }
  for (const base of [own, ...parts.map(({ path }) => path), ...parts.map(({ path }) => path.slice(0, -1))]) {
    const value = valueAt(loaded.data, base)
    const list = (value as Record<string, unknown> | undefined)?.[field]
    if (list === wanted) return loaded.placeOf([...base, field])
    const items: readonly unknown[] = Array.isArray(list) ? list : []
    const at = items.findIndex((item) => item === wanted || (isMap(item) && item['state'] === wanted))
    if (at >= 0) return loaded.placeOf([...base, field, at])
    if (isMap(list) && list['state'] === wanted) return loaded.placeOf([...base, field, 'state'])
  }
  return loaded.placeOfKey(own)
}

/** Where the outputs of a state are first asked for: in the text of an expression, or in a tree of one. */
const pathOfOutputs = (value: unknown, wanted: string, path: ValuePath): ValuePath | undefined => {
  if (typeof value === 'string') return /\boutputs\b/.test(value) && value.includes(wanted) ? path : undefined
  if (isMap(value) && value['kind'] === 'outputs' && value['state'] === wanted) return path
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = pathOfOutputs(inner, wanted, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}
