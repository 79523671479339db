import type { Answered, Facts, Read, ReadKind } from '@prove/core'
import { managerOf, managers } from '../managers/index.js'
import type { InstalledPackage, ManagerName, PackageManager } from '../managers/contract.js'

/** What is installed, and by what it is kept. */
export interface PackagesAnswer {
  readonly manager: ManagerName
  /** Whether this session may change packages. */
  readonly root: boolean
  readonly packages: readonly InstalledPackage[]
}

interface PackagesQuery {
  readonly names: readonly string[]
}

/** What is installed under these names. */
export const packages = (names: readonly string[]): Read<PackagesAnswer> => ({
  kind: 'packages',
  key: `packages:${names.join(',')}`,
  query: { names } satisfies PackagesQuery,
})

/** The answer on a host whose package manager is none of those that are known. */
export const noManager: Extract<Answered, { ok: false }> = {
  ok: false,
  problem: 'unavailable',
  detail: managers.map(({ program }) => program).join(', '),
}

export const brokenOff: Extract<Answered, { ok: false }> = {
  ok: false,
  problem: 'failed',
  detail: 'the answer of the target broke off',
}

const allNames = (queries: readonly PackagesQuery[]): readonly string[] => [
  ...new Set(queries.flatMap(({ names }) => names)),
]

const answersOf = (
  manager: PackageManager,
  output: string,
  queries: readonly PackagesQuery[],
  { uid }: Facts,
): readonly Answered<PackagesAnswer>[] => {
  const all = allNames(queries)
  const found = manager.parseInstalled(output, all)
  if (found === undefined) return queries.map(() => brokenOff)
  const byName = new Map(found.map((each) => [each.name, each]))
  return queries.map(({ names }) => ({
    ok: true,
    value: { manager: manager.name, root: uid === 0, packages: names.flatMap((each) => byName.get(each) ?? []) },
  }))
}

/** One process for all packages of a batch. */
export const packagesKind: ReadKind<PackagesQuery, PackagesAnswer> = {
  name: 'packages',
  tools: [],
  // One of them is enough.
  looksFor: managers.map(({ program }) => program),
  script: (queries, facts) => managerOf(facts)?.installedScript(allNames(queries)) ?? ':',
  parse: (output, queries, facts) => {
    const manager = managerOf(facts)
    if (manager === undefined) return queries.map(() => noManager)
    return answersOf(manager, output.toString('utf8'), queries, facts)
  },
  // The databases of all of them: which one it is, a query does not know.
  restsOn: () => ({
    paths: [
      '/var/lib/dpkg',
      '/var/lib/rpm',
      '/usr/lib/sysimage/rpm',
      '/var/lib/pacman',
      '/lib/apk',
      '/usr/lib/apk',
      '/etc/apk',
    ],
    below: true,
  }),
}
