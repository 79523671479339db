import type { Read } from './read.js'

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** What becomes of two values, in this order. */
export type Operator = Comparison | 'and' | 'or' | 'in' | '+' | '-' | '*' | '/' | '%'

/**
 * An expression over what is known just before an invocation: a tree of plain data, the same from every language. The
 * compiler replaces names, all but `with`, by their values, and the short names of states by their full ids.
 */
export type Late =
  | { readonly kind: 'value'; readonly value: unknown }
  /** A variable, or `facts`, `target`, `variables`, `with`. */
  | { readonly kind: 'name'; readonly name: string }
  /** What the latest finished invocation of a state gave: see {@link Outputs}. */
  | { readonly kind: 'outputs'; readonly state: string }
  /** A question about the target; `read` names a kind that has {@link LateRead}. */
  | { readonly kind: 'read'; readonly read: string; readonly args: readonly Late[] }
  | { readonly kind: 'member'; readonly of: Late; readonly key: Late }
  | { readonly kind: 'list'; readonly items: readonly Late[] }
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, Late>> }
  /** A text of pieces; null becomes nothing. */
  | { readonly kind: 'text'; readonly pieces: readonly Late[] }
  | { readonly kind: 'not'; readonly value: Late }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Late; readonly right: Late }
  | { readonly kind: 'if'; readonly test: Late; readonly value: Late; readonly otherwise: Late }

/** A late value as it stands among arguments; an expression still in text is read by the compiler. */
export interface LateValue {
  readonly $late: Late | string
}

/** How late values ask a kind of read: by its name, as `file('/etc/motd').exists`. */
export interface LateRead<Answer = unknown> {
  /** One sentence, for the docs. */
  readonly about: string
  /** What its arguments are, for messages: `file(path)`. */
  readonly usage: string
  /** The read of these arguments. Throws an Error that says what is wrong with them. Pure. */
  read(...args: readonly unknown[]): Read<Answer>
  /** The answer as plain data. Pure. */
  value(answer: Answer): unknown
  /** The members that the value always has, where it is a map; none are checked when absent. */
  readonly members?: readonly string[]
}

/** What `outputs.STATE` gives: whether the state changed, and what its functions tell. */
export interface Outputs {
  readonly changed: boolean
  readonly [name: string]: unknown
}
