import type { SourceText } from '@prove/core'
import { priorityName } from './connection-names.js'
import type { Group, Inventory } from './inventory.js'

/** Groups in the order in which their variables count, and what lies around each. */
export interface GroupOrder {
  /** Those around others first: of two groups of a host, the later one wins. */
  readonly names: readonly string[]
  /** The groups around a group, at any distance. */
  readonly ancestors: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * Orders groups as Ansible does: by their distance from `all`, then by ansible_group_priority, then by name. Throws where
 * groups lie inside one another in a circle.
 */
export const orderGroups = (source: SourceText, { groups }: Inventory): GroupOrder => {
  const parents = parentsOf(groups)
  const depths = new Map<string, number>()
  const ancestors = new Map<string, ReadonlySet<string>>()
  const waiting = new Map(Array.from(parents, ([name, { size }]) => [name, size]))
  const ready = [...waiting.keys()].filter((name) => waiting.get(name) === 0)
  for (const name of ready) {
    const own = [...(parents.get(name) ?? [])]
    depths.set(
      name,
      own.reduce((depth, parent) => Math.max(depth, (depths.get(parent) ?? 0) + 1), 0),
    )
    ancestors.set(name, new Set(own.flatMap((parent) => [...(ancestors.get(parent) ?? []), parent])))
    for (const child of childrenOf(name, groups, parents)) {
      const left = (waiting.get(child) ?? 0) - 1
      waiting.set(child, left)
      if (left === 0) ready.push(child)
    }
  }
  if (ready.length < parents.size) throw circle(source, groups, parents, new Set(ready))
  const rankOf = (name: string): readonly [number, number] => [
    depths.get(name) ?? 0,
    priorityOf(source, groups.get(name)),
  ]
  const ranks = new Map(ready.map((name) => [name, rankOf(name)]))
  return { names: ready.toSorted((a, b) => compare(ranks.get(a), ranks.get(b)) || (a < b ? -1 : 1)), ancestors }
}

type Parents = ReadonlyMap<string, ReadonlySet<string>>

/** The groups that list each group; `all` lists those that no other does. */
const parentsOf = (groups: ReadonlyMap<string, Group>): Parents => {
  const parents = new Map(['all', 'ungrouped', ...groups.keys()].map((name) => [name, new Set<string>()]))
  for (const { name, children } of groups.values()) for (const child of children.keys()) parents.get(child)?.add(name)
  for (const [name, own] of parents) if (name !== 'all' && own.size === 0) own.add('all')
  return parents
}

const childrenOf = (name: string, groups: ReadonlyMap<string, Group>, parents: Parents): readonly string[] => {
  const own = groups.get(name)?.children
  if (name !== 'all') return [...(own?.keys() ?? [])]
  return [...parents].filter(([, around]) => around.has('all')).map(([child]) => child)
}

const compare = (a: readonly [number, number] = [0, 0], b: readonly [number, number] = [0, 0]): number =>
  a[0] - b[0] || a[1] - b[1]

const priorityOf = (source: SourceText, group: Group | undefined): number => {
  const written = group?.variables.get(priorityName)
  if (written === undefined) return 1
  const priority = typeof written.value === 'boolean' || written.value === '' ? Number.NaN : Number(written.value)
  if (Number.isInteger(priority)) return priority
  throw source.error(`${priorityName} is not a whole number`, written.node.at, 'write a number; the default is 1')
}

/** Told at the last place that closes the circle. */
const circle = (
  source: SourceText,
  groups: ReadonlyMap<string, Group>,
  parents: Parents,
  ordered: ReadonlySet<string>,
): Error => {
  const path: string[] = []
  let name = [...parents.keys()].find((each) => !ordered.has(each))
  while (name !== undefined && !path.includes(name)) {
    path.unshift(name)
    name = [...(parents.get(name) ?? [])].find((parent) => !ordered.has(parent))
  }
  const start = name ?? ''
  const round = [start, ...path.slice(0, path.indexOf(start) + 1)]
  const places = round.flatMap((parent, i) => groups.get(parent)?.children.get(round[i + 1] ?? '') ?? [])
  const message = `groups lie inside one another in a circle: ${round.join(' → ')}`
  return source.error(message, Math.max(0, ...places), 'remove one of these groups from the children of another')
}
