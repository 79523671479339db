import type { Answered, Read, ReadKind } from '@prove/core'
import { managerOf } from '../managers/index.js'
import type { ListsAge, OfferedPackage } from '../managers/contract.js'
import { brokenOff, noManager } from './packages.js'

/** What repositories offer, by the lists that were fetched before. */
export interface OffersAnswer {
  readonly lists: ListsAge
  readonly packages: readonly OfferedPackage[]
}

interface OffersQuery {
  readonly names: readonly string[]
}

/** What could be installed under these names; without names only how old the lists are. */
export const offers = (names: readonly string[]): Read<OffersAnswer> => ({
  kind: 'package-offers',
  key: `package-offers:${names.join(',')}`,
  query: { names } satisfies OffersQuery,
})

const allNames = (queries: readonly OffersQuery[]): readonly string[] => [
  ...new Set(queries.flatMap(({ names }) => names)),
]

const listsOf = (text: string): ListsAge => {
  const age = /^age (-?\d+)$/m.exec(text)?.[1]
  return { ...(age === undefined ? {} : { age: Math.max(0, Number(age)) }), outdated: /^outdated$/m.test(text) }
}

/**
 * Rests on everything: lists may be links into repositories, and what is offered hangs on preferences, architectures and
 * what is installed.
 */
export const offersKind: ReadKind<OffersQuery, OffersAnswer> = {
  name: 'package-offers',
  tools: [],
  script: (queries, facts) => {
    const manager = managerOf(facts)
    if (manager === undefined) return ':'
    const names = allNames(queries)
    return `${manager.listsScript}\necho ==\n${names.length === 0 ? '' : manager.offersScript(names)}`
  },
  parse: (output, queries, facts): readonly Answered<OffersAnswer>[] => {
    const manager = managerOf(facts)
    if (manager === undefined) return queries.map(() => noManager)
    const names = allNames(queries)
    const text = output.toString('utf8')
    const end = text.indexOf('==\n')
    const found = names.length === 0 ? [] : manager.parseOffers(text.slice(end + 3), names)
    if (end < 0 || found === undefined) return queries.map(() => brokenOff)
    const byName = new Map(found.map((each) => [each.name, each]))
    const lists = listsOf(text.slice(0, end))
    return queries.map((query) => ({
      ok: true,
      value: { lists, packages: query.names.flatMap((each) => byName.get(each) ?? []) },
    }))
  },
}
