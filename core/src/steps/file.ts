import { posix } from 'node:path'
import type { Blob } from '../contracts/blob.js'
import type { Step, StepKind } from '../contracts/step.js'
import { isMade } from '../made-blob.js'
import { givesFile } from '../reads/file-prediction.js'
import { quoteAll } from '../wire/quote.js'
import { type Attributes, newDirectoryMode, ownerWord } from './attributes.js'
import type { CommandLine } from './command-line.js'
import { batchesOf } from './file-batch.js'
import { fileLibrary } from './file-library.js'
import {
  confirmText,
  flag,
  leaves,
  madeParents,
  newcomer,
  type PlacedContent,
  placing,
  setAside,
  temporaryOf,
} from './placed-content.js'

/** Puts content that the master holds in place of a file. */
export interface FileWriteStep extends Step, PlacedContent {
  readonly kind: 'file.write'
  readonly blob: Blob
}

/** Makes one directory. */
export interface FileDirectoryStep extends Step, Attributes {
  readonly kind: 'file.directory'
  readonly path: string
  /** Directories above it that are missing and are to be made; from the top down. */
  readonly parents?: readonly string[] | undefined
}

/** Changes owner and mode of what is there. */
export interface FileAttributesStep extends Step, Attributes {
  readonly kind: 'file.attributes'
  readonly path: string
  readonly type: 'file' | 'directory' | 'other'
}

/** Makes a symbolic link, or points one elsewhere, in one rename. */
export interface FileLinkStep extends Step, Omit<Attributes, 'mode'> {
  readonly kind: 'file.link'
  readonly path: string
  readonly target: string
  /** Directories above it that are missing and are to be made; from the top down. */
  readonly parents?: readonly string[] | undefined
  /** A command that must succeed when the link is in place; where it fails, what was there before is put back. */
  readonly confirm?: Pick<CommandLine, 'command'> | undefined
}

/** Removes a file, a link or a directory; never crosses into another file system. */
export interface FileRemoveStep extends Step {
  readonly kind: 'file.remove'
  readonly path: string
  readonly recurse?: boolean | undefined
  /** A command that must succeed when the file or link is out of the way; where it fails, that is put back. No directories. */
  readonly confirm?: Pick<CommandLine, 'command'> | undefined
}

export const fileWriteKind: StepKind<FileWriteStep> = {
  name: 'file.write',
  tools: ['sha256sum', 'tar'],
  library: fileLibrary,
  blobs: ({ blob }) => [blob],
  mayRefuse: placing.mayRefuse,
  touches: placing.touches,
  gives: (step, facts) => {
    const { size, sha256 } = step.blob
    return placing.gives(step, { size, sha256, ...(isMade(step.blob) ? { made: step.blob } : {}) }, facts)
  },
  command: (step, blobPath) => placing.command(step, [blobPath(step.blob), String(step.blob.size), step.blob.sha256]),
  batches: (steps) => batchesOf(steps),
  leftovers: (step) => [
    ...placing.leftovers(step),
    ...(step.fresh === true ? [posix.join(posix.dirname(step.path), '.prove-batch')] : []),
  ],
}

export const fileDirectoryKind: StepKind<FileDirectoryStep> = {
  name: 'file.directory',
  library: fileLibrary,
  touches: ({ path }) => ({ paths: [path] }),
  gives: (step, facts) => [
    ...madeParents(step.parents, facts),
    givesFile(step.path, { type: 'directory', mode: newDirectoryMode, ...newcomer(facts), ...leaves(step) }),
  ],
  command: (step) =>
    `file_directory ${quoteAll([step.path, ownerWord(step), step.mode ?? newDirectoryMode, flag(step.parents)])}`,
}

export const fileAttributesKind: StepKind<FileAttributesStep> = {
  name: 'file.attributes',
  library: fileLibrary,
  touches: ({ path }) => ({ paths: [path], metadata: true }),
  gives: (step) => [givesFile(step.path, { type: step.type, ...leaves(step) })],
  command: (step) => `file_attributes ${quoteAll([step.path, ownerWord(step), step.mode ?? ''])}`,
}

export const fileLinkKind: StepKind<FileLinkStep> = {
  name: 'file.link',
  library: fileLibrary,
  mayRefuse: ({ confirm }) => confirm !== undefined,
  touches: ({ path }) => ({ paths: [path] }),
  gives: (step, facts) => [
    ...madeParents(step.parents, facts),
    givesFile(step.path, { type: 'link', target: step.target, mode: '0777', ...newcomer(facts), ...leaves(step) }),
  ],
  command: (step) =>
    `file_link ${quoteAll([
      step.path,
      temporaryOf(step.path),
      step.target,
      ownerWord(step),
      flag(step.parents),
      confirmText(step.confirm),
    ])}`,
  leftovers: ({ path, confirm }) => [temporaryOf(path), ...setAside(path, confirm)],
}

export const fileRemoveKind: StepKind<FileRemoveStep> = {
  name: 'file.remove',
  library: fileLibrary,
  mayRefuse: ({ confirm }) => confirm !== undefined,
  touches: ({ path }) => ({ paths: [path] }),
  gives: ({ path }) => [givesFile(path, { type: 'absent' })],
  command: ({ path, recurse, confirm }) =>
    `file_remove ${quoteAll([path, flag(recurse), temporaryOf(path), confirmText(confirm)])}`,
  leftovers: ({ path, confirm }) => setAside(path, confirm),
}
