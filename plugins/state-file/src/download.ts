import { blocked, defineState, entry, file, type FileAnswer, makeBlob, newFileMode, path, z } from '@prove/core'
import {
  accountReads,
  backupOf,
  backupPath,
  modeArgument,
  newOwnership,
  obstacleTo,
  obstacleToContent,
  obstacleToReplacing,
  ownershipArguments,
  ownershipChanges,
  ownershipObstacle,
  placingArguments,
  replacingArguments,
  writeStep,
} from '@prove/core/files'
import { type Checksum, checksum } from './checksum.js'
import { declaredSum, fetcherProblem, requestOf, sumsProblem, sumsReads } from './declared-download.js'
import { downloadSeconds } from './fetch.js'
import { digest512 } from './reads/digest.js'
import { fetcher, freshness, type Freshness } from './reads/web.js'
import { type FileDownloadStep, noteName, urlHash } from './steps/download.js'
import { downloadExamples } from './transfer-examples.js'
import { requestArguments, requestConflict, url, type WebRequest } from './web-address.js'

interface Given extends WebRequest {
  readonly path: string
  readonly checksum?: string | undefined
  readonly checksum_url?: string | undefined
  readonly refresh?: boolean | undefined
}

interface Seen {
  readonly now?: FileAnswer | undefined
  readonly sums?: string | undefined
  readonly digest?: string | undefined
  readonly fresh?: Freshness | undefined
}

/** What the new content must have, where that differs from what is there; undefined where nothing differs. */
const difference = (
  given: Given,
  { now, sums, digest, fresh }: Seen,
): { readonly from: string; readonly sum: Checksum } | undefined => {
  if (now?.type !== 'file' || now.sha256 === undefined) return undefined
  const sum =
    given.refresh === true && fresh !== undefined && fresh !== 'same' ? ofFresh(fresh) : declaredSum(given, sums)
  if (sum === undefined) return undefined
  const from = sum.algorithm === 'sha256' ? now.sha256 : digest
  return from === undefined || from === sum.hex ? undefined : { from, sum }
}

const ofFresh = ({ sha256 }: { readonly sha256: string }): Checksum => ({ algorithm: 'sha256', hex: sha256 })

/** Keep a file that a server has. */
export const download = defineState({
  name: 'file.download',
  about: 'Keep a file that a web server has.',
  details: `The target fetches it, with \`curl\`, or with \`wget\` where there is no curl. It is downloaded beside its place, checked, and renamed:
a download that breaks off leaves nothing. It may take 600 seconds, or what the field \`timeout\` of the state says.

With a checksum the file is fetched when it does not have that. \`checksum_url\` names a table as projects publish it, lines of
\`HASH  NAME\` or \`SHA256 (NAME) = HASH\`, or one hash alone; the table is read each time. Without a checksum a file that exists is left
alone, unless \`refresh\` is set: then the server is asked each time whether it has something else. A server that tells neither
ETag nor Last-Modified has to send all of it for that.

Headers, user name and password are in no output and in no process list. They go to \`checksum_url\` only if that is on the same server.
Where the server sends the request elsewhere, headers other than Authorization and Cookie go along. What is asked for with https
never comes over http.`,
  main: 'path',
  args: {
    path: path('The file.'),
    url: url('Where it is.'),
    checksum: checksum('What the content must have.').optional(),
    checksum_url: url('A table of checksums that has the name of the file.').optional(),
    refresh: z.boolean().optional().meta({ description: 'Ask the server each time whether it has changed.' }),
    ...requestArguments,
    ...ownershipArguments,
    ...modeArgument,
    ...placingArguments,
    ...replacingArguments,
  },
  examples: downloadExamples,

  owns: (given) => given.path,
  conflict: (given) => {
    const chosen = (['checksum', 'checksum_url', 'refresh'] as const).filter(
      (name) => given[name] !== undefined && given[name] !== false,
    )
    if (chosen.length > 1) return `"${chosen[0]}" and "${chosen[1]}" exclude each other`
    return requestConflict(given)
  },

  reads: (given, seen: Seen) => {
    const { now, sums } = seen
    const isThere = now?.type === 'file'
    const isLong = declaredSum(given, sums)?.algorithm === 'sha512'
    const asked = { ...requestOf(given), path: given.path, note: noteName(given.path), urlHash: urlHash(given.url) }
    return {
      now: file(given.path),
      tool: fetcher(),
      ...accountReads(given),
      ...sumsReads(given),
      ...(isThere && isLong ? { digest: digest512(given.path) } : {}),
      ...(isThere && given.refresh === true ? { fresh: freshness(asked) } : {}),
      ...(isThere && given.backup === true && difference(given, seen) !== undefined
        ? { kept: entry(backupPath(given.path, now.sha256)) }
        : {}),
    }
  },

  check: (given, seen) => {
    const { now, tool } = seen
    const problem = ownershipObstacle(given, seen) ?? sumsProblem(given, seen.sums)
    if (problem !== undefined) return blocked(problem)
    const ready = fetcherProblem(given, tool)
    if (now.type === 'absent' || (now.type === 'link' && given.replace_link === true)) {
      if (ready !== undefined) return blocked(ready)
      return (
        obstacleTo(given.path, now, given.create_parents === true) ?? [
          { field: 'type', from: now.type === 'absent' ? null : 'link', to: 'file' },
          ...newOwnership(given, newFileMode),
        ]
      )
    }
    const wrongType = obstacleToContent(given.path, now)
    if (wrongType !== undefined) return wrongType
    const isAsked = given.checksum !== undefined || given.checksum_url !== undefined || given.refresh === true
    if (isAsked && now.sha256 === undefined) return blocked(`this user may not read "${given.path}"`)
    const differs = difference(given, seen)
    const content =
      differs === undefined
        ? []
        : [{ field: 'content', from: differs.from.slice(0, 12), to: differs.sum.hex.slice(0, 12) }]
    const changes = [...content, ...ownershipChanges(given, now)]
    if (changes.length === 0) return []
    if (differs !== undefined && ready !== undefined) return blocked(ready)
    return obstacleToReplacing(given, now, differs !== undefined) ?? changes
  },

  apply: (given, seen) => {
    const { now, kept, sums } = seen
    const { path: name, owner, group, mode } = given
    const differs = difference(given, seen)
    if (now.type === 'file' && differs === undefined) {
      return [{ kind: 'file.attributes', type: 'file', path: name, owner, group, mode } as const]
    }
    const { kind: _kind, blob: _blob, ...placed } = writeStep(given, now, makeBlob(''))
    return [
      {
        ...placed,
        kind: 'file.download',
        request: requestOf(given),
        checksum: differs?.sum ?? declaredSum(given, sums),
        timeout: downloadSeconds,
        noted: given.refresh === true,
        replaceLink: given.replace_link,
        backup: now.type === 'file' ? backupOf(given, now.sha256, kept) : undefined,
      } satisfies FileDownloadStep,
    ]
  },
})
