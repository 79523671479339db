import { type Answered, quote, type Read, type ReadKind } from '@prove/core'
import { managerOf } from '../managers/index.js'
import { brokenOff, noManager } from './packages.js'

/** What a package file holds; or why that cannot be told. */
export type PackageFileAnswer =
  | { readonly name: string; readonly version: string }
  | { readonly why: 'absent' | 'unreadable' }

interface PackageFileQuery {
  readonly path: string
}

/** Name and version of the package in a file on the target. */
export const packageFile = (path: string): Read<PackageFileAnswer> => ({
  kind: 'package-file',
  key: `package-file:${path}`,
  query: { path } satisfies PackageFileQuery,
})

const answerOf = (text: string): Answered<PackageFileAnswer> => {
  if (text === 'absent\n') return { ok: true, value: { why: 'absent' } }
  const [name, version, rest] = text.split('\n')
  if (name === undefined || version === undefined || version === '' || rest !== '') {
    return { ok: true, value: { why: 'unreadable' } }
  }
  return { ok: true, value: { name, version } }
}

export const packageFileKind: ReadKind<PackageFileQuery, PackageFileAnswer> = {
  name: 'package-file',
  tools: [],
  script: (queries, facts) =>
    queries
      .map(({ path }) => {
        const file = quote(path)
        const look = managerOf(facts)?.fileScript(path) ?? ':'
        return `if [ -e ${file} ]; then ${look}\nelse echo absent; fi 2>/dev/null\necho '== end'`
      })
      .join('\n'),
  parse: (output, queries, facts) => {
    if (managerOf(facts) === undefined) return queries.map(() => noManager)
    const parts = output.toString('utf8').split(/^== end\n/m)
    return queries.map((_query, i) => (i < parts.length - 1 ? answerOf(parts[i] ?? '') : brokenOff))
  },
  restsOn: ({ path }) => ({ paths: [path] }),
}
