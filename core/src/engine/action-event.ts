import { createTwoFilesPatch } from 'diff'
import type { BlobStore } from '../contracts/blob.js'
import type { Change } from '../contracts/state-function.js'
import { isMade, peekBlob } from '../made-blob.js'
import type { ChangeEvent, InvocationEvent, ProveEvent } from './event.js'

/** What an action tells of a part: its event, with whole texts in place of their difference. */
export type ToldInvocation = Omit<InvocationEvent, 'changes'> & { readonly changes: readonly Change[] }

/** What an action tells: plain data, made into an event on the side that holds the bytes of new contents. */
export type ActionEvent = Exclude<ProveEvent, InvocationEvent> | ToldInvocation

/** Bytes of new content up to which a diff is made. */
const diffLimit = 256 * 1024

/** The event as people and programs see it: whole texts become a unified diff. */
export const eventOf = (told: ActionEvent, blobs: BlobStore): ProveEvent =>
  told.type === 'invocation' ? { ...told, changes: told.changes.map((change) => changeEvent(change, blobs)) } : told

const changeEvent = ({ field, from, to, text }: Change, blobs: BlobStore): ChangeEvent => {
  const bytes = text === undefined ? undefined : peekBlob(blobs, text.to, diffLimit)
  if (text === undefined || bytes === undefined || bytes.includes(0)) return { field, from, to }
  const after = bytes.toString(isMade(text.to) ? text.to.encoding : 'utf8')
  const diff = createTwoFilesPatch('before', 'after', text.from, after, '', '', { timeout: 500 })
  return diff === undefined ? { field, from, to } : { field, from, to, diff: diff.slice(diff.indexOf('--- ')) }
}
