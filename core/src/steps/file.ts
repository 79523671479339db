import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Blob } from '../contracts/blob.js'
import type { Facts } from '../contracts/facts.js'
import type { Given } from '../contracts/read.js'
import type { Step, StepKind } from '../contracts/step.js'
import { isMade } from '../made-blob.js'
import { givesFile } from '../reads/file-prediction.js'
import { quote, quoteAll } from '../wire/quote.js'
import { type Attributes, newDirectoryMode, newFileMode, ownerWord } from './attributes.js'
import type { CommandLine } from './command-line.js'
import { runWords } from './command-line.js'
import { batchesOf } from './file-batch.js'
import { fileLibrary } from './file-library.js'

/** Puts content in place of a file, or makes a new one, in one rename. */
export interface FileWriteStep extends Step, Attributes {
  readonly kind: 'file.write'
  readonly path: string
  readonly blob: Blob
  /** True when nothing is there yet: such files are made together. */
  readonly fresh?: boolean | undefined
  /** Directories above it that are missing and are to be made; from the top down. */
  readonly parents?: readonly string[] | undefined
  readonly replaceLink?: boolean | undefined
  /** A path to keep the old content at. */
  readonly backup?: string | undefined
  /** A command that sees the new content; `%s` stands for its path. */
  readonly validate?: Pick<CommandLine, 'command'> | undefined
  /** A command that must succeed when the content is in place; where it fails, what was there before is put back. */
  readonly confirm?: Pick<CommandLine, 'command'> | undefined
  /** The hash of what the new content was made from: where the file holds something else by now, it is left alone. */
  readonly replaces?: string | undefined
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

/** Where the new content stands until it is renamed: the same name each time, so that a later run finds it. */
export const temporaryOf = (path: string): string => {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12)
  return posix.join(posix.dirname(path), `.prove-${hash}`)
}

const flag = (value: boolean | readonly string[] | undefined): string =>
  value === true || (Array.isArray(value) && value.length > 0) ? 'yes' : ''

/** Seconds that the command of `validate` may take, and that of `confirm`. */
const validateSeconds = 60

const confirmText = (confirm: Pick<CommandLine, 'command'> | undefined): string =>
  confirm === undefined ? '' : runWords(confirm, validateSeconds)

/** Where what was there before stands until the command has confirmed what took its place. */
const setAside = (path: string, confirm: FileWriteStep['confirm']): readonly string[] =>
  confirm === undefined ? [] : [`${temporaryOf(path)}.old`]

const validateText = (validate: Pick<CommandLine, 'command'> | undefined, temporary: string): string => {
  if (validate === undefined) return ''
  const { command } = validate
  const line =
    typeof command === 'string'
      ? command.replaceAll('%s', () => quote(temporary))
      : command.map((word) => word.replaceAll('%s', () => temporary))
  return runWords({ command: line }, validateSeconds)
}

/** Who owns a new entry, unless another is declared: the user of the session. */
const newcomer = ({ user, group }: Facts): { owner: string; group: string } => ({ owner: user, group })

const madeParents = (parents: readonly string[] | undefined, facts: Facts): readonly Given[] =>
  (parents ?? []).map((path) => givesFile(path, { type: 'directory', mode: newDirectoryMode, ...newcomer(facts) }))

/** What a step leaves of the attributes it was given. */
const leaves = ({ owner, group, mode }: Attributes): { owner?: string; group?: string; mode?: string } => ({
  ...(owner === undefined ? {} : { owner }),
  ...(group === undefined ? {} : { group }),
  ...(mode === undefined ? {} : { mode }),
})

export const fileWriteKind: StepKind<FileWriteStep> = {
  name: 'file.write',
  tools: ['sha256sum', 'tar'],
  library: fileLibrary,
  blobs: ({ blob }) => [blob],
  mayRefuse: ({ validate, confirm }) => validate !== undefined || confirm !== undefined,
  touches: ({ path, backup }) => ({ paths: backup === undefined ? [path] : [path, backup] }),
  gives: (step, facts) => {
    const { path, blob, fresh, backup, parents } = step
    const written = givesFile(path, {
      type: 'file',
      size: blob.size,
      sha256: blob.sha256,
      names: 1,
      ...(isMade(blob) ? { made: blob } : {}),
      ...(fresh === true || step.replaceLink === true ? { mode: newFileMode, ...newcomer(facts) } : {}),
      ...leaves(step),
    })
    const kept = backup === undefined ? [] : [givesFile(backup, { type: 'file' })]
    return [...madeParents(parents, facts), written, ...kept]
  },
  command: (step, blobPath) => {
    const { path, blob, mode = '', replaceLink, parents, backup = '', validate, confirm, replaces = '' } = step
    const temporary = temporaryOf(path)
    return `file_write ${quoteAll([
      path,
      temporary,
      blobPath(blob),
      String(blob.size),
      blob.sha256,
      ownerWord(step),
      mode,
      newFileMode,
      flag(replaceLink),
      flag(parents),
      backup,
      validateText(validate, temporary),
      replaces,
      confirmText(confirm),
    ])}`
  },
  batches: (steps) => batchesOf(steps),
  leftovers: ({ path, fresh, confirm }) => [
    temporaryOf(path),
    ...(fresh === true ? [posix.join(posix.dirname(path), '.prove-batch')] : setAside(path, confirm)),
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
