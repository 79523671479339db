import { isMap, type SourceText } from '@prove/core'
import { addVariable } from './add-variable.js'
import { Inventory } from './inventory.js'
import { entriesOf, placed, type Placed } from './placed.js'
import { readYaml } from './read-yaml.js'
import { jsonSchema } from './yaml-schema.js'
import { readTree } from './yaml-tree.js'

/**
 * Reads what a dynamic inventory prints for `--list`: groups with lists of hosts and of children, and all variables of hosts
 * in `_meta`. A file that is written in JSON but like the YAML notation, with maps of hosts, is read as that.
 */
export const readJson = (source: SourceText): Inventory => {
  const root = readTree(source, jsonSchema, 'JSON')
  if (entriesOf(root).some(([name, group]) => name !== '_meta' && hasMaps(group))) return readYaml(source)
  return new JsonReader(source).read(root)
}

const hasMaps = ({ value }: Placed): boolean => isMap(value) && (isMap(value['hosts']) || isMap(value['children']))

class JsonReader {
  readonly #source: SourceText
  readonly #inventory: Inventory

  constructor(source: SourceText) {
    this.#source = source
    this.#inventory = new Inventory(source)
  }

  read(root: Placed): Inventory {
    const entries = entriesOf(this.#map(root, 'an inventory'))
    for (const [name, group] of entries) if (name !== '_meta') this.#group(name, group)
    const meta = entries.find(([name]) => name === '_meta')?.[1]
    if (meta !== undefined) this.#hostVariables(meta)
    return this.#inventory
  }

  #group(name: string, written: Placed): void {
    const group = this.#inventory.group(name, written.keyAt)
    if (Array.isArray(written.value)) return this.#hosts(name, written)
    const fields = new Map(entriesOf(this.#map(written, `the group "${name}"`)))
    const [hosts, children, vars] = [fields.get('hosts'), fields.get('children'), fields.get('vars')]
    if (hosts === undefined && children === undefined && vars === undefined) return this.#single(name, written)
    if (hosts !== undefined) this.#hosts(name, hosts)
    for (const [child, at] of children === undefined ? [] : this.#names(children, `"children" of "${name}"`)) {
      group.children.set(child, at)
      this.#inventory.group(child, at)
    }
    if (vars === undefined) return
    for (const [variable, value] of entriesOf(this.#map(vars, `"vars" of "${name}"`))) {
      this.#variable(group.variables, variable, value)
    }
  }

  /** A map with nothing but variables is a host, in a group of its own name. An empty one is an empty group. */
  #single(name: string, written: Placed): void {
    const variables = entriesOf(written)
    if (variables.length === 0) return
    const host = this.#inventory.host(name, name, written.keyAt)
    for (const [variable, value] of variables) this.#variable(host.variables, variable, value)
  }

  #hosts(group: string, written: Placed): void {
    for (const [host, at] of this.#names(written, `"hosts" of "${group}"`)) this.#inventory.host(host, group, at)
  }

  #hostVariables(meta: Placed): void {
    const written = entriesOf(this.#map(meta, '"_meta"')).find(([key]) => key === 'hostvars')?.[1]
    if (written === undefined) return
    for (const [name, variables] of entriesOf(this.#map(written, '"hostvars"'))) {
      // As in Ansible, variables alone do not make a host.
      const host = this.#inventory.hosts.get(name)
      for (const [variable, value] of entriesOf(this.#map(variables, `"hostvars" of "${name}"`))) {
        if (host !== undefined) this.#variable(host.variables, variable, value)
      }
    }
  }

  #variable(variables: Map<string, Placed>, name: string, written: Placed): void {
    addVariable(this.#source, variables, name, { ...written, value: withoutMarks(written.value) })
  }

  #map(written: Placed, what: string): Placed {
    if (written.value === null) return placed({}, written.keyAt, written.node.at)
    if (isMap(written.value)) return written
    throw this.#source.error(`${what} is not a map`, written.node.at, 'print what ansible-inventory --list prints')
  }

  #names(written: Placed, what: string): readonly (readonly [string, number])[] {
    const items = entriesOf(written)
    if (written.value !== null && !Array.isArray(written.value)) {
      throw this.#source.error(`${what} is not a list`, written.node.at, 'write a list of names')
    }
    return items.map(([, { value, node }]) => {
      if (typeof value === 'string') return [value, node.at] as const
      throw this.#source.error(`${what} holds something that is not a name`, node.at, 'write a list of names')
    })
  }
}

/** In JSON, ansible-inventory marks a text that is no template: `{ __ansible_unsafe: text }`. */
const withoutMarks = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutMarks)
  if (!isMap(value)) return value
  if (Object.hasOwn(value, '__ansible_unsafe')) return value['__ansible_unsafe']
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutMarks(inner)]))
}
