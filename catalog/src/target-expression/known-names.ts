import { didYouMean, isMap, type ErrorCode, type ProveError } from '@prove/core'
import type { ExpressionNode, FactNode, MemberNode, NameNode, TargetExpression } from './expression.js'
import { expressionError } from './expression-error.js'
import { findFact } from './fact.js'
import type { TargetCatalog } from './evaluate.js'

/** What is wrong with the names in an expression: targets, groups, roles and facts that do not exist. */
export const unknownNames = ({ text, root }: TargetExpression, catalog: TargetCatalog): readonly ProveError[] => {
  const { targets } = catalog
  const names = new Set(targets.map(({ name }) => name))
  const members = { group: new Set(catalog.groups), role: new Set(catalog.roles) }

  const unknown = (node: ExpressionNode, code: ErrorCode, message: string, hint: string | undefined): ProveError[] => [
    expressionError(text, node, message, hint, code),
  ]

  const ofName = (node: NameNode): ProveError[] => {
    if (node.pattern.kind !== 'text' || names.has(node.pattern.text)) return []
    const name = node.pattern.text
    const kind = (['group', 'role'] as const).find((other) => members[other].has(name))
    const hint =
      kind === undefined
        ? (didYouMean(name, names) ?? listOf('target', names))
        : `write "${kind}:${name}" for the ${kind}`
    return unknown(node, 'PRV_TARGET_UNKNOWN', `there is no target "${name}"`, hint)
  }

  const ofMember = (node: MemberNode): ProveError[] => {
    const { kind, pattern } = node
    if (pattern.kind !== 'text' || members[kind].has(pattern.text)) return []
    const hint = didYouMean(pattern.text, members[kind]) ?? listOf(kind, members[kind])
    const code = kind === 'group' ? 'PRV_GROUP_UNKNOWN' : 'PRV_ROLE_UNKNOWN'
    return unknown(node, code, `there is no ${kind} "${pattern.text}"`, hint)
  }

  const ofFact = (node: FactNode): ProveError[] => {
    if (isKnownFact(node.fact, catalog)) return []
    const hint = didYouMean(node.fact, factNamesOf(catalog)) ?? 'run "prove facts" to see what there is'
    return unknown(node, 'PRV_FACT_UNKNOWN', `there is no fact "${node.fact}"`, hint)
  }

  const collect = (node: ExpressionNode): readonly ProveError[] => {
    switch (node.kind) {
      case 'all':
        return []
      case 'name':
        return ofName(node)
      case 'group':
      case 'role':
        return ofMember(node)
      case 'fact':
        return ofFact(node)
      case 'not':
        return collect(node.operand)
      case 'and':
      case 'or':
        return node.operands.flatMap(collect)
    }
  }
  return collect(root)
}

const listOf = (kind: string, names: ReadonlySet<string>): string => {
  const shown = [...names].slice(0, 10)
  if (shown.length === 0) return `the catalog has no ${kind}s`
  return `${kind}s are ${shown.join(', ')}${names.size > shown.length ? ', …' : ''}`
}

/** False only where it can be told: some target's facts are here, or the names that plugins give. */
const isKnownFact = (name: string, { targets, factNames }: TargetCatalog): boolean => {
  const found = targets.flatMap(({ facts }) => (facts === undefined ? [] : [findFact(facts, name).state]))
  if (found.includes('given')) return true
  if (found.includes('absent')) return false
  if (found.includes('hidden')) return true
  if (factNames === undefined) return found.length === 0
  return factNames.some((known) => name === known || name.startsWith(`${known}.`))
}

const factNamesOf = ({ targets, factNames = [] }: TargetCatalog): ReadonlySet<string> => {
  const names = new Set(factNames)
  for (const { facts = {} } of targets) {
    for (const [name, value] of Object.entries(facts)) {
      names.add(name)
      if (isMap(value)) for (const key of Object.keys(value)) names.add(`${name}.${key}`)
    }
  }
  return names
}
