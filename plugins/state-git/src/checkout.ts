import {
  account,
  blocked,
  type Blocked,
  type Change,
  defineState,
  entry,
  exec,
  type FileAnswer,
  type FileDirectoryStep,
  path,
  type Read,
  type Step,
  user as userRead,
  z,
} from '@prove/core'
import { missingParents, obstacleTo, parentsArgument } from '@prove/core/files'
import { checkoutScript } from './checkout-script.js'
import { checkoutExamples } from './examples.js'
import { gitEnvironment } from './git-environment.js'
import { checkout as checkoutRead, type CheckoutAnswer } from './reads/checkout.js'
import { isSameUrl, repositoryOf } from './repository.js'
import { type Resolved, resolveRef } from './resolve-ref.js'

interface Given {
  readonly path: string
  readonly repo: string
  readonly ref?: string | undefined
  readonly depth?: number | undefined
  readonly submodules?: boolean | undefined
  readonly key?: string | undefined
  readonly accept_host_key?: boolean | undefined
  readonly user?: string | undefined
  readonly force?: boolean | undefined
  readonly create_parents?: boolean | undefined
}

interface Seen {
  readonly at: FileAnswer
  readonly account?: { readonly id: number | undefined } | undefined
  readonly now?: CheckoutAnswer | undefined
}

/** The user that git is to run as, where that is not the one of the session. */
const otherUser = ({ user }: Given, { at, account: found }: Pick<Seen, 'at' | 'account'>): string | undefined =>
  user !== undefined && found?.id !== at.by ? user : undefined

const accessOf = ({ repo, key, accept_host_key: acceptHostKey }: Given): Parameters<typeof gitEnvironment>[0] => ({
  repository: repositoryOf(repo),
  key,
  acceptHostKey,
})

const short = (commit: string | undefined): string | null => commit?.slice(0, 12) ?? null

const listed = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ')

/** What differs, whatever stands in the way. */
const changesOf = (given: Given, now: CheckoutAnswer, wanted: Resolved): readonly Change[] => {
  const changes: Change[] = []
  const { url } = repositoryOf(given.repo)
  const branch = wanted.kind === 'branch' ? wanted.name : null
  if (now.url !== undefined && !isSameUrl(now.url, url))
    changes.push({ field: 'remote', from: repositoryOf(now.url).url, to: url })
  if (now.head !== wanted.commit) changes.push({ field: 'commit', from: short(now.head), to: short(wanted.commit) })
  if (now.is === 'checkout' && now.head !== undefined && (now.branch ?? null) !== branch) {
    changes.push({ field: 'branch', from: now.branch ?? null, to: branch })
  }
  if (now.stale.length > 0) changes.push({ field: 'submodules', from: listed(now.stale), to: 'as in the commit' })
  if (given.force === true && now.modified.length > 0)
    changes.push({ field: 'local changes', from: listed(now.modified), to: null })
  return changes
}

/** What would be lost by them. */
const lossOf = (
  { path: name, force }: Given,
  { modified, own }: CheckoutAnswer,
  changes: readonly Change[],
): Blocked | undefined => {
  const isMoved = changes.some(({ field }) => field !== 'remote')
  if (force === true || !isMoved) return undefined
  if (modified.length > 0)
    return blocked(`"${name}" has local changes: ${listed(modified)}; force would throw them away`)
  if (own === 0) return undefined
  const count = own === 1 ? 'a commit' : `${own} commits`
  return blocked(`"${name}" has ${count} that the repository does not have; force would leave that behind`)
}

/** What is at the path, or about it, that no checkout can be made of. */
const obstacle = (given: Given, seen: Seen): Blocked | undefined => {
  const { at, account: found } = seen
  const { path: name, user } = given
  if (user !== undefined && found?.id === undefined) return blocked(`there is no user "${user}"`)
  if (otherUser(given, seen) !== undefined && at.by !== 0) return blocked(`only root may run git as "${user}"`)
  if (at.type === 'link') return blocked(`"${name}" is a symbolic link to "${at.target}"`)
  if (at.type === 'absent') return obstacleTo(name, at, given.create_parents === true)
  return at.type === 'directory' ? undefined : blocked(`"${name}" is no directory`)
}

const troubleOf = (name: string, words: string): Blocked => {
  const [first = ''] = words.split('\n')
  const isForeign = first.includes('dubious ownership')
  return blocked(
    isForeign ? `"${name}" belongs to another user: name it in user, and git runs as that` : `"${name}": ${first}`,
  )
}

