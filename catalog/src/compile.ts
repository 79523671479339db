import type { CompiledPart, CompiledState, Notification, StateFunction } from '@prove/core'
import { type Diagnostics, includedFrom } from './diagnostics.js'
import { order } from './order.js'
import { PartCompiler, type PartGround } from './part-compiler.js'
import { listOf } from './fields.js'
import { type ReferenceField, referencesOf, type WrittenState } from './parse-states.js'
import { References } from './references.js'
import { shownPath } from './shown-path.js'
import type { Unit } from './units.js'

/** States in the order they will run, and the facts that must be gathered before they can be known. */
export interface Compilation {
  readonly states: readonly CompiledState[]
  readonly needed: ReadonlySet<string>
}

/**
 * Makes plain data of written states: arguments validated, references resolved, in the order they will run. Where errors
 * were told, the states are those that are left.
 */
export const compile = (units: readonly Unit[], ground: PartGround, diagnostics: Diagnostics): Compilation => {
  const references = new References(units, diagnostics)
  const needed = new Set<string>()
  const listeners = new Listeners()
  const written = units.flatMap((unit) => {
    const compiler = new PartCompiler(ground, unit, includedFrom(diagnostics, unit.chain))
    const compiled = unit.states.map((state) => {
      const id = `${unit.id}:${state.name}`
      const find = (field: ReferenceField): readonly string[] =>
        referencesOf(state, field).flatMap((name) => references.find(name, unit, state, field))
      const listens = listeners.add(id, 'changed', find('listen')) + listeners.add(id, 'failed', find('listen_failure'))
      return {
        id,
        parts: state.parts.flatMap((part) => compiler.compile(part, state) ?? []),
        requires: find('requires'),
        after: find('after'),
        lazy: listens > 0 || state.fields.lazy === true || state.parts.some(({ fields }) => fields.lazy === true),
        notifications: notificationsOf(state, (name, field) => references.find(name, unit, state, field)),
        place: state.place,
      }
    })
    for (const fact of compiler.needed) needed.add(fact)
    return compiled
  })
  const states = written.map((state) => ({
    ...state,
    notifications: [...state.notifications, ...listeners.of(state.id)],
  }))
  tellRivals(states, ground, diagnostics)
  const ordered = order(states, diagnostics).map(
    ({ id, parts, requires, lazy, notifications, place }): CompiledState => ({
      id,
      parts,
      requires,
      lazy,
      notifications,
      place,
    }),
  )
  return { states: ordered, needed }
}

/** What a state says about whom it notifies: for all of its parts, or for one. */
const notificationsOf = (
  { fields, parts }: WrittenState,
  find: (name: string, field: ReferenceField) => readonly string[],
): readonly Notification[] =>
  [{ fields, part: undefined }, ...parts.map((part, i) => ({ fields: part.fields, part: i }))].flatMap(
    ({ fields: own, part }) =>
      (['notify', 'notify_failure'] as const).flatMap((field) => {
        const states = listOf(own[field]).flatMap((name) => find(name, field))
        const on = field === 'notify' ? ('changed' as const) : ('failed' as const)
        return states.length === 0 ? [] : [{ on, ...(part === undefined ? {} : { part }), states }]
      }),
  )

/** The inverse of notifications, written at the receiver. */
class Listeners {
  readonly #byState = new Map<string, Notification[]>()

  /** Returns how many states it listens to. */
  add(receiver: string, on: Notification['on'], states: readonly string[]): number {
    for (const id of states) this.#byState.set(id, [...this.of(id), { on, states: [receiver] }])
    return states.length
  }

  of(id: string): readonly Notification[] {
    return this.#byState.get(id) ?? []
  }
}

interface Owner {
  readonly state: string
  readonly part: CompiledPart
}

/** Two parts that own a path as a whole would undo each other, run after run. */
const tellRivals = (
  states: readonly CompiledState[],
  { functions }: { readonly functions: { get(name: string): StateFunction | undefined } },
  diagnostics: Diagnostics,
): void => {
  const owners = new Map<string, Owner>()
  for (const { id, parts } of states) {
    for (const part of parts) {
      const path = functions.get(part.fn)?.owns?.(part.args)
      if (path === undefined) continue
      const other = owners.get(path)
      if (other === undefined) {
        owners.set(path, { state: id, part })
        continue
      }
      const { file, line } = other.part.place
      const message = `"${path}" is also owned as a whole by ${other.part.fn} of ${other.state} at ${shownPath(file)}:${line}`
      const hint = 'let one state own the path, or choose between the two with a condition'
      diagnostics.add('PRV_STATE_WRITERS', message, { place: part.place, hint })
    }
  }
}
