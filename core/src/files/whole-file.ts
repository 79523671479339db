import type { BlobArgument } from '../arguments.js'
import type { Read } from '../contracts/read.js'
import { blocked, type Blocked, type Change } from '../contracts/state-function.js'
import { makeBlob } from '../made-blob.js'
import { content, type ContentAnswer } from '../reads/content.js'
import { entry, file, type FileAnswer } from '../reads/file.js'
import { newFileMode } from '../steps/attributes.js'
import type { FileAttributesStep, FileWriteStep } from '../steps/file.js'
import { z } from 'zod'
import { missingParents, obstacleTo } from './obstacle.js'
import {
  type AccountReads,
  accountReads,
  newOwnership,
  type Ownership,
  ownershipChanges,
  ownershipObstacle,
} from './ownership.js'

/** Whether directories above a path are made. */
export const parentsArgument: { readonly create_parents: z.ZodOptional<z.ZodBoolean> } = {
  create_parents: z.boolean().optional().meta({ description: 'Make missing directories above it, with mode 0755.' }),
}

/** Arguments of functions that put content in place of a file, beside owner, group and mode. */
export const placingArguments: {
  readonly create_parents: z.ZodOptional<z.ZodBoolean>
  readonly backup: z.ZodOptional<z.ZodBoolean>
  readonly validate: z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>
} = {
  ...parentsArgument,
  backup: z.boolean().optional().meta({ description: 'Keep the old content beside it, as NAME.HASH.bak.' }),
  validate: z
    .union([z.string().min(1), z.array(z.string()).min(1)])
    .optional()
    .meta({ description: 'A command that must accept the new content first; %s stands for its path.' }),
}

/** Whether content may be shown. */
export const secretArgument: { readonly secret: z.ZodOptional<z.ZodBoolean> } = {
  secret: z.boolean().optional().meta({ description: 'Never show the content, in a diff or elsewhere.' }),
}

/** That other names of a file may be left with the old content. */
export const hardLinkArgument: { readonly break_hard_link: z.ZodOptional<z.ZodBoolean> } = {
  break_hard_link: z
    .boolean()
    .optional()
    .meta({ description: 'Accept that other names of the file keep the old content.' }),
}

/** What may be in the way of a file that is put in place as a whole. */
export const replacingArguments: {
  readonly replace_link: z.ZodOptional<z.ZodBoolean>
  readonly break_hard_link: z.ZodOptional<z.ZodBoolean>
} = {
  replace_link: z.boolean().optional().meta({ description: 'Put the file in place of a symbolic link.' }),
  ...hardLinkArgument,
}

/** How content is put in place. */
export interface Placing extends Ownership {
  readonly path: string
  readonly create_parents?: boolean | undefined
  readonly backup?: boolean | undefined
  readonly validate?: string | readonly string[] | undefined
  /** A command that must succeed once the content is in place; where it does not, what was there before is put back. */
  readonly confirm?: string | readonly string[] | undefined
  /** Never show the content. */
  readonly secret?: boolean | undefined
  readonly break_hard_link?: boolean | undefined
}

/** A file of which everything is declared. */
export interface WholeFile extends Placing {
  /** What it is to hold; absent when only its attributes are declared. */
  readonly blob?: BlobArgument | undefined
  readonly replace_link?: boolean | undefined
}

const differs = ({ blob }: WholeFile, now: FileAnswer): boolean =>
  now.type === 'file' && blob !== undefined && now.sha256 !== blob.sha256

/** Where the old content is kept. Named for it: the same change keeps it only once. */
export const backupPath = (path: string, sha256 = ''): string => `${path}.${sha256.slice(0, 8)}.bak`

export type WholeFileReads = AccountReads & {
  readonly now: Read<FileAnswer>
  readonly old?: Read<ContentAnswer>
  readonly kept?: Read<FileAnswer>
}

/** What is to be known of a file before it is replaced. */
export const wholeFileReads = (given: WholeFile, { now }: { readonly now?: FileAnswer }): WholeFileReads => ({
  now: file(given.path),
  ...accountReads(given),
  ...(now !== undefined && differs(given, now)
    ? {
        ...(given.secret === true ? {} : { old: content(given.path) }),
        ...(given.backup === true ? { kept: entry(backupPath(given.path, now.sha256)) } : {}),
      }
    : {}),
})

