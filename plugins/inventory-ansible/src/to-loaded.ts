import type { Loaded, SourceText } from '@prove/core'
import { connectionFields } from './connection.js'
import { isOrdinary } from './connection-names.js'
import { type GroupOrder, orderGroups } from './group-order.js'
import type { Host, Inventory } from './inventory.js'
import { placeAlong, placed, type Placed, placedList, placedMap } from './placed.js'

/**
 * Targets and groups in the shape of the configuration. Prove's groups do not nest: a target lists all groups around it,
 * outer ones first, and groups stand in that order too, so that a later one wins as an inner one does in Ansible.
 */
export const toLoaded = (source: SourceText, inventory: Inventory): Loaded => {
  const order = orderGroups(source, inventory)
  const groups = new Map(order.names.flatMap((name) => groupNamed(inventory, name)))
  const targets = new Map(
    Array.from(inventory.hosts.values(), (host) => [host.name, targetOf(source, inventory, order, groups, host)]),
  )
  const fields = new Map([
    ['targets', placedMap(0, targets)],
    ['groups', placedMap(0, groups)],
  ])
  const root = placedMap(0, fields)
  return {
    data: root.value,
    placeOf: (path) => placeAlong(source, root, path).value,
    placeOfKey: (path) => placeAlong(source, root, path).key,
  }
}

/** A group under its name; `all` and `ungrouped` are everywhere, and are left out when they say nothing. */
const groupNamed = ({ groups }: Inventory, name: string): readonly (readonly [string, Placed])[] => {
  const group = groups.get(name)
  if (group === undefined) return []
  const fields = variableFields(group)
  if (fields.size === 0 && (name === 'all' || name === 'ungrouped')) return []
  return [[name, placedMap(group.at, fields)]]
}

const variableFields = ({
  at,
  variables,
}: {
  at: number
  variables: ReadonlyMap<string, Placed>
}): Map<string, Placed> => {
  const ordinary = new Map([...variables].filter(([name]) => isOrdinary(name)))
  const [first] = ordinary.values()
  return first === undefined ? new Map() : new Map([['variables', { ...placedMap(first.keyAt, ordinary), keyAt: at }]])
}

const targetOf = (
  source: SourceText,
  inventory: Inventory,
  order: GroupOrder,
  groups: ReadonlyMap<string, Placed>,
  host: Host,
): Placed => {
  const memberships = membershipsOf(host, order)
  const ordered = order.names.filter((name) => memberships.has(name))
  const find = (name: string): Placed | undefined => {
    const layers = ordered.map((group) => inventory.groups.get(group)?.variables.get(name))
    return host.variables.get(name) ?? layers.findLast((layer) => layer !== undefined)
  }
  const fields = new Map(connectionFields(source, find, host.at))
  for (const [name, value] of variableFields(host)) fields.set(name, value)
  const listed = ordered.filter((name) => groups.has(name))
  const items = listed.map((name) => placed(name, host.groups.get(name) ?? host.at))
  if (items.length > 0) fields.set('groups', placedList(host.at, items))
  return placedMap(host.at, fields)
}

/** All groups that a host is in, near and far. One that no other group lists is in `ungrouped`. */
const membershipsOf = (host: Host, { ancestors }: GroupOrder): ReadonlySet<string> => {
  const own = [...host.groups.keys()].filter((name) => name !== 'all' && name !== 'ungrouped')
  const nearest = own.length === 0 ? ['ungrouped'] : own
  return new Set(['all', ...nearest.flatMap((name) => [name, ...(ancestors.get(name) ?? [])])])
}
