import { type ProveError, ProveErrors, withDetails } from '@prove/core'
import type { ExpressionNode, FactNode, TargetExpression } from './expression.js'
import { expressionError } from './expression-error.js'
import { factTest, type FactValues, findFact } from './fact.js'
import { unknownNames } from './known-names.js'
import { patternTest } from './pattern.js'
import { printName } from './print.js'

/** What an expression can ask of a target. */
export interface SelectableTarget {
  readonly name: string
  /** All groups and roles that it belongs to. */
  readonly groups: readonly string[]
  readonly roles: readonly string[]
  /** Undefined as long as nobody has asked the target. */
  readonly facts?: FactValues | undefined
}

export interface TargetCatalog {
  readonly targets: readonly SelectableTarget[]
  readonly groups: readonly string[]
  readonly roles: readonly string[]
  /** The facts that plugins give: one of them that a target's facts lack is then still to be gathered. */
  readonly factNames?: readonly string[] | undefined
}

/** Undefined where it rests on facts that are not known. */
type Decision = boolean | undefined
type Decide = (target: SelectableTarget) => Decision

/**
 * The names of the targets that an expression chooses, in the catalog's order. Throws as {@link matchingTargets} does, and
 * PRV_TARGET_UNKNOWN when nothing is chosen, because a run over no target is never meant.
 */
export const evaluateTargets = (expression: TargetExpression, catalog: TargetCatalog): readonly string[] => {
  const chosen = matchingTargets(expression, catalog)
  if (chosen.length === 0) throw nothingChosen(expression, catalog)
  return chosen
}

/**
 * The names of the targets that an expression matches, in the catalog's order; none is no error. Throws ProveErrors with
 * every name in it that does not exist (PRV_TARGET_UNKNOWN, PRV_GROUP_UNKNOWN, PRV_ROLE_UNKNOWN, PRV_FACT_UNKNOWN), and
 * PRV_FACTS_NEEDED with the targets that names, groups and roles do not decide alone, wherever in the expression they stand.
 */
export const matchingTargets = (expression: TargetExpression, catalog: TargetCatalog): readonly string[] => {
  const unknown = unknownNames(expression, catalog)
  if (unknown.length > 0) throw new ProveErrors(unknown)
  const decide = deciderOf(expression.root)
  const decisions = catalog.targets.map((target) => ({ name: target.name, decision: decide(target) }))
  const undecided = decisions.filter(({ decision }) => decision === undefined).map(({ name }) => name)
  if (undecided.length > 0) throw factsNeeded(expression, undecided)
  return decisions.filter(({ decision }) => decision === true).map(({ name }) => name)
}

const deciderOf = (node: ExpressionNode): Decide => {
  switch (node.kind) {
    case 'all':
      return () => true
    case 'name': {
      const fits = patternTest(node.pattern)
      return ({ name }) => fits(name)
    }
    case 'group':
    case 'role': {
      const fits = patternTest(node.pattern)
      return node.kind === 'group' ? ({ groups }) => groups.some(fits) : ({ roles }) => roles.some(fits)
    }
    case 'fact':
      return factDecider(node)
    case 'not': {
      const decide = deciderOf(node.operand)
      return (target) => negated(decide(target))
    }
    case 'and':
    case 'or':
      return chainDecider(node.operands.map(deciderOf), node.kind === 'or')
  }
}

const factDecider = (node: FactNode): Decide => {
  const holds = factTest(node)
  return ({ facts }) => {
    const found = facts === undefined ? undefined : findFact(facts, node.fact)
    if (found === undefined || found.state === 'ungathered') return undefined
    return holds(found.state === 'given' ? found.value : null)
  }
}

const negated = (decision: Decision): Decision => (decision === undefined ? undefined : !decision)

/** One operand may decide alone: a false one for `and`, a true one for `or`, whatever the unknown ones would say. */
const chainDecider =
  (operands: readonly Decide[], decisive: boolean): Decide =>
  (target) => {
    const decisions = operands.map((decide) => decide(target))
    if (decisions.includes(decisive)) return decisive
    return decisions.includes(undefined) ? undefined : !decisive
  }

/** Above this many targets a hint says "all" rather than their names. */
const namesInHint = 10

const factsNeeded = ({ text, root }: TargetExpression, targets: readonly string[]): ProveError => {
  const fact = firstFact(root)
  const choice = targets.length > namesInHint ? 'all' : targets.map(printName).join(',')
  const whose = targets.length === 1 ? `"${targets[0]}"` : `${targets.length} targets`
  const message = `the fact "${fact?.fact}" of ${whose} is not known yet`
  const details = { targets, hint: `run "prove facts -t ${quotedForShell(choice)}" first` }
  return withDetails(expressionError(text, fact ?? root, message, undefined, 'PRV_FACTS_NEEDED'), details)
}

const quotedForShell = (choice: string): string => (choice.includes('"') ? `'${choice}'` : choice)

const firstFact = (node: ExpressionNode): FactNode | undefined => {
  if (node.kind === 'fact') return node
  const inner = 'operands' in node ? node.operands : 'operand' in node ? [node.operand] : []
  for (const each of inner) {
    const fact = firstFact(each)
    if (fact !== undefined) return fact
  }
  return undefined
}

const nothingChosen = ({ text }: TargetExpression, { targets }: TargetCatalog): ProveError => {
  const isEmpty = targets.length === 0
  const message = isEmpty ? 'the catalog has no targets' : 'the expression matches no target'
  const hint = isEmpty ? 'add targets or an inventory to prove.config.ts' : 'loosen the expression'
  return expressionError(text, { offset: 0, length: text.length }, message, hint, 'PRV_TARGET_UNKNOWN')
}
