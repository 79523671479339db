import type { CompiledPart, CompiledState, StateFunction } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { shownPath } from './shown-path.js'

interface Claim {
  readonly state: string
  readonly part: CompiledPart
  readonly path: string
  /** False: it keeps a piece of what the path holds. */
  readonly isWhole: boolean
}

/**
 * Two parts that own a path as a whole would undo each other, run after run; so would an owner and one that keeps a piece. Several that
 * keep a piece each do not.
 */
export const tellRivals = (
  states: readonly CompiledState[],
  functions: { get(name: string): StateFunction | undefined },
  diagnostics: Diagnostics,
): void => {
  const claims = new Map<string, Claim>()
  for (const { id, of, parts } of states) {
    // Another run of a state is no rival of the first.
    if (of !== undefined) continue
    for (const part of parts) {
      // Two trees may have a thousand paths in common: one is told of each rival.
      const told = new Set<CompiledPart>()
      for (const claim of claimsOf(part, id, functions.get(part.fn))) {
        const other = claims.get(claim.path)
        if (other !== undefined && (other.isWhole || claim.isWhole) && !told.has(other.part)) {
          told.add(other.part)
          tell(claim, other, diagnostics)
        }
        // Who comes later is a rival of the owner.
        if (other === undefined || (claim.isWhole && !other.isWhole)) claims.set(claim.path, claim)
      }
    }
  }
}

const tell = ({ path, part, isWhole }: Claim, other: Claim, diagnostics: Diagnostics): void => {
  const { file, line } = other.part.place
  const does = other.isWhole ? `${isWhole ? 'also ' : ''}owned as a whole` : 'edited'
  const message = `"${path}" is ${does} by ${other.part.fn} of ${other.state} at ${shownPath(file)}:${line}`
  const hint = 'let one state own the path, or choose between the two with a condition'
  diagnostics.add('PRV_STATE_WRITERS', message, { place: part.place, hint })
}

/** None also where a late value decides it. */
const claimsOf = (part: CompiledPart, state: string, fn: StateFunction | undefined): readonly Claim[] => {
  const { args, late = [] } = part
  const known = late.length === 0 ? args : { ...args, ...Object.fromEntries(late.map((name) => [name, undefined])) }
  const owned = fn?.owns?.(known)
  if (owned !== undefined) return pathsOf(owned).map((path) => ({ state, part, path, isWhole: true }))
  const edited = fn?.edits?.(known)
  return edited === undefined ? [] : [{ state, part, path: edited, isWhole: false }]
}

const pathsOf = (owned: string | readonly string[]): readonly string[] => (typeof owned === 'string' ? [owned] : owned)
