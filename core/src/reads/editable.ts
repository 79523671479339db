import type { Answered, Given, Read, ReadKind } from '../contracts/read.js'
import { type BlobEncoding, isMade, type MadeBlob } from '../made-blob.js'
import { contentRecords, contentScript } from './content.js'
import { bearingOn } from './file-prediction.js'

interface EditableQuery {
  readonly path: string
}

/** The whole content of a file, of which every byte can be given back; or why there is none. */
export type EditableAnswer =
  | { readonly text: string; readonly encoding: BlobEncoding }
  | { readonly why: 'absent' | 'other' | 'unreadable' | 'large' }

/** Bytes of a file that may be edited on the master. */
const editableLimit = 1024 * 1024

/** A file to change a piece of. Links are not followed. */
export const editable = (path: string): Read<EditableAnswer> => ({
  kind: 'editable',
  key: `editable:${path}`,
  query: { path } satisfies EditableQuery,
})

/** Bytes that are no UTF-8 are taken one by one, so that those that nobody touches stay as they are. */
const answerOf = (bytes: Buffer): EditableAnswer => {
  const text = bytes.toString('utf8')
  if (Buffer.from(text).equals(bytes)) return { text, encoding: 'utf8' }
  return { text: bytes.toString('latin1'), encoding: 'latin1' }
}

const parse = (output: Buffer): readonly Answered<EditableAnswer>[] =>
  contentRecords(output).map(({ bytes, found }) => {
    if (found !== 'text') return { ok: true, value: { why: found } }
    return { ok: true, value: bytes.length > editableLimit ? { why: 'large' } : answerOf(bytes) }
  })

/** What a step leaves at the path itself; undefined where it is not told what the file then holds. */
const left = (answer: EditableAnswer, fields: Given['fields']): EditableAnswer | undefined => {
  const { type, sha256, made } = fields as { type?: string; sha256?: string; made?: MadeBlob }
  if (type === undefined) return undefined
  if (type === 'absent') return { why: 'absent' }
  if (type !== 'file') return { why: 'other' }
  if (made !== undefined && isMade(made)) return { text: made.text, encoding: made.encoding }
  return sha256 === undefined && 'text' in answer ? answer : undefined
}

const predict = (
  { path }: EditableQuery,
  answer: EditableAnswer,
  given: readonly Given[],
): EditableAnswer | undefined => {
  let now: EditableAnswer | undefined = answer
  const bearing = bearingOn(path, given, 'why' in answer && answer.why === 'absent')
  if (bearing === undefined) return undefined
  for (const { changed, fields } of bearing) {
    if (now === undefined) return undefined
    if (changed === path) now = left(now, fields)
    else if (fields['type'] !== 'directory') return undefined
  }
  return now
}

export const editableKind: ReadKind<EditableQuery, EditableAnswer> = {
  name: 'editable',
  tools: ['head'],
  script: (queries) =>
    contentScript(
      queries.map(({ path }) => path),
      editableLimit,
    ),
  parse,
  restsOn: ({ path }) => ({ paths: [path] }),
  predict,
}
