import { toTemplateError } from './failure.js'
import type { Origin } from './output.js'
import type { CallNode, LookupNode, Node, ValueNode } from './nunjucks.js'
import type { Run, Statement } from './run.js'
import type { TemplateText } from './template-text.js'

/** What is known while one template is compiled. */
export interface Unit {
  readonly source: TemplateText
  /** Its blocks, those inside of others too. */
  readonly blocks: Map<string, Statement>
  /** Names of which `is defined` or `default` asks whether they are there. */
  readonly probed: Set<string>
  /** Its tags that extend another template. */
  readonly extends: Node[]
}

/** The text of a node that has one: the name of a symbol, the letters of a literal. */
export const nameIn = (node: Node): string | undefined => {
  const { value } = node as ValueNode
  return (node.typename === 'Symbol' || node.typename === 'Literal') && typeof value === 'string' ? value : undefined
}

/** The node at which an expression starts: of `a.b(c)` that is `a`. */
export const startOf = (node: Node): Node => {
  if (node.typename === 'LookupVal') return startOf((node as LookupNode).target)
  if (node.typename === 'FunCall') return startOf((node as CallNode).name)
  return node
}

/** An expression in quotes, for messages; undefined for one that is more than names. */
export const shown = (node: Node): string | undefined => {
  const name = pathIn(node)
  return name === undefined ? undefined : `"${name}"`
}

const pathIn = (node: Node): string | undefined => {
  if (node.typename === 'Symbol') return nameIn(node)
  if (node.typename !== 'LookupVal') return undefined
  const { target, val } = node as LookupNode
  const path = pathIn(target)
  const key = val?.typename === 'Literal' ? (val as ValueNode).value : undefined
  if (path === undefined) return undefined
  if (typeof key === 'number') return `${path}[${key}]`
  return typeof key === 'string' ? `${path}.${key}` : `${path}[…]`
}

/** Gives what an action throws the place of a node. */
export const guard = <T>({ source }: Unit, node: Node, what: () => string, action: () => T): T => {
  try {
    return action()
  } catch (error) {
    throw toTemplateError(error, what(), source.placeOf(node))
  }
}

/** The same for a part of a template. */
export const placed =
  <T>({ source }: Unit, node: Node, what: string, part: (run: Run) => T): ((run: Run) => T) =>
  (run) => {
    try {
      return part(run)
    } catch (error) {
      throw toTemplateError(error, what, source.placeOf(node))
    }
  }

/** Where the output of a node comes from. */
export const originOf = ({ source }: Unit, node: Node): Origin => ({
  source,
  offset: source.offsetOf(node),
  isCopy: false,
})
