import type { Roster, Target } from './targets.js'
import { evaluateTargets, parseTargetExpression } from './target-expression/index.js'

/**
 * The targets that an expression chooses, in the order of their declaration; all of them without one. `factsOf` gives what
 * is known of a target. Throws PRV_TARGET_EXPRESSION, PRV_TARGET_UNKNOWN, PRV_GROUP_UNKNOWN, PRV_ROLE_UNKNOWN,
 * PRV_FACT_UNKNOWN or PRV_FACTS_NEEDED.
 */
export const chooseTargets = (
  { targets, groups, roles }: Roster,
  expression: string | undefined,
  factNames: ReadonlySet<string>,
  factsOf: (target: Target) => Readonly<Record<string, unknown>> | undefined,
): readonly Target[] => {
  const all = [...targets.values()]
  if (expression === undefined) return all
  const chosen = evaluateTargets(parseTargetExpression(expression), {
    targets: all.map((target) => ({
      name: target.name,
      groups: target.groups.map(({ name }) => name),
      roles: target.roles.map(({ name }) => name),
      // Looked up only where the expression asks.
      get facts() {
        return factsOf(target)
      },
    })),
    groups: [...groups.keys()],
    roles: [...roles.keys()],
    factNames: [...factNames],
  })
  return chosen.flatMap((name) => targets.get(name) ?? [])
}
