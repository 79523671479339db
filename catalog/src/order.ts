import type { CompiledState } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'

/** A state with its edges, before the order is known. */
export interface UnorderedState extends CompiledState {
  readonly after: readonly string[]
}

/**
 * Hard edges first, then the order of declaration: each state comes as early as its edges allow. A cycle is an error that
 * prints the cycle.
 */
export const order = (states: readonly UnorderedState[], diagnostics: Diagnostics): readonly UnorderedState[] => {
  const byId = new Map(states.map((state) => [state.id, state]))
  const ordered: UnorderedState[] = []
  const done = new Set<string>()
  const reported = new Set<string>()
  // An explicit stack: chains of ten thousand states are deeper than the engine's own.
  for (const root of states) {
    const stack: { state: UnorderedState; next: number }[] = [{ state: root, next: 0 }]
    const open = new Set([root.id])
    while (stack.length > 0) {
      const top = stack.at(-1)
      if (top === undefined) break
      const before = [...top.state.requires, ...top.state.after]
      const id = done.has(top.state.id) ? undefined : before[top.next++]
      if (id === undefined) {
        if (!done.has(top.state.id)) ordered.push(top.state)
        done.add(top.state.id)
        open.delete(top.state.id)
        stack.pop()
        continue
      }
      const state = byId.get(id)
      if (state === undefined || done.has(id)) continue
      if (open.has(id)) {
        const ids = stack.map((frame) => frame.state.id)
        reportCycle(ids.slice(ids.indexOf(id)), byId, reported, diagnostics)
        continue
      }
      open.add(id)
      stack.push({ state, next: 0 })
    }
  }
  return ordered
}

const reportCycle = (
  cycle: readonly string[],
  byId: ReadonlyMap<string, UnorderedState>,
  reported: Set<string>,
  diagnostics: Diagnostics,
): void => {
  const key = cycle.toSorted().join('\n')
  if (reported.has(key)) return
  reported.add(key)
  const [first = ''] = cycle
  diagnostics.add('PRV_STATE_CYCLE', `these states wait for each other: ${[...cycle, first].join(' → ')}`, {
    place: byId.get(first)?.place,
    hint: 'remove one of the "requires" or "after" between them',
  })
}
