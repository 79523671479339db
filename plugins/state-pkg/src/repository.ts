import {
  blocked,
  type Blocked,
  type BlobArgument,
  type Change,
  content,
  defineState,
  file,
  type FileAnswer,
  isBlocked,
  makeBlob,
  type Read,
  source,
  z,
} from '@prove/core'
import { obstacleTo, wholeFileChanges } from '@prove/core/files'
import { transactionArguments } from './arguments.js'
import { repositoryExamples } from './examples.js'
import { packages, type PackagesAnswer } from './reads/packages.js'
import { keyPath, type RepositoryArguments, repositoryText, sourcesPath } from './repository-text.js'
import type { RepositoryRemoveStep, RepositoryStep } from './steps/repository.js'

const word = z.string().regex(/^[^\s#]+$/, 'expected a word without spaces')

/** One or several words. */
const words = (
  about: string,
  each: z.ZodType<string, string> = word,
): z.ZodType<readonly string[], string | string[]> =>
  z
    .union([each, z.array(each).min(1)])
    .transform((given) => (typeof given === 'string' ? [given] : given))
    .meta({ description: about })

const uri = word
  .regex(/^[a-z][a-z0-9+-]*:/, 'expected an address such as "https://deb.debian.org/debian"')
  .refine(
    (text) => !/^[^/]*:\/\/[^/]*:[^/]*@/.test(text),
    'a password does not belong here, where everybody may read it: put it into /etc/apt/auth.conf.d',
  )

const signedBy = z
  .string()
  .refine(
    (text) => /^\/\S+$/.test(text) || text.trimStart().startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----'),
    'expected an absolute path or an armoured public key',
  )

const repositoryArguments = {
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected a name of letters, digits, dots, dashes and underscores')
    .meta({ description: 'Its name, which becomes that of the file.' }),
  uris: words('Where it is.', uri).optional(),
  suites: words(
    'Its suites, such as `bookworm`; one that ends in a slash is a path, and has no components.',
  ).optional(),
  components: words('Its components, such as `main`.').optional(),
  types: words('`deb` unless given; `deb-src` has the sources of packages.', z.enum(['deb', 'deb-src'])).optional(),
  architectures: words('Only packages for these; for those of the host unless given.').optional(),
  signed_by: signedBy.optional().meta({
    description: 'The key that signs it: an armoured public key, or the path of a file with keys on the target.',
  }),
  signed_by_source: source('The key as an armoured file of the catalog.').optional(),
  trusted: z.boolean().optional().meta({ description: 'Believe what it offers without any signature.' }),
  enabled: z.boolean().optional().meta({ description: 'False: keep its description, and do not use it.' }),
  absent: z.boolean().optional().meta({ description: 'Keep it away, and its key.' }),
  ...transactionArguments,
}

type Given = RepositoryArguments & {
  readonly signed_by_source?: BlobArgument | undefined
  readonly absent?: boolean | undefined
  readonly lock_timeout: number
}

interface RepositoryReads {
  readonly [name: string]: Read | undefined
  readonly host: Read<PackagesAnswer>
  readonly now: Read<FileAnswer>
  readonly key?: Read<FileAnswer>
  readonly old?: Read<{ readonly text?: string }>
}

interface SeenRepository {
  readonly host: PackagesAnswer
  readonly now: FileAnswer
  readonly key?: FileAnswer | undefined
  readonly old?: { readonly text?: string } | undefined
}

/** The key that is kept beside the repository; undefined where it lies elsewhere, or there is none. */
const keyOf = ({ signed_by: given, signed_by_source: sent }: Given): BlobArgument | undefined =>
  sent ?? (given === undefined || given.startsWith('/') ? undefined : makeBlob(`${given.trim()}\n`))

const textOf = (given: Given): BlobArgument & { readonly text: string } =>
  makeBlob(repositoryText(given, keyOf(given) === undefined ? given.signed_by : keyPath(given)))

const changesOf = (given: Given, { now, key, old }: SeenRepository): readonly Change[] | Blocked => {
  const own = wholeFileChanges(
    { path: sourcesPath(given), blob: textOf(given), create_parents: true, mode: '0644' },
    { now, old },
  )
  const blob = keyOf(given)
  if (isBlocked(own) || blob === undefined || key === undefined) return own
  const ofKey = wholeFileChanges({ path: keyPath(given), blob, create_parents: true, mode: '0644' }, { now: key })
  if (isBlocked(ofKey)) return ofKey
  return [...own, ...ofKey.map((change) => ({ ...change, field: `key ${change.field}` }))]
}

const goingChanges = (given: Given, { now, key }: SeenRepository): readonly Change[] | Blocked => {
  const found = [
    { path: sourcesPath(given), field: 'type', seen: now },
    ...(key === undefined ? [] : [{ path: keyPath(given), field: 'key type', seen: key }]),
  ].filter(({ seen }) => seen.type !== 'absent')
  for (const { path, seen } of found) {
    if (seen.type === 'directory') return blocked(`"${path}" is a directory`)
    const obstacle = obstacleTo(path, seen, false)
    if (obstacle !== undefined) return obstacle
  }
  return found.map(({ field, seen }) => ({ field, from: seen.type, to: 'absent' }))
}

/** Keep a repository of APT. */
export const repository = defineState({
  name: 'pkgrepo.apt',
  about: 'Keep a repository of APT, and the key that signs it.',
  details: `Its description is \`/etc/apt/sources.list.d/NAME.sources\`. A key that is given as text or as a file of the catalog is
kept as \`/etc/apt/keyrings/NAME.asc\`; it must be armoured (\`gpg --armor --export\`).

After a change, and only then, the package lists of this repository are fetched, and of no other. Where that fails, for a wrong
address or a wrong key, the state fails, and what was there before is put back: APT stays usable.

A package that only this repository has is installed by a \`pkg.installed\` that comes after it. A repository that is taken away takes no
package with it.`,
  main: 'name',
  args: repositoryArguments,
  examples: repositoryExamples,

  owns: (given) => sourcesPath(given),
  conflict: (given) => {
    const { uris, suites, components, signed_by: text, signed_by_source: sent, absent } = given
    if (absent === true) {
      const more = Object.keys(given).find((name) => !['name', 'absent', 'lock_timeout'].includes(name))
      return more === undefined ? undefined : `"absent" and "${more}" exclude each other`
    }
    if (uris === undefined) return 'expected "uris"'
    if (suites === undefined) return 'expected "suites"'
    if (text !== undefined && sent !== undefined) return '"signed_by" and "signed_by_source" exclude each other'
    const isFlat = suites.some((suite) => suite.endsWith('/'))
    if (isFlat && components !== undefined) return 'a suite that ends in a slash has no components'
    return !isFlat && components === undefined ? 'expected "components"' : undefined
  },

  reads: (given, { now }: { readonly now?: FileAnswer }): RepositoryReads => ({
    host: packages([]),
    now: file(sourcesPath(given)),
    ...(given.absent === true || keyOf(given) !== undefined ? { key: file(keyPath(given)) } : {}),
    ...(given.absent !== true && now?.type === 'file' && now.sha256 !== textOf(given).sha256
      ? { old: content(sourcesPath(given)) }
      : {}),
  }),

  check: (given, seen) => {
    const { manager } = seen.host
    if (manager !== 'apt') return blocked(`packages of this host are kept by ${manager}, not by APT`)
    return given.absent === true ? goingChanges(given, seen) : changesOf(given, seen)
  },

  apply: (given, { now, key }): readonly (RepositoryStep | RepositoryRemoveStep)[] => {
    const path = sourcesPath(given)
    if (given.absent === true) {
      const there = [now.type === 'absent' ? [] : [path], key?.type === 'file' ? [keyPath(given)] : []].flat()
      return [{ kind: 'pkgrepo.remove', paths: there }]
    }
    const blob = keyOf(given)
    return [
      {
        kind: 'pkgrepo.write',
        name: given.name,
        path,
        blob: textOf(given),
        ...(blob === undefined ? {} : { key: { path: keyPath(given), blob } }),
        update: given.enabled !== false,
        lock: given.lock_timeout,
      },
    ]
  },
})
