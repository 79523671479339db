import type { ExpressionNode, FactNode, Pattern, TargetExpression } from './expression.js'

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`

const printText = (text: string): string => (/^[\w.@+~-]+$/.test(text) ? text : quoted(text))

const printPattern = (pattern: Pattern): string => {
  if (pattern.kind === 'glob') return pattern.glob
  return pattern.kind === 'text' ? printText(pattern.text) : `/${pattern.source}/${pattern.ignoreCase ? 'i' : ''}`
}

/** A target's name as an expression that chooses it alone. */
export const printName = (name: string): string =>
  ['all', 'and', 'or', 'not'].includes(name) ? quoted(name) : printText(name)

const printFact = ({ fact, test }: FactNode): string => {
  const name = `fact:${printText(fact)}`
  if (test === undefined) return name
  return `${name}${test.operator}${'pattern' in test ? printPattern(test.pattern) : test.number}`
}

const printNode = (node: ExpressionNode): string => {
  switch (node.kind) {
    case 'all':
      return 'all'
    case 'name':
      return node.pattern.kind === 'text' ? printName(node.pattern.text) : printPattern(node.pattern)
    case 'group':
    case 'role':
      return `${node.kind}:${printPattern(node.pattern)}`
    case 'fact':
      return printFact(node)
    case 'not':
      return `not ${printOperand(node.operand, ['and', 'or'])}`
    case 'and':
    case 'or': {
      const loose = node.kind === 'and' ? ['and', 'or'] : ['or']
      return node.operands.map((operand) => printOperand(operand, loose)).join(` ${node.kind} `)
    }
  }
}

const printOperand = (node: ExpressionNode, loose: readonly string[]): string =>
  loose.includes(node.kind) ? `(${printNode(node)})` : printNode(node)

/** An expression in its plainest form: parsed again, it means the same. */
export const printTargetExpression = ({ root }: TargetExpression): string => printNode(root)
