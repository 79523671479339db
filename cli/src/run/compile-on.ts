import { type Catalog, type CompiledTarget, type CompileRequest, Errors, type Target } from '@prove/catalog'
import { canonicalJson, FactsNeeded, type FactSource, type Reached } from '@prove/core'

interface Wanted {
  readonly catalog: Catalog
  readonly target: Target
  /** The states, where the catalog is not to give them. */
  readonly source: Pick<CompileRequest, 'files' | 'typed'>
  /** What was compiled before the target was reached, or why it could not be. */
  readonly known: CompiledTarget | FactsNeeded | undefined
  readonly sources: readonly FactSource[]
}

/**
 * The states of a target whose facts can be asked. What was compiled from remembered facts holds as long as those it used
 * are still true; costly facts are gathered where a file asks for them.
 */
export const compileOn = async (reached: Reached, wanted: Wanted): Promise<CompiledTarget> => {
  const { catalog, target, source, known, sources } = wanted
  if (known !== undefined && 'used' in known && isTrue(known.used, reached.allFacts)) return known
  for (;;) {
    const errors = new Errors()
    try {
      const facts = reached.allFacts
      // oxlint-disable-next-line no-await-in-loop -- each turn needs the facts of the one before
      const compiled = await catalog.compile(target, { ...source, facts }, errors)
      errors.throwIfAny()
      // The states may be of functions that nobody counted on when the session was opened.
      // oxlint-disable-next-line no-await-in-loop
      await reached.seekTools()
      return compiled
    } catch (error) {
      if (!(error instanceof FactsNeeded)) throw error
      const givers = sources.filter((giver) => error.facts.some((name) => Object.hasOwn(giver.facts, name)))
      // oxlint-disable-next-line no-await-in-loop
      await reached.gatherFacts(givers)
      if (error.facts.some((name) => !Object.hasOwn(reached.allFacts, name))) throw error
    }
  }
}

const isTrue = (used: CompiledTarget['used'], facts: Readonly<Record<string, unknown>>): boolean =>
  [...used].every(([name, value]) => canonicalJson(facts[name]) === canonicalJson(value))
