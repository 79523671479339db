import type { CompiledPart, CompiledState, StateFunction } from '@prove/core'
import { type Diagnostics, includedFrom } from './diagnostics.js'
import { order } from './order.js'
import { PartCompiler, type PartGround } from './part-compiler.js'
import { referencesOf } from './parse-states.js'
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
  const states = units.flatMap((unit) => {
    const own = includedFrom(diagnostics, unit.chain)
    const compiler = new PartCompiler(ground, unit, own)
    const compiled = unit.states.map((state) => {
      const find = (field: 'requires' | 'after'): readonly string[] =>
        referencesOf(state, field).flatMap((name) => references.find(name, unit, state, field))
      return {
        id: `${unit.id}:${state.name}`,
        parts: state.parts.flatMap((part) => compiler.compile(part, state) ?? []),
        requires: find('requires'),
        after: find('after'),
        place: state.place,
      }
    })
    for (const fact of compiler.needed) needed.add(fact)
    return compiled
  })
  tellRivals(states, ground, diagnostics)
  const ordered = order(states, diagnostics)
  return { states: ordered.map(({ id, parts, requires, place }) => ({ id, parts, requires, place })), needed }
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
