/** A stretch of the text of an expression; the offset counts from 0. */
export interface Span {
  readonly offset: number
  readonly length: number
}

/** What a name or a value is compared with. */
export type Pattern =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'glob'; readonly glob: string }
  | { readonly kind: 'regex'; readonly source: string; readonly ignoreCase: boolean }

export type OrderOperator = '<' | '<=' | '>' | '>='

/** How a fact is compared. The number of an order stays text: it may be a version such as `12.4`. */
export type FactTest =
  | { readonly operator: '=' | '!='; readonly pattern: Pattern }
  | { readonly operator: OrderOperator; readonly number: string }

interface AllNode extends Span {
  readonly kind: 'all'
}

export interface NameNode extends Span {
  readonly kind: 'name'
  readonly pattern: Pattern
}

export interface MemberNode extends Span {
  readonly kind: 'group' | 'role'
  readonly pattern: Pattern
}

export interface FactNode extends Span {
  readonly kind: 'fact'
  readonly fact: string
  /** Without one, the fact only has to be there and not be false, 0 or empty. */
  readonly test?: FactTest
}

interface NotNode extends Span {
  readonly kind: 'not'
  readonly operand: ExpressionNode
}

interface ChainNode extends Span {
  readonly kind: 'and' | 'or'
  readonly operands: readonly ExpressionNode[]
}

export type ExpressionNode = AllNode | NameNode | MemberNode | FactNode | NotNode | ChainNode

/** A parsed expression that chooses targets: plain data, with the text that its offsets count in. */
export interface TargetExpression {
  readonly text: string
  readonly root: ExpressionNode
}
