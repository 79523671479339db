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
      const claim = claimOf(part, id, functions.get(part.fn))
      if (claim === undefined) continue
      const other = claims.get(claim.path)
      if (other !== undefined && (other.isWhole || claim.isWhole)) tell(claim, other, diagnostics)
      // Who comes later is a rival of the owner.
      if (other === undefined || (claim.isWhole && !other.isWhole)) claims.set(claim.path, claim)
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

/** Undefined also where a late value decides it. */
const claimOf = (part: CompiledPart, state: string, fn: StateFunction | undefined): Claim | undefined => {
  const { args, late = [] } = part
  const known = late.length === 0 ? args : { ...args, ...Object.fromEntries(late.map((name) => [name, undefined])) }
  const owned: unknown = fn?.owns?.(known)
  if (typeof owned === 'string') return { state, part, path: owned, isWhole: true }
  const edited: unknown = fn?.edits?.(known)
  return typeof edited === 'string' ? { state, part, path: edited, isWhole: false } : undefined
}
