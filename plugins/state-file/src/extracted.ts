import {
  blocked,
  content,
  type ContentAnswer,
  defineState,
  empty,
  entry,
  file,
  type FileAnswer,
  mode,
  path,
  source,
  z,
} from '@prove/core'
import { accountReads, missingParents, ownershipArguments, ownershipObstacle, parentsArgument } from '@prove/core/files'
import { archiveOf, archiveProblem, missingProgram, nameOf, programsOf, seenStamp, stampPath } from './archive.js'
import { parseStamp, stampText } from './archive-stamp.js'
import { checksum } from './checksum.js'
import { sumsReads } from './declared-download.js'
import { destinationProblem } from './destination.js'
import { downloadSeconds } from './fetch.js'
import { expressionOf, patterns, patternsAbout } from './globs.js'
import { program } from './reads/program.js'
import { fetcher } from './reads/web.js'
import type { ArchiveExtractStep } from './steps/extract.js'
import { extractedExamples } from './transfer-examples.js'
import { requestArguments, requestConflict, url } from './web-address.js'

interface Seen {
  readonly now?: FileAnswer | undefined
  readonly stamp?: FileAnswer | undefined
  readonly local?: FileAnswer | undefined
  readonly sums?: string | undefined
  readonly told?: ContentAnswer | undefined
}

const webArguments = ['checksum', 'checksum_url', 'headers', 'username', 'password', 'ca'] as const

/** Keep a directory that was filled out of an archive. */
export const extracted = defineState({
  name: 'archive.extracted',
  about: 'Keep a directory that was filled out of an archive.',
  details: `The archive is a file of the catalog (\`source\`), of the target (\`archive\`), or of a web server (\`url\`, with the arguments of
\`file.download\`): tar, plain or with gzip, bzip2, xz or zstd, or zip. Its content tells which; the target unpacks it.

It is extracted into a folder of its own first, and moved to \`path\` when it is complete. What is in \`path\` already stays, unless the
archive has a file of that name. An archive with names outside of it, such as \`../x\`, with a link that leads out of it, with an
absolute link, or with devices is refused as a whole, and so is one that would write through a link that is there.

A file in the directory (\`stamp\`) tells what was extracted, and with which arguments. Nothing else is looked at: when the archive or the
arguments change, it is extracted again, and what was changed or removed by hand stays so until then. Of an address without a
checksum only the address is known. Two archives in one directory need two stamps.

Owner and group are those of the session unless given. Modes are those of the archive, without set-id bits and what others may
write, unless given; directories that exist keep theirs.

${patternsAbout} They are matched with the paths below \`path\`, as they are after \`strip\`.`,
  main: 'path',
  args: {
    path: path('The directory that is filled.'),
    source: source('An archive of the catalog.').optional(),
    archive: path('An archive on the target.').optional(),
    url: url('Where a web server has an archive.').optional(),
    checksum: checksum('What the archive of the web server must have.').optional(),
    checksum_url: url('A table of checksums that has the name of the archive.').optional(),
    ...requestArguments,
    strip: z.int().min(0).max(20).optional().meta({ description: 'How many directories at the top to leave out.' }),
    include: patterns('What is extracted; all of it unless given.'),
    exclude: patterns('What is not.'),
    ...ownershipArguments,
    file_mode: mode('Permissions of all files, as octal digits.').optional(),
    directory_mode: mode('Permissions of all directories, as octal digits.').optional(),
    stamp: z
      .string()
      .regex(/^[\w.+-]+$/, 'expected the name of a file')
      .refine((name) => !/^\.{1,2}$/.test(name), 'expected the name of a file')
      .optional()
      .meta({
        description: 'The file in the directory that tells what was extracted; `.prove-extracted` unless given.',
      }),
    ...parentsArgument,
  },
  examples: extractedExamples,

  owns: (given) => (given.path === undefined ? undefined : stampPath(given)),
  conflict: (given) => {
    const origins = (['source', 'archive', 'url'] as const).filter((name) => given[name] !== undefined)
    if (origins.length === 0) return 'one of "source", "archive" and "url" is needed'
    if (origins.length > 1) return `"${origins[0]}" and "${origins[1]}" exclude each other`
    const stray = given.url === undefined ? webArguments.find((name) => given[name] !== undefined) : undefined
    if (stray !== undefined) return `"${stray}" needs "url"`
    if (given.checksum !== undefined && given.checksum_url !== undefined)
      return '"checksum" and "checksum_url" exclude each other'
    return requestConflict(given)
  },

  reads: (given, seen: Seen) => {
    const isOther = seenStamp(given, seen) !== undefined && seen.stamp?.sha256 !== seenStamp(given, seen)?.sha256
    const { now, stamp } = seen
    return {
      now: entry(given.path),
      stamp: file(stampPath(given)),
      ...accountReads(given),
      ...(given.archive === undefined ? {} : { local: file(given.archive) }),
      ...(given.url === undefined ? {} : { tool: fetcher(), ...sumsReads({ ...given, url: given.url }) }),
      ...Object.fromEntries(programsOf(nameOf(given)).map((name) => [`program/${name}`, program(name)])),
      ...(isOther && stamp?.type === 'file' ? { told: content(stampPath(given)) } : {}),
      ...(isOther && now?.type === 'directory' ? { isEmpty: empty(given.path) } : {}),
    }
  },

  check: (given, seen) => {
    const { now, stamp, told } = seen
    const unknown = archiveProblem(given, seen)
    if (unknown !== undefined) return blocked(unknown)
    const wanted = seenStamp(given, seen)
    if (wanted === undefined || stamp.sha256 === wanted.sha256) return []
    const problem = missingProgram(given, seen) ?? ownershipObstacle(given, seen)
    if (problem !== undefined) return blocked(problem)
    const inTheWay = destinationProblem(given, now, stamp)
    if (inTheWay !== undefined) return inTheWay
    const old = told?.text === undefined ? undefined : parseStamp(told.text)
    return [
      ...(now.type === 'absent' ? [{ field: 'type', from: null, to: 'directory' }] : []),
      ...(old?.archive === wanted.archive
        ? []
        : [{ field: 'archive', from: short(old?.archive), to: short(wanted.archive) }]),
      ...(old === undefined || old.options === wanted.options
        ? []
        : [{ field: 'options', from: old.options, to: wanted.options }]),
      ...(old?.archive === wanted.archive && old.options === wanted.options
        ? [{ field: 'stamp', from: 'edited', to: 'as extracted' }]
        : []),
    ]
  },

  apply: (given, seen) => {
    const wanted = seenStamp(given, seen)
    const origin = archiveOf(given, seen)
    if (wanted === undefined || origin === undefined) return []
    const { path: name, owner, group, file_mode, directory_mode } = given
    const { now, isEmpty } = seen
    return [
      {
        kind: 'archive.extract',
        path: name,
        origin,
        name: nameOf(given),
        strip: given.strip ?? 0,
        include: (given.include ?? []).map(expressionOf),
        exclude: (given.exclude ?? []).map(expressionOf),
        owner,
        group,
        file_mode,
        directory_mode,
        stamp: { name: stampPath(given).slice(stampPath(given).lastIndexOf('/') + 1), text: stampText(wanted) },
        before: now.type === 'absent' ? 'absent' : isEmpty === true ? 'empty' : 'full',
        parents: missingParents(name, now),
        timeout: downloadSeconds,
      } satisfies ArchiveExtractStep,
    ]
  },
})

/** Hashes are told by their beginning. */
const short = (archive: string | undefined): string | null =>
  archive === undefined ? null : archive.replace(/(?<=:[0-9a-f]{12})[0-9a-f]+$/, '')
