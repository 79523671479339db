import {
  blocked,
  type Blocked,
  type BlobEncoding,
  editable,
  type EditableAnswer,
  entry,
  type FileAnswer,
  type FileRemoveStep,
  type FileWriteStep,
  makeBlob,
  type Read,
} from '@prove/core'
import { obstacleTo, obstacleToContent, obstacleToReplacing, writeStep } from '@prove/core/files'

export type KeptFileReads = { readonly now: Read<FileAnswer>; readonly held: Read<EditableAnswer> }

/** What is seen of a file of the system of which a state keeps a piece. */
export interface SeenKeptFile {
  readonly now: FileAnswer
  readonly held: EditableAnswer
}

export const keptFileReads = (path: string): KeptFileReads => ({ now: entry(path), held: editable(path) })

/** What the file is to hold, made of what it holds; of one that does not exist, of nothing. Pure. */
export type Edit = (text: string, own: (text: string) => string) => string

/** Of a file that is no UTF-8 each byte is one character, and so is each byte of what is put into it. */
export const ownIn =
  (encoding: BlobEncoding) =>
  (text: string): string =>
    encoding === 'utf8' ? text : Buffer.from(text).toString('latin1')

/** A piece of such a file as text to show. */
export const shownFrom = (encoding: BlobEncoding, text: string): string =>
  encoding === 'utf8' ? text : Buffer.from(text, 'latin1').toString('utf8')

/** The text and how its bytes are characters; a file that cannot be told holds nothing. */
export const heldText = (held: EditableAnswer): { readonly text: string; readonly encoding: BlobEncoding } =>
  'text' in held ? held : { text: '', encoding: 'utf8' }

const edited = ({ held }: SeenKeptFile, edit: Edit): string => {
  const { text, encoding } = heldText(held)
  return edit(text, ownIn(encoding))
}

/** Whether the file is to hold something else; or what is in the way of that. */
export const keptFileDiffers = (path: string, seen: SeenKeptFile, edit: Edit): boolean | Blocked => {
  const { now, held } = seen
  const to = edited(seen, edit)
  if (now.type === 'absent') return to === '' ? false : (obstacleTo(path, now, true) ?? true)
  if (now.type === 'link') return blocked(`"${path}" is a symbolic link to "${now.target}"`)
  const obstacle = obstacleToContent(path, now)
  if (obstacle !== undefined) return obstacle
  if ('why' in held) return blocked(`"${path}" cannot be read: ${held.why}`)
  return to === held.text ? false : (obstacleToReplacing({ path }, now, true) ?? true)
}

/** Attributes of a new file, and whether one of which nothing would be left stays, empty. */
export interface Keeping {
  readonly mode?: string
  readonly keepEmpty?: boolean
}

/** The step that brings that about; a file of which nothing would be left is removed. */
export const keptFileSteps = (
  path: string,
  seen: SeenKeptFile,
  edit: Edit,
  { mode = '0644', keepEmpty = false }: Keeping = {},
): readonly (FileWriteStep | FileRemoveStep)[] => {
  const { now, held } = seen
  const to = edited(seen, edit)
  const { text, encoding } = heldText(held)
  const write = writeStep({ path }, now, makeBlob(to, encoding))
  const remove: FileRemoveStep = { kind: 'file.remove', path }
  if (to === text) return []
  if (now.type === 'absent') return [{ ...write, mode }]
  return [to === '' && !keepEmpty ? remove : { ...write, replaces: makeBlob(text, encoding).sha256 }]
}
