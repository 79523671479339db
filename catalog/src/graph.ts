import type { CompiledGroup, CompiledState, EdgeKind, Node, RootNode } from '@prove/core'
import { softEdges } from './order.js'

export interface Edge {
  readonly from: string
  readonly to: string
  readonly kind: EdgeKind
}

export interface GraphNode extends Node {
  readonly compiled: CompiledState
  /** All that has its turn before it for a reason, also what only a group puts before it. */
  readonly dependencies: readonly GraphNode[]
}

/** The compiled states of one target, in the order they run, and what leads from one to another. */
export interface Graph extends RootNode {
  readonly nodes: readonly GraphNode[]
  /** What was declared: an order that only follows from a group is told by the edges of the group. */
  readonly edges: readonly Edge[]
}

interface Draft extends GraphNode {
  readonly dependencies: Draft[]
  readonly notify: Draft[]
  readonly notifyFailure: Draft[]
}

/** Makes a graph of states that stand in the order they run. */
export const graphOf = (states: readonly CompiledState[]): Graph => {
  const drafts = new Map(states.map((state) => [state.id, draftOf(state)]))
  const soft = softEdges(states.map((state) => ({ ...state, after: state.after ?? [] })))
  const groups = new Groups(states)
  const found = (ids: Iterable<string>): readonly Draft[] => [...new Set(ids)].flatMap((id) => drafts.get(id) ?? [])
  for (const { compiled: state, dependencies, notify, notifyFailure } of drafts.values()) {
    dependencies.push(...found([...state.requires, ...(state.after ?? []), ...(soft.get(state.id) ?? [])]))
    notify.push(...found(notified(state, 'changed')))
    notifyFailure.push(...found(notified(state, 'failed')))
  }
  const edges = states.flatMap((state) => edgesOf(state, soft.get(state.id) ?? [], groups))
  return { nodes: [...drafts.values()], edges: edges.filter(({ to }) => drafts.has(to)) }
}

const draftOf = (compiled: CompiledState): Draft => {
  const { id, parts, requires, after = [], place } = compiled
  const name = id.slice(id.indexOf(':') + 1)
  const state = { id, name, parts, requires, after, place }
  return { state, compiled, dependencies: [], notify: [], notifyFailure: [] }
}

const edgesOf = (state: CompiledState, soft: readonly string[], groups: Groups): readonly Edge[] => {
  const { id: from, requires, after = [], group } = state
  const all = (kind: EdgeKind, ids: readonly string[]): readonly Edge[] =>
    [...new Set(ids)].map((to) => ({ from, to, kind }))
  return [
    ...all('requires', requires),
    ...all(
      'after',
      after.filter((id) => !requires.includes(id) && !groups.imply(state, id)),
    ),
    ...all('soft', soft),
    ...all('notify', notified(state, 'changed')),
    ...all('notify_failure', notified(state, 'failed')),
    ...all('member', group?.members ?? []),
    ...all('rescue', group?.rescue ?? []),
    ...all('always', group?.always ?? []),
  ]
}

const notified = ({ notifications }: CompiledState, on: 'changed' | 'failed'): readonly string[] =>
  notifications.filter((each) => each.on === on).flatMap(({ states }) => states)

/** What belongs to groups, at any depth. */
class Groups {
  readonly #within = new Map<string, Readonly<Record<keyof CompiledGroup, ReadonlySet<string>>>>()

  constructor(states: readonly CompiledState[]) {
    // An inner group has its place before the one around it.
    for (const { id, group } of states) {
      if (group === undefined) continue
      const { members, rescue, always } = group
      this.#within.set(id, { members: this.#all(members), rescue: this.#all(rescue), always: this.#all(always) })
    }
  }

  /** Whether a state comes after another only because a group ends with all that is in it, or begins with its members. */
  imply({ id, gates = [] }: CompiledState, before: string): boolean {
    const own = this.#within.get(id)
    if (own !== undefined) return [own.members, own.rescue, own.always].some((ids) => ids.has(before))
    return gates.some(({ group, as }) => {
      const around = this.#within.get(group)
      return around?.members.has(before) === true || (as === 'always' && around?.rescue.has(before) === true)
    })
  }

  #all(ids: readonly string[]): ReadonlySet<string> {
    return new Set(
      ids.flatMap((id) => {
        const inner = this.#within.get(id)
        return inner === undefined ? [id] : [id, ...inner.members, ...inner.rescue, ...inner.always]
      }),
    )
  }
}
