import type { SourceText } from '@prove/core'
import { placed, type Placed } from './placed.js'

export interface Group {
  readonly name: string
  readonly at: number
  readonly variables: Map<string, Placed>
  /** Names of groups, with where they are said to be inside this one. */
  readonly children: Map<string, number>
}

export interface Host {
  readonly name: string
  readonly at: number
  readonly variables: Map<string, Placed>
  /** Names of the groups that list it, with where they do. */
  readonly groups: Map<string, number>
}

/** What an inventory says, before groups are resolved. */
export class Inventory {
  readonly groups = new Map<string, Group>()
  readonly hosts = new Map<string, Host>()
  readonly #source: SourceText

  constructor(source: SourceText) {
    this.#source = source
  }

  /** The group of this name, which is made when it is met first. */
  group(name: string, at: number): Group {
    const known = this.groups.get(name)
    if (known !== undefined) return known
    this.#refuseBadName('group', name, at)
    const group: Group = { name, at, variables: new Map(), children: new Map() }
    this.groups.set(name, group)
    return group
  }

  /** The host of this name, as a member of a group. A port behind the name counts less than the variable. */
  host(name: string, group: string, at: number, port?: number): Host {
    let host = this.hosts.get(name)
    if (host === undefined) {
      this.#refuseBadName('target', name, at)
      host = { name, at, variables: new Map(), groups: new Map() }
      this.hosts.set(name, host)
    }
    if (!host.groups.has(group)) host.groups.set(group, at)
    if (port !== undefined && !host.variables.has('ansible_port')) host.variables.set('ansible_port', placed(port, at))
    return host
  }

  #refuseBadName(kind: string, name: string, at: number): void {
    if (/^\w[\w.@-]*$/.test(name) && name !== '__proto__') return
    const hint =
      kind === 'target' && name.includes(':')
        ? 'give the host a name, and its address as ansible_host'
        : 'names hold letters, digits, and any of "_ - . @"'
    throw this.#source.error(`${JSON.stringify(name)} cannot name a ${kind}`, at, hint)
  }
}
