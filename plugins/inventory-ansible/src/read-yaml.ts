import { didYouMean, isMap, type SourceText } from '@prove/core'
import { addVariable } from './add-variable.js'
import { expandHosts } from './host-pattern.js'
import { type Group, Inventory } from './inventory.js'
import { entriesOf, placed, type Placed } from './placed.js'
import { ansibleSchema } from './yaml-schema.js'
import { readTree } from './yaml-tree.js'

const sections = ['hosts', 'children', 'vars'] as const

/** Reads an inventory in Ansible's YAML notation. */
export const readYaml = (source: SourceText): Inventory => {
  const root = readTree(source, ansibleSchema, 'YAML')
  const inventory = new Inventory(source)
  if (root.value === null) return inventory
  if (!isMap(root.value)) throw source.error('an inventory is a map of groups', root.node.at, 'begin with "all:"')
  if (typeof root.value['plugin'] === 'string') {
    const hint = "let Ansible run it: command: ['ansible-inventory', '-i', FILE, '--list'], format: 'ansible'"
    throw source.error('this file configures an inventory plugin of Ansible', root.node.at, hint)
  }
  for (const [name, value] of entriesOf(root)) new GroupReader(source, inventory).read(name, value)
  return inventory
}

class GroupReader {
  constructor(
    private readonly source: SourceText,
    private readonly inventory: Inventory,
  ) {}

  read(name: string, written: Placed): void {
    const group = this.inventory.group(name, written.keyAt)
    if (written.value !== null && !isMap(written.value)) {
      const hint = 'write hosts:, children: or vars: below it'
      throw this.source.error(`the group "${name}" is not a map`, written.node.at, hint)
    }
    for (const [key, value] of entriesOf(written)) {
      const section = sections.find((known) => known === key)
      if (section === undefined) {
        const hint = didYouMean(key, sections) ?? `groups stand below "children:"; a group has ${sections.join(', ')}`
        throw this.source.error(`the group "${name}" cannot have ${JSON.stringify(key)}`, value.keyAt, hint)
      }
      this.#section(group, section, value)
    }
  }

  #section(group: Group, section: (typeof sections)[number], written: Placed): void {
    const entries = this.#entries(group, section, written)
    if (section === 'hosts') for (const [pattern, value] of entries) this.#hosts(group, pattern, value)
    if (section === 'vars') for (const [name, value] of entries) addVariable(this.source, group.variables, name, value)
    if (section !== 'children') return
    for (const [name, value] of entries) {
      if (!group.children.has(name)) group.children.set(name, value.keyAt)
      this.read(name, value)
    }
  }

  #entries(group: Group, section: string, written: Placed): readonly (readonly [string, Placed])[] {
    const { value, node } = written
    if (value === null) return []
    // A single name may stand without a colon.
    if (typeof value === 'string' && section !== 'vars') return [[value, placed(null, node.at)]]
    if (isMap(value)) return entriesOf(written)
    const hint =
      Array.isArray(value) && section !== 'vars' ? 'write "NAME:" instead of "- NAME"' : 'write "name: value"'
    throw this.source.error(`"${section}" of the group "${group.name}" is not a map`, node.at, hint)
  }

  #hosts(group: Group, pattern: string, written: Placed): void {
    if (written.value !== null && !isMap(written.value)) {
      throw this.source.error('the variables of a host are not a map', written.node.at, 'write "name: value" below it')
    }
    const { names, port } = expandHosts(this.source, { text: pattern, at: written.keyAt })
    for (const name of names) {
      const host = this.inventory.host(name, group.name, written.keyAt, port)
      for (const [variable, value] of entriesOf(written)) addVariable(this.source, host.variables, variable, value)
    }
  }
}
