import { didYouMean, ProveError, type Scope } from '@prove/core'

/** The scope as the function of a file gets it: a variable that is not defined is an error and not undefined. */
export const viewScope = (scope: Scope): Scope => ({
  target: scope.target,
  variables: definedOnly(scope.variables, (name) => `the variable "${name}" is not defined`),
  facts: scope.facts,
  with: definedOnly(scope.with, (name) => `"with" has no "${name}" here`),
})

// Asked for by whatever awaits, prints or compares a value, and not by the author of the file.
const asksNothing = new Set(['then', 'toJSON', 'toString', 'valueOf', 'hasOwnProperty', 'propertyIsEnumerable'])

/** Refuses names that a map does not have, and changes to it; `in` tells beforehand. */
const definedOnly = (
  map: Readonly<Record<string, unknown>>,
  missing: (name: string) => string,
): Readonly<Record<string, unknown>> =>
  new Proxy(map, {
    get(target, name) {
      if (typeof name === 'symbol' || Object.hasOwn(target, name)) return Reflect.get(target, name)
      if (asksNothing.has(name)) return Reflect.get(target, name)
      const hint = didYouMean(name, Object.keys(target)) ?? `ask whether it is there with "${name}" in …`
      throw new ProveError('PRV_TEMPLATE_UNDEFINED', missing(name), { hint })
    },
    has: (target, name) => Object.hasOwn(target, name),
    set: () => false,
    deleteProperty: () => false,
    defineProperty: () => false,
    setPrototypeOf: () => false,
  })