/** Keep a checkout of a repository at a branch, a tag or a commit. */
export const checkout = defineState({
  name: 'git.checkout',
  about: 'Keep a checkout of a repository of git at a branch, a tag or a commit.',
  details: `A branch and a tag are compared with what the repository says now, by one \`git ls-remote\`; a plan fetches nothing. A name that
is both is the branch. A branch is checked out as one, and all else by itself.

What somebody has changed in the checkout is never lost: where the commit is to change, changed files and commits that the repository
does not have are an error that names them, and so are files in the way that git does not know or ignores. \`force\` throws changes away,
leaves such commits behind, and keeps files that git does not know unless they are in the way. Ignored files inside a submodule are
not protected.

A user and password in the URL, or a token alone, are given to git without a command line or a file, and are nowhere shown; in the checkout the URL stands
without them. ssh asks nothing: a host must be known, by \`ssh.known_host\` or \`accept_host_key\`. Where \`user\` is given git runs as
that user; a checkout of somebody else is not touched as root, for what is configured in it may run commands.`,
  main: 'path',
  args: {
    path: path('Where it is checked out.').refine((name) => name !== '/', 'the root directory cannot be a checkout'),
    repo: z
      .string()
      .regex(/^[^-\s\p{Cc}][^\p{Cc}]*$/u, 'expected a URL, user@host:path or a path')
      .meta({ description: 'The repository: a URL, user@host:path, or a path of the target.' }),
    ref: z
      .string()
      .regex(
        /^(?!-|.*(?:\.\.|@\{|\/\/|\.lock(?:\/|$)|\/$|\.$))[^\s\p{Cc}~^:?*[\\]+$/u,
        'expected the name of a branch or a tag, or a commit',
      )
      .optional()
      .meta({
        description:
          'A branch, a tag, or all 40 digits of a commit; the branch that the repository begins with unless given.',
      }),
    depth: z.int().min(1).optional().meta({ description: 'Fetch no more than so many commits.' }),
    submodules: z
      .boolean()
      .optional()
      .meta({ description: 'Also keep its submodules, and theirs, at what its commit says.' }),
    key: path('The private key for ssh, a file of the target.').optional(),
    accept_host_key: z
      .boolean()
      .optional()
      .meta({ description: 'Trust the key of a host that was never seen before.' }),
    user: account('The user that git runs as, and that a new checkout belongs to.').optional(),
    force: z.boolean().optional().meta({ description: 'Throw local changes away.' }),
    ...parentsArgument,
  },
  examples: checkoutExamples,

  owns: (given) => given.path,

  reads: (
    given,
    seen: Partial<Seen>,
  ): {
    readonly at: Read<FileAnswer>
    readonly account?: Read<{ readonly id: number | undefined }>
    readonly now?: Read<CheckoutAnswer>
  } => {
    const { at, account: found } = seen
    const isKnown = at !== undefined && obstacle(given, { at, account: found }) === undefined
    return {
      at: entry(given.path),
      ...(given.user === undefined ? {} : { account: userRead(given.user) }),
      ...(isKnown
        ? {
            now: checkoutRead({
              ...accessOf(given),
              path: given.path,
              ref: given.ref,
              user: otherUser(given, { at, account: found }),
              submodules: given.submodules === true,
            }),
          }
        : {}),
    }
  },

  check: (given, seen: Seen) => {
    const { now } = seen
    const { path: name } = given
    const inTheWay = obstacle(given, seen)
    if (inTheWay !== undefined) return inTheWay
    if (now === undefined) return []
    if (now.is === 'full' || now.is === 'other') return blocked(`"${name}" is no checkout of git, and not empty`)
    if (now.trouble !== undefined) return troubleOf(name, now.trouble)
    if (now.unreachable !== undefined)
      return blocked(
        `git cannot reach "${repositoryOf(given.repo).url}": ${now.unreachable.split('\n').slice(0, 3).join('; ')}`,
      )
    const wanted = resolveRef(given.ref, now.remote)
    if ('blocked' in wanted) return wanted
    const changes = changesOf(given, now, wanted)
    return lossOf(given, now, changes) ?? changes
  },

  apply: (given, seen: Seen) => {
    const { at, now } = seen
    const wanted = resolveRef(given.ref, now?.remote)
    if ('blocked' in wanted) return []
    const access = accessOf(given)
    const isMoved = now?.url !== undefined && !isSameUrl(now.url, access.repository.url)
    const make: FileDirectoryStep = {
      kind: 'file.directory',
      path: given.path,
      owner: given.user,
      parents: missingParents(given.path, at),
    }
    const flag = (value: boolean | undefined): string => (value === true ? 'y' : '')
    const step = exec({
      command: checkoutScript,
      runAs: otherUser(given, seen),
      env: {
        ...gitEnvironment(access),
        P: given.path,
        U: access.repository.url,
        S: flag(isMoved),
        K: wanted.kind,
        R: wanted.name ?? '',
        C: wanted.commit,
        N: given.depth === undefined ? '' : String(given.depth),
        M: flag(given.submodules),
        F: flag(given.force),
      },
    })
    const steps: readonly Step[] = at.type === 'absent' ? [make, step] : [step]
    return steps
  },
})
