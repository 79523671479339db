interface Visit {
  readonly id: string
  /** The next edge to follow. */
  next: number
}

/**
 * The strongly connected component of every node, as a number: two nodes have the same one when each leads to the other.
 * Tarjan's algorithm, with a stack of its own, because chains of ten thousand states are deeper than the engine's.
 */
export const circles = (edges: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> => {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  const found = new Map<string, number>()
  const lower = (id: string, to: number): void => void lowest.set(id, Math.min(lowest.get(id) ?? to, to))

  const close = (id: string): void => {
    if (lowest.get(id) !== order.get(id)) return
    const number = found.size
    for (;;) {
      const member = open.pop()
      if (member === undefined) return
      isOpen.delete(member)
      found.set(member, number)
      if (member === id) return
    }
  }

  const visit = (root: string): void => {
    const stack: Visit[] = []
    const enter = (id: string): void => {
      order.set(id, order.size)
      lower(id, order.size - 1)
      open.push(id)
      isOpen.add(id)
      stack.push({ id, next: 0 })
    }
    enter(root)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { id } = top
      const to = edges.get(id)?.[top.next++]
      if (to === undefined) {
        close(id)
        stack.pop()
        const parent = stack.at(-1)
        if (parent !== undefined) lower(parent.id, lowest.get(id) ?? 0)
      } else if (!order.has(to)) enter(to)
      else if (isOpen.has(to)) lower(id, order.get(to) ?? 0)
    }
  }

  for (const id of edges.keys()) if (!order.has(id)) visit(id)
  return found
}
