import { didYouMean, FactsNeeded, ProveError } from '@prove/core'

/** Facts as files see them: unknown names are refused, and what was used is remembered. */
export interface FactsView {
  readonly facts: Readonly<Record<string, unknown>>
  /** The facts that were asked for, with the values that were given. */
  readonly used: ReadonlyMap<string, unknown>
}

/** Asked of everything that is awaited or made JSON of. */
const neverFacts: ReadonlySet<string> = new Set(['then', 'toJSON'])

/** `known` are the names that plugins give; `values` what has been gathered, undefined where nobody asked the target. */
export const viewFacts = (
  known: ReadonlySet<string>,
  values: Readonly<Record<string, unknown>> | undefined,
): FactsView => {
  const used = new Map<string, unknown>()
  const get = (name: string): unknown => {
    if (!known.has(name)) {
      const hint = didYouMean(name, [...known]) ?? 'run "prove facts" to see them all'
      throw new ProveError('PRV_FACT_UNKNOWN', `there is no fact "${name}"`, { hint })
    }
    if (values === undefined || !Object.hasOwn(values, name)) throw new FactsNeeded([name])
    used.set(name, values[name])
    return values[name]
  }
  const facts = new Proxy<Record<string, unknown>>(
    {},
    {
      // Symbols and the members of every object are asked for by whatever prints or awaits a value.
      get: (target, name) =>
        typeof name === 'symbol' || name in target || (neverFacts.has(name) && !known.has(name))
          ? Reflect.get(target, name)
          : get(name),
      has: (_target, name) => typeof name === 'string' && known.has(name),
      ownKeys: () => [...known],
      getOwnPropertyDescriptor: (_target, name) =>
        typeof name === 'string' && known.has(name)
          ? { enumerable: true, configurable: true, get: () => get(name) }
          : undefined,
      set: () => false,
    },
  )
  return { facts, used }
}