export interface SeenWholeFile {
  readonly now: FileAnswer
  readonly user?: { readonly id: number | undefined } | undefined
  readonly group?: { readonly id: number | undefined } | undefined
  readonly old?: ContentAnswer | undefined
  readonly kept?: FileAnswer | undefined
}

/** What differs, or what is in the way. */
export const wholeFileChanges = (given: WholeFile, seen: SeenWholeFile): readonly Change[] | Blocked => {
  const { now } = seen
  const obstacle = ownershipObstacle(given, seen)
  if (obstacle !== undefined) return blocked(obstacle)
  if (now.type === 'absent' || (now.type === 'link' && given.replace_link === true)) {
    const from = now.type === 'absent' ? null : 'link'
    return (
      obstacleTo(given.path, now, given.create_parents === true) ?? [
        { field: 'type', from, to: 'file' },
        ...newOwnership(given, newFileMode),
      ]
    )
  }
  const wrongType = obstacleToContent(given.path, now)
  if (wrongType !== undefined) return wrongType
  const changes = [...contentChange(given, seen), ...ownershipChanges(given, now)]
  if (changes.length === 0) return []
  if (given.blob !== undefined && now.sha256 === undefined) return blocked(`this user may not read "${given.path}"`)
  return obstacleToReplacing(given, now, differs(given, now)) ?? changes
}

/** What is there is no file that may hold anything. */
export const obstacleToContent = (path: string, now: FileAnswer): Blocked | undefined => {
  if (now.type === 'link')
    return blocked(`"${path}" is a symbolic link to "${now.target}"; replace_link would replace it`)
  if (now.type === 'file') return undefined
  return blocked(`"${path}" is ${now.type === 'directory' ? 'a directory' : 'no regular file'}`)
}

/** What is in the way of other attributes, or of other content. */
export const obstacleToReplacing = (given: Placing, now: FileAnswer, isContent: boolean): Blocked | undefined => {
  if (!now.mine) return blocked(`this user may not change "${given.path}"`)
  if (!isContent) return undefined
  if ((now.names ?? 1) > 1 && given.break_hard_link !== true) {
    return blocked(
      `"${given.path}" has ${now.names} names (hard links); break_hard_link would give it content of its own`,
    )
  }
  return obstacleTo(given.path, now, false)
}

/** The one step that brings the file about. */
export const wholeFileSteps = (
  given: WholeFile,
  { now, kept }: SeenWholeFile,
): readonly (FileWriteStep | FileAttributesStep)[] => {
  const { path, owner, group, mode } = given
  if (now.type === 'file' && !differs(given, now)) {
    return [{ kind: 'file.attributes', type: 'file', path, owner, group, mode }]
  }
  // A file that is only declared to exist begins empty.
  const { sha256, size } = given.blob ?? makeBlob('')
  const blob = given.blob !== undefined && 'encoding' in given.blob ? given.blob : { sha256, size }
  return [
    { ...writeStep(given, now, blob), replaceLink: given.replace_link, backup: backupOf(given, now.sha256, kept) },
  ]
}

/** Where this write keeps the old content; undefined where it was kept already, or is not to be. */
export const backupOf = (
  { path }: Placing,
  sha256: string | undefined,
  kept: FileAnswer | undefined,
): string | undefined => (kept?.type === 'absent' ? backupPath(path, sha256) : undefined)

/** Content put in place of what is there now. */
export const writeStep = (
  { path, owner, group, mode, validate, confirm }: Placing,
  now: FileAnswer,
  blob: FileWriteStep['blob'],
): FileWriteStep => ({
  kind: 'file.write',
  path,
  blob,
  fresh: now.type === 'absent',
  owner,
  group,
  mode,
  parents: missingParents(path, now),
  validate: validate === undefined ? undefined : { command: validate },
  confirm: confirm === undefined ? undefined : { command: confirm },
})

const contentChange = ({ blob, secret }: WholeFile, { now, old }: SeenWholeFile): readonly Change[] => {
  if (blob === undefined || now.sha256 === blob.sha256) return []
  const change: Change = { field: 'content', from: now.sha256?.slice(0, 12) ?? null, to: blob.sha256.slice(0, 12) }
  if (secret === true || old?.text === undefined) return [change]
  const to = 'encoding' in blob ? blob : { sha256: blob.sha256, size: blob.size }
  return [{ ...change, text: { from: old.text, to } }]
}
