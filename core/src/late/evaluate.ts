import type { Late, LateRead, Outputs } from '../contracts/late.js'
import type { Answered, Read } from '../contracts/read.js'
import { messageOf } from '../error.js'
import { isMap } from '../json.js'
import { compute } from './operators.js'
import { inWords, truthy } from './words.js'

export { truthy } from './words.js'

/** What a late value can see while it is evaluated. */
export interface LateScope {
  /** Variables of the invocation. */
  readonly with: Readonly<Record<string, unknown>>
  /** The answer to a read; undefined while it is still open. */
  readonly ask: (read: Read) => Answered | undefined
  /** How late values ask a kind of read; undefined for an unknown kind, and for one that they cannot ask. */
  readonly lateRead: (kind: string) => LateRead | undefined
}

/** A value; or that answers are still open; or what is wrong, without any value in the words. */
export type Evaluated = { readonly value: unknown } | { readonly open: true } | { readonly problem: string }

/** How late values ask for the outputs of a state, by its full id. */
export const outputsRead = (state: string): Read<Outputs> => ({
  kind: 'outputs',
  key: `outputs:${state}`,
  query: state,
})

const open = { open: true } as const

/** Evaluates an expression. All reads that can be known are asked together, before anything is said to be wrong. */
export const evaluate = (tree: Late, scope: LateScope): Evaluated => {
  switch (tree.kind) {
    case 'value':
      return { value: tree.value ?? null }
    case 'name':
      return tree.name === 'with' ? { value: scope.with } : { problem: `the name "${tree.name}" is not known here` }
    case 'outputs':
      return answerOf(scope.ask(outputsRead(tree.state)), `outputs of "${tree.state}"`, (outputs) => outputs)
    case 'read':
      return evaluateRead(tree, scope)
    case 'member':
      return together([tree.of, tree.key], scope, ([of, key]) => memberOf(of, key))
    case 'list':
      return together(tree.items, scope, (items) => ({ value: items }))
    case 'map':
      return evaluateMap(tree.entries, scope)
    case 'text':
      return together(tree.pieces, scope, join)
    case 'not':
      return together([tree.value], scope, ([value]) => ({ value: !truthy(value) }))
    case 'binary':
      return evaluateBinary(tree, scope)
    case 'if':
      return after(evaluate(tree.test, scope), (test) => evaluate(truthy(test) ? tree.value : tree.otherwise, scope))
  }
}

/** Several results as one. What is open comes first: an answer may be missing that says more than the problem. */
export const gather = (results: readonly Evaluated[], use: (values: readonly unknown[]) => Evaluated): Evaluated => {
  const values: unknown[] = []
  let problem: Evaluated | undefined
  for (const result of results) {
    if ('open' in result) return open
    if ('value' in result) values.push(result.value)
    else problem ??= result
  }
  return problem ?? use(values)
}

const together = (
  trees: readonly Late[],
  scope: LateScope,
  use: (values: readonly unknown[]) => Evaluated,
): Evaluated => {
  const results = trees.map((tree) => evaluate(tree, scope))
  return gather(results, use)
}

const after = (result: Evaluated, use: (value: unknown) => Evaluated): Evaluated =>
  'value' in result ? use(result.value) : result

const evaluateBinary = (tree: Extract<Late, { kind: 'binary' }>, scope: LateScope): Evaluated => {
  const { operator, left, right } = tree
  if (operator !== 'and' && operator !== 'or') {
    return together([left, right], scope, ([one, other]) => compute(operator, one, other))
  }
  return after(evaluate(left, scope), (value) =>
    truthy(value) === (operator === 'or') ? { value } : evaluate(right, scope),
  )
}

const evaluateMap = (entries: Readonly<Record<string, Late>>, scope: LateScope): Evaluated => {
  const names = Object.keys(entries)
  return together(Object.values(entries), scope, (values) => ({
    value: Object.fromEntries(names.map((name, i) => [name, values[i]])),
  }))
}

const evaluateRead = ({ read: kind, args }: Extract<Late, { kind: 'read' }>, scope: LateScope): Evaluated =>
  together(args, scope, (values) => {
    const asked = scope.lateRead(kind)
    if (asked === undefined) return { problem: `late values cannot read "${kind}"` }
    let read: Read
    try {
      read = asked.read(...values)
    } catch (error) {
      return { problem: `${asked.usage}: ${messageOf(error)}` }
    }
    return answerOf(scope.ask(read), asked.usage, (answer) => asked.value(answer))
  })

/** The read is named as it is used and not by its key, which holds values. */
const answerOf = (answered: Answered | undefined, what: string, value: (answer: unknown) => unknown): Evaluated => {
  if (answered === undefined) return open
  if (answered.ok) return { value: value(answered.value) ?? null }
  return { problem: `${what}: ${answered.problem === 'failed' ? '' : `${answered.problem}: `}${answered.detail}` }
}

/** Members are only those that a value has of its own: what every object inherits is none of the user's. */
const memberOf = (of: unknown, key: unknown): Evaluated => {
  if (Array.isArray(of) && typeof key === 'number') return { value: (of as unknown[])[key] ?? null }
  const isKey = typeof key === 'string' || typeof key === 'number'
  if (of !== null && of !== undefined && !isKey) return { problem: `${inWords(key)} cannot be the name of a member` }
  return { value: isMap(of) && Object.hasOwn(of, String(key)) ? (of[String(key)] ?? null) : null }
}

const join = (pieces: readonly unknown[]): Evaluated => {
  const odd = pieces.find((piece) => typeof piece === 'object' && piece !== null)
  if (odd !== undefined) return { problem: `${inWords(odd)} cannot be put into a text` }
  return { value: pieces.map((piece) => String((piece ?? '') as string | number | boolean)).join('') }
}
