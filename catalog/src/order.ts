import type { CompiledState } from '@prove/core'
import { circles } from './circles.js'
import type { Diagnostics } from './diagnostics.js'

/** A state with its edges, before the order is known. */
export interface UnorderedState extends CompiledState {
  readonly after: readonly string[]
}

/**
 * Hard edges first, then soft ones (a lazy state comes after its notifiers), then the order of declaration: each state comes
 * as early as its edges allow. A cycle of hard edges is an error that prints the cycle; inside a circle that soft edges take
 * part in, all soft ones are dropped.
 */
export const order = (states: readonly UnorderedState[], diagnostics: Diagnostics): readonly UnorderedState[] => {
  const byId = new Map(states.map((state) => [state.id, state]))
  const soft = softEdges(states)
  tellEarly(states, byId, diagnostics)
  const ordered: UnorderedState[] = []
  const done = new Set<string>()
  const reported = new Set<string>()
  // An explicit stack: chains of ten thousand states are deeper than the engine's own.
  for (const root of states.toSorted((a, b) => Number(a.defer ?? false) - Number(b.defer ?? false))) {
    const stack: { state: UnorderedState; next: number }[] = [{ state: root, next: 0 }]
    const open = new Set([root.id])
    while (stack.length > 0) {
      const top = stack.at(-1)
      if (top === undefined) break
      const before = [...top.state.requires, ...top.state.after, ...(soft.get(top.state.id) ?? [])]
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

/** For each lazy state its notifiers, but for those that are in one circle with it. */
export const softEdges = (states: readonly UnorderedState[]): ReadonlyMap<string, readonly string[]> => {
  const lazy = new Set(states.filter((state) => state.lazy).map(({ id }) => id))
  const deferred = new Set(states.filter((state) => state.defer === true).map(({ id }) => id))
  const notifiers = new Map<string, string[]>()
  for (const { id, notifications, defer } of states) {
    for (const receiver of notifications.flatMap((notification) => notification.states)) {
      if (!lazy.has(receiver) || receiver === id || (defer === true && !deferred.has(receiver))) continue
      const known = notifiers.get(receiver)
      if (known === undefined) notifiers.set(receiver, [id])
      else known.push(id)
    }
  }
  if (notifiers.size === 0) return notifiers
  const circleOf = circles(
    new Map(states.map(({ id, requires, after }) => [id, [...requires, ...after, ...(notifiers.get(id) ?? [])]])),
  )
  return new Map(
    [...notifiers].map(([id, before]) => [id, before.filter((other) => circleOf.get(other) !== circleOf.get(id))]),
  )
}

/** What waits for a state that runs when all others have ended would never run. */
const tellEarly = (
  states: readonly UnorderedState[],
  byId: ReadonlyMap<string, UnorderedState>,
  diagnostics: Diagnostics,
): void => {
  for (const { id, requires, after, defer, place } of states) {
    if (defer === true) continue
    const late = [...requires, ...after].find((other) => byId.get(other)?.defer === true)
    if (late === undefined) continue
    diagnostics.add('PRV_STATE_DEFERRED', `${id} waits for ${late}, which is deferred to the end`, {
      place,
      hint: `mark it as deferred too, or remove "defer" from ${late}`,
    })
  }
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
