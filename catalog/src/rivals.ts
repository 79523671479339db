import type { CompiledPart, CompiledState, StateFunction } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { shownPath } from './shown-path.js'

interface Owner {
  readonly state: string
  readonly part: CompiledPart
}

/** Two parts that own a path as a whole would undo each other, run after run. */
export const tellRivals = (
  states: readonly CompiledState[],
  functions: { get(name: string): StateFunction | undefined },
  diagnostics: Diagnostics,
): void => {
  const owners = new Map<string, Owner>()
  for (const { id, of, parts } of states) {
    // Another run of a state is no rival of the first.
    if (of !== undefined) continue
    for (const part of parts) {
      const path = ownedBy(part, functions.get(part.fn))
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

/** Undefined also where a late value decides it. */
const ownedBy = ({ args, late = [] }: CompiledPart, fn: StateFunction | undefined): string | undefined => {
  const known = late.length === 0 ? args : { ...args, ...Object.fromEntries(late.map((name) => [name, undefined])) }
  const path: unknown = fn?.owns?.(known)
  return typeof path === 'string' ? path : undefined
}
