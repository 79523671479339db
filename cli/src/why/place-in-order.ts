import type { Graph, GraphNode } from '@prove/catalog'
import type { EdgeKind } from '@prove/core'

/** Why one state comes after another; `group` where only a group says so. */
export type OrderReason = EdgeKind | 'group'

export interface PlaceInOrder {
  /** From 1. */
  readonly position: number
  readonly of: number
  /** The states that it comes after for a reason of its own. */
  readonly after: readonly { readonly state: string; readonly by: readonly OrderReason[] }[]
  /** The most states that must have their turn one after the other, it being the last. */
  readonly longestChain: readonly string[]
}

const orders: readonly EdgeKind[] = ['requires', 'after', 'soft', 'member', 'rescue', 'always']

/** Where a state stands among all, and what put it there. */
export const placeInOrder = ({ nodes, edges }: Graph, node: GraphNode): PlaceInOrder => {
  const { id } = node.compiled
  const own = edges.filter(({ from, kind }) => from === id && orders.includes(kind))
  const after = node.dependencies.map(({ compiled }) => {
    const kinds = own.filter(({ to }) => to === compiled.id).map(({ kind }) => kind)
    return { state: compiled.id, by: kinds.length === 0 ? (['group'] as const) : kinds }
  })
  return { position: nodes.indexOf(node) + 1, of: nodes.length, after, longestChain: longestChain(nodes, node) }
}

/** All that a state comes after stands before it, so one pass in the order of the run is enough. */
const longestChain = (nodes: readonly GraphNode[], node: GraphNode): readonly string[] => {
  const best = new Map<GraphNode, { readonly length: number; readonly before: GraphNode | undefined }>()
  for (const each of nodes) {
    let before: GraphNode | undefined
    let length = 0
    for (const other of each.dependencies) {
      const known = best.get(other)?.length ?? 0
      if (known > length) [before, length] = [other, known]
    }
    best.set(each, { length: length + 1, before })
    if (each === node) break
  }
  const ids: string[] = []
  for (let at: GraphNode | undefined = node; at !== undefined; at = best.get(at)?.before) ids.unshift(at.compiled.id)
  return ids
}
