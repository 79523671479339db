import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { type Blob, quote, quoteAll, type Step, type StepKind } from '@prove/core'
import { fileLibrary, temporaryOf } from '@prove/core/files'
import type { Checksum } from '../checksum.js'
import { fetchWords } from '../fetch.js'
import type { WebRequest } from '../web-address.js'
import { checksumWords } from './download.js'
import { extractLibrary } from './extract-library.js'

/** Where an archive is. */
export type ArchiveOrigin =
  | { readonly from: 'target'; readonly path: string; readonly sha256: string }
  | { readonly from: 'catalog'; readonly blob: Blob }
  | { readonly from: 'web'; readonly request: WebRequest; readonly checksum: Checksum | undefined }

/** Fills a directory out of an archive. */
export interface ArchiveExtractStep extends Step {
  readonly kind: 'archive.extract'
  readonly path: string
  readonly origin: ArchiveOrigin
  /** The name that the archive had, for what its content does not tell. */
  readonly name: string
  readonly strip: number
  /** Regular expressions of paths, as `grep -E` takes them. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly owner?: string | undefined
  readonly group?: string | undefined
  readonly file_mode?: string | undefined
  readonly directory_mode?: string | undefined
  /** The file in the directory that tells what was extracted, and its text. */
  readonly stamp: { readonly name: string; readonly text: string }
  /** What was there before: nothing, a directory with nothing in it, or one that holds something. */
  readonly before: 'absent' | 'empty' | 'full'
  readonly parents: readonly string[]
  /** Seconds that each program may take; there for the field of that name. */
  readonly timeout: number
}

/** Beside a directory that is to be made, and in one that is there: what is moved stays on one file system. */
const workOf = ({ path, before }: ArchiveExtractStep): string => {
  if (before === 'absent') return temporaryOf(path)
  return posix.join(path, `.prove-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`)
}

const bringText = ({ origin, timeout }: ArchiveExtractStep, scratch: (blob: Blob) => string): string => {
  switch (origin.from) {
    case 'target':
      return `local_archive ${quoteAll([origin.path, origin.sha256])}`
    case 'catalog':
      return `sent_archive ${quote(scratch(origin.blob))}`
    case 'web':
      return `fetched_archive ${checksumWords(origin.checksum)} ${fetchWords(origin.request, timeout)}`
  }
}

const ownerWord = ({ owner, group }: ArchiveExtractStep): string =>
  group === undefined ? (owner ?? '') : `${owner ?? ''}:${group}`

export const archiveExtractKind: StepKind<ArchiveExtractStep> = {
  name: 'archive.extract',
  tools: ['find', 'xargs', 'sed', 'grep', 'od'],
  library: (facts) => `${fileLibrary(facts)}\n${extractLibrary}`,
  blobs: ({ origin }) => (origin.from === 'catalog' ? [origin.blob] : []),
  // Names in a directory that holds something may be reached by other ways, such as bind mounts, that nobody has looked at.
  touches: ({ path, before }) => (before === 'full' ? 'everything' : { paths: [path] }),
  command: (step, scratch) =>
    `archive_extract ${quoteAll([
      step.path,
      workOf(step),
      bringText(step, scratch),
      String(step.timeout),
      step.name,
      String(step.strip),
      step.include.map((each) => `${each}\n`).join(''),
      step.exclude.map((each) => `${each}\n`).join(''),
      ownerWord(step),
      step.file_mode ?? '',
      step.directory_mode ?? '',
      step.stamp.name,
      step.stamp.text,
      step.parents.length > 0 ? 'yes' : '',
    ])}`,
  // It is fetched, unpacked, listed, and extracted.
  seconds: ({ timeout }) => 4 * timeout + 60,
  leftovers: (step) => [workOf(step)],
}
