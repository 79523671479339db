import { didYouMean, isMap, type Late, type Operator } from '@prove/core'
import { kindOf } from '../kind-of.js'
import { callFlaw, type Calls, memberFlaw } from './calls.js'
import { LateNameError } from './late-error.js'
import { maxDepth } from './limits.js'

type Tree = Readonly<Record<string, unknown>>

const operators: ReadonlySet<unknown> = new Set<Operator>([
  ...(['==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in', '+', '-', '*', '/', '%'] as const),
])

/** The tree of a late value that was not written as text. Throws LateNameError where it is none. */
export const checkLate = (tree: unknown, calls: Calls): Late => new Checker(calls).check(tree, 0)

class Checker {
  constructor(private readonly calls: Calls) {}

  check(tree: unknown, depth: number): Late {
    if (depth > maxDepth) throw new LateNameError('the expression nests too deep', 'write it flatter')
    if (!isMap(tree)) throw misshapen('an expression', tree)
    const kind = textIn(tree, 'kind')
    const read = Object.hasOwn(this.#kinds, kind) ? this.#kinds[kind as Late['kind']] : undefined
    if (read !== undefined) return read(tree, (part) => this.check(part, depth + 1))
    const names = Object.keys(this.#kinds)
    const hint = didYouMean(kind, names) ?? `kinds are ${names.join(', ')}`
    throw new LateNameError(`there is no expression of the kind "${kind}"`, hint)
  }

  readonly #kinds: Readonly<Record<Late['kind'], (tree: Tree, part: (tree: unknown) => Late) => Late>> = {
    value: ({ value = null }) => ({ kind: 'value', value }),
    name: (tree) => ({ kind: 'name', name: textIn(tree, 'name') }),
    outputs: (tree) => ({ kind: 'outputs', state: textIn(tree, 'state') }),
    read: (tree, part) => {
      const read = textIn(tree, 'read')
      refuse(callFlaw(read, this.calls))
      return { kind: 'read', read, args: listIn(tree, 'args').map(part) }
    },
    member: (tree, part) => {
      const of = part(tree['of'])
      const key = part(tree['key'])
      if (of.kind === 'read' && key.kind === 'value') refuse(memberFlaw(of.read, key.value, this.calls))
      return { kind: 'member', of, key }
    },
    list: (tree, part) => ({ kind: 'list', items: listIn(tree, 'items').map(part) }),
    map: ({ entries }, part) => {
      if (!isMap(entries)) throw misshapen('a map as "entries"', entries)
      return {
        kind: 'map',
        entries: Object.fromEntries(Object.entries(entries).map(([key, tree]) => [key, part(tree)])),
      }
    },
    text: (tree, part) => ({ kind: 'text', pieces: listIn(tree, 'pieces').map(part) }),
    not: (tree, part) => ({ kind: 'not', value: part(tree['value']) }),
    binary: (tree, part) => {
      const operator = textIn(tree, 'operator')
      if (!operators.has(operator)) throw new LateNameError(`there is no operator "${operator}"`)
      return { kind: 'binary', operator: operator as Operator, left: part(tree['left']), right: part(tree['right']) }
    },
    if: (tree, part) => ({
      kind: 'if',
      test: part(tree['test']),
      value: part(tree['value']),
      otherwise: part(tree['otherwise']),
    }),
  }
}

const refuse = (flaw: { readonly message: string; readonly hint: string | undefined } | undefined): void => {
  if (flaw !== undefined) throw new LateNameError(flaw.message, flaw.hint)
}

const textIn = (tree: Tree, key: string): string => {
  const found = tree[key]
  if (typeof found !== 'string') throw misshapen(`a text as "${key}"`, found)
  return found
}

const listIn = (tree: Tree, key: string): readonly unknown[] => {
  const found = tree[key]
  if (!Array.isArray(found)) throw misshapen(`a list as "${key}"`, found)
  return found
}

const misshapen = (expected: string, found: unknown): LateNameError =>
  new LateNameError(
    `the tree of a late value needs ${expected}, found ${kindOf(found)}`,
    'write the expression as a text, or build it with late of @prove/core',
  )
