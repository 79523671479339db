import { linesOf, type Word } from './word.js'
import { didYouMean, type SourceText } from '@prove/core'
import { expandHosts } from './host-pattern.js'
import { Inventory } from './inventory.js'
import { placed } from './placed.js'
import { pythonLiteral } from './python-literal.js'
import { shellWords } from './shell-words.js'

const kinds = ['hosts', 'children', 'vars'] as const

/** Reads an inventory in Ansible's INI notation. */
export const readIni = (source: SourceText): Inventory => new IniReader(source).read()

interface Section {
  readonly group: string
  readonly kind: (typeof kinds)[number]
}

class IniReader {
  readonly #source: SourceText
  readonly #inventory: Inventory
  // What precedes the first section belongs to no group.
  #section: Section = { group: 'ungrouped', kind: 'hosts' }
  /** Groups with a section of hosts or of children: variables alone do not make one. */
  readonly #declared = new Set(['all', 'ungrouped'])
  readonly #mentioned: { readonly name: string; readonly at: number; readonly by: string }[] = []

  constructor(source: SourceText) {
    this.#source = source
    this.#inventory = new Inventory(source)
  }

  read(): Inventory {
    for (const line of linesOf(this.#source)) {
      if (/^[#;]/.test(line.text)) continue
      const section = this.#sectionIn(line)
      if (section !== undefined) this.#section = section
      else if (this.#section.kind === 'hosts') this.#hosts(line)
      else if (this.#section.kind === 'children') this.#child(line)
      else this.#variable(line)
    }
    this.#refuseUndeclared()
    return this.#inventory
  }

  #sectionIn({ text, at }: Word): Section | undefined {
    if (!text.startsWith('[')) return undefined
    const [, group, kind = 'hosts'] = /^\[([^:\]\s]+)(?::(\w*))?\]\s*(?:#.*)?$/.exec(text) ?? []
    if (group !== undefined) return this.#open(group, kind, at)
    // A host whose name starts with a range, or an address in brackets.
    if (/^\[[^\]\s]*:[^\]\s]*\]\S|^\[[^\]\s]*:[^\]\s]*:[^\]\s]*\](?:\s|$)/.test(text)) return undefined
    if (!text.includes(']')) throw this.#source.error('the section is never closed', at, 'write "]" at its end')
    const hint = 'write [group], [group:vars] or [group:children], without spaces'
    throw this.#source.error('the section is not well-formed', at, hint)
  }

  #open(group: string, written: string, at: number): Section {
    const kind = kinds.find((known) => known === written)
    if (kind === undefined) {
      const hint = didYouMean(written, kinds) ?? 'sections are [group], [group:vars] and [group:children]'
      throw this.#source.error(`a section cannot end with ":${written}"`, at + 1 + group.length, hint)
    }
    this.#inventory.group(group, at + 1)
    if (kind === 'vars') this.#mentioned.push({ name: group, at: at + 1, by: `[${group}:vars]` })
    else this.#declared.add(group)
    return { group, kind }
  }

  #hosts(line: Word): void {
    const [pattern, ...assignments] = shellWords(this.#source, line)
    if (pattern === undefined) return
    const { group } = this.#section
    if (pattern.text.includes('=')) {
      const hint = `write the name of a host before it, or put it under [${group === 'ungrouped' ? 'all' : group}:vars]`
      throw this.#source.error('a variable stands here without a host', pattern.at, hint)
    }
    const { names, port } = expandHosts(this.#source, pattern)
    const variables = assignments.map((word) => this.#assignment(word))
    for (const name of names) {
      const host = this.#inventory.host(name, group, pattern.at, port)
      for (const [variable, value] of variables) host.variables.set(variable, value)
    }
  }

  #assignment({ text, at }: Word): readonly [string, ReturnType<typeof placed>] {
    const equals = text.indexOf('=')
    if (equals < 1) {
      const hint = 'write name=value without spaces around "=", and put quotes around a value with spaces'
      throw this.#source.error('expected name=value behind a host', at, hint)
    }
    return [text.slice(0, equals), placed(valueOf(text.slice(equals + 1)), at, at + equals + 1)]
  }

  #variable({ text, at }: Word): void {
    const equals = text.indexOf('=')
    if (equals < 1) {
      throw this.#source.error(`expected name=value in [${this.#section.group}:vars]`, at, 'write name=value')
    }
    const name = text.slice(0, equals).trim()
    const value = text.slice(equals + 1).trim()
    const valueAt = value === '' ? at + equals : at + text.length - value.length
    this.#inventory.group(this.#section.group, at).variables.set(name, placed(valueOf(value), at, valueAt))
  }

  #child({ text, at }: Word): void {
    const { group } = this.#section
    const name = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(text)?.[1]
    if (name === undefined || name.includes('=')) {
      const hint = `write one group on each line; variables stand under [${group}:vars]`
      throw this.#source.error(`expected the name of a group in [${group}:children]`, at, hint)
    }
    this.#inventory.group(name, at)
    this.#mentioned.push({ name, at, by: `[${group}:children]` })
    const { children } = this.#inventory.group(group, at)
    if (!children.has(name)) children.set(name, at)
  }

  #refuseUndeclared(): void {
    const missing = this.#mentioned.find(({ name }) => !this.#declared.has(name))
    if (missing === undefined) return
    const { name, at, by } = missing
    const hint = didYouMean(name, this.#declared) ?? `write a section [${name}], even if it stays empty`
    throw this.#source.error(`${by} names the group "${name}", which is not defined`, at, hint)
  }
}

/** Ansible takes what Python takes for a literal as such, and the rest as text. */
const valueOf = (text: string): unknown => {
  const literal = pythonLiteral(text)
  return literal === undefined ? text : literal.value
}
