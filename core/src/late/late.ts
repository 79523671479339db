import type { Comparison, Late, Operator } from '../contracts/late.js'
import { isMap } from '../json.js'
import { isLateValue } from './is-late.js'

/** Phantom: keeps maps and texts from passing as expressions. */
declare const expression: unique symbol

/** An expression over what is known just before an invocation; its members are expressions as well. */
export interface LateExpression {
  readonly [member: string]: LateExpression
  readonly [expression]: true
}

/** An expression of which some members are known by name. */
type WithMembers<Name extends string> = LateExpression & { readonly [Member in Name]: LateExpression }

type FileMember = 'exists' | 'type' | 'mode' | 'owner' | 'group' | 'size' | 'target'
type CommandMember = 'exit' | 'stdout' | 'stderr' | 'succeeded'

/** What an expression is made of: another one, or plain data, which may hold some. */
type Operand = unknown

/** Builds late values in TypeScript: the same trees that `!late` gives in YAML. */
export const late = {
  /** `file(path)`: what is at a path: `exists`, `type`, `mode`, `owner`, `group`, `size`, `target`. */
  file: (path: Operand) => readOf<FileMember>('file', [path]),
  /** `content(path)`: the text of a file; null when there is none. */
  content: (path: Operand) => readOf('content', [path]),
  /** `command(line)`: `exit`, `stdout`, `stderr` and `succeeded` of a command that only looks. */
  command: (line: Operand) => readOf<CommandMember>('command', [line]),
  /** Asks any kind of read that late values can ask, by its name. */
  read: (kind: string, ...args: readonly Operand[]) => readOf(kind, args),
  /** What the latest finished invocation of a state gave: `changed`, and what its functions tell. */
  outputs: (state: string) => expressionOf<'changed'>({ kind: 'outputs', state }),
  /** The variables of the invocation. */
  get with() {
    return expressionOf({ kind: 'name', name: 'with' })
  },
  /** The variables of the target. */
  get variables() {
    return expressionOf({ kind: 'name', name: 'variables' })
  },
  /** What is known of the target. */
  get facts() {
    return expressionOf({ kind: 'name', name: 'facts' })
  },
  /** One value where the test holds, and another where it does not. */
  when: (test: Operand, value: Operand, otherwise: Operand = null) =>
    expressionOf({ kind: 'if', test: treeOf(test), value: treeOf(value), otherwise: treeOf(otherwise) }),
  not: (value: Operand) => expressionOf({ kind: 'not', value: treeOf(value) }),
  /** The first that does not hold, or else the last. */
  and: (first: Operand, ...others: readonly Operand[]) => chain('and', first, others),
  /** The first that holds, or else the last. */
  or: (first: Operand, ...others: readonly Operand[]) => chain('or', first, others),
  equal: (left: Operand, right: Operand) => binary('==', left, right),
  differ: (left: Operand, right: Operand) => binary('!=', left, right),
  less: (left: Operand, right: Operand) => binary('<', left, right),
  /** An item of a list, a key of a map, or a part of a text. */
  in: (item: Operand, container: Operand) => binary('in', item, container),
  /** Compares or calculates: `late.binary('+', late.variables.port, 1)`. */
  binary: (operator: Comparison | '+' | '-' | '*' | '/' | '%', left: Operand, right: Operand) =>
    binary(operator, left, right),
  /** A text with expressions in it; null becomes nothing. */
  text: (texts: TemplateStringsArray, ...values: readonly Operand[]) => {
    const pieces = texts.flatMap((text, i) => [
      ...(text === '' ? [] : [treeOf(text)]),
      ...(i < values.length ? [treeOf(values[i])] : []),
    ])
    return expressionOf({ kind: 'text', pieces })
  },
} as const

const readOf = <Name extends string>(kind: string, args: readonly Operand[]): WithMembers<Name> =>
  expressionOf<Name>({ kind: 'read', read: kind, args: args.map(treeOf) })

const binary = (operator: Operator, left: Operand, right: Operand): LateExpression =>
  expressionOf({ kind: 'binary', operator, left: treeOf(left), right: treeOf(right) })

const chain = (operator: 'and' | 'or', first: Operand, others: readonly Operand[]): LateExpression =>
  expressionOf(
    others.reduce<Late>((left, right) => ({ kind: 'binary', operator, left, right: treeOf(right) }), treeOf(first)),
  )

/** The tree of an operand; maps and lists become trees only where they hold expressions. */
const treeOf = (operand: Operand): Late => {
  if (isLateValue(operand)) {
    if (typeof operand.$late !== 'string') return operand.$late
    throw new TypeError('an expression in text cannot be part of another one: build it with late')
  }
  if (Array.isArray(operand)) {
    const items = operand.map(treeOf)
    return items.every(isValue) ? { kind: 'value', value: operand } : { kind: 'list', items }
  }
  if (!isPlainMap(operand)) return { kind: 'value', value: operand }
  const entries = Object.entries(operand).map(([name, value]) => [name, treeOf(value)] as const)
  return entries.every(([, tree]) => isValue(tree))
    ? { kind: 'value', value: operand }
    : { kind: 'map', entries: Object.fromEntries(entries) }
}

const isValue = ({ kind }: Late): boolean => kind === 'value'

/** Instances stay as they are, so that whoever copies the states can name them as wrong. */
const isPlainMap = (value: unknown): value is Record<string, unknown> => {
  if (!isMap(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Whoever lists its keys or makes JSON of it sees `{ $late: tree }`; every other name makes a longer expression. */
const expressionOf = <Name extends string = never>(tree: Late): WithMembers<Name> =>
  new Proxy({ $late: tree }, { get: memberOf }) as unknown as WithMembers<Name>

// Asked for by whatever awaits a value or makes JSON of it, and answered by what is no late value.
const asksNothing = new Set(['then', 'toJSON'])

const memberOf = (target: { readonly $late: Late }, name: string | symbol): unknown => {
  if (name === Symbol.toPrimitive || name === 'toString') return refuseText
  if (typeof name === 'symbol' || name in target) return Reflect.get(target, name)
  if (asksNothing.has(name)) return undefined
  // An index arrives as text: a list would have no member of that name.
  const key = /^(?:0|[1-9]\d*)$/.test(name) ? Number(name) : name
  return expressionOf({ kind: 'member', of: target.$late, key: { kind: 'value', value: key } })
}

const refuseText = (): never => {
  throw new TypeError('a late value is not known yet: use late.text`…` for a text, late.equal(…) to compare')
}
