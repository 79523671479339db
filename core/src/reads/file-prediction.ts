import type { Facts } from '../contracts/facts.js'
import type { Given } from '../contracts/read.js'
import type { MadeBlob } from '../made-blob.js'
import type { FileAnswer, FileQuery } from './file.js'

/** The fields of a file answer that a step may leave, and the content itself where the step brings it. */
export type FileFields = Pick<FileAnswer, 'type'> &
  Partial<Pick<FileAnswer, 'mode' | 'owner' | 'group' | 'uid' | 'gid' | 'size' | 'names' | 'target' | 'sha256'>> & {
    readonly made?: MadeBlob
  }

/** What a step says it leaves at a path. */
export const givesFile = (path: string, fields: FileFields): Given => ({ key: `file:${path}`, fields: { ...fields } })

const nothing = (answer: FileAnswer, parent: FileAnswer['parent'], writable: boolean): FileAnswer => {
  const { canonical } = answer.location
  return {
    type: 'absent',
    parent,
    writable,
    mine: answer.mine,
    by: answer.by,
    exists: false,
    // In a directory that a step has just made, nothing else leads to the path.
    location: parent === 'directory' ? { ...answer.location, parent, touches: [`p:${canonical}`] } : answer.location,
  }
}

/** A directory that lets its owner, or root, look and write. */
const isOpen = (fields: FileFields, uid: number): boolean =>
  uid === 0 || (fields.owner === undefined && (Number.parseInt(fields.mode ?? '0755', 8) & 0o300) === 0o300)

const at = (answer: FileAnswer, fields: FileFields, facts: Facts): FileAnswer | undefined => {
  const { parent, writable, by, location } = answer
  if (fields.type === 'absent') return nothing(answer, parent, writable)
  // What a new link leads to was not asked.
  const exists = fields.type === 'link' ? answer.exists : true
  if (fields.type === 'link' && fields.target !== answer.target) return undefined
  const mine = facts.uid === 0 || fields.owner === undefined ? true : answer.mine
  const kept = answer.type === fields.type ? answer : undefined
  const { sha256, size, made: _made, ...known } = { ...kept, ...fields }
  // Of other content the size is another too, whether it is told or not.
  const isOther = fields.sha256 !== undefined && fields.size === undefined && fields.sha256 !== kept?.sha256
  const rest = { ...(sha256 === undefined ? {} : { sha256 }), ...(size === undefined || isOther ? {} : { size }) }
  return { ...known, ...rest, parent: 'directory', writable, mine, by, exists, location }
}

const below = (answer: FileAnswer, fields: FileFields, direct: boolean, facts: Facts): FileAnswer | undefined => {
  switch (fields.type) {
    case 'directory':
      // A directory that was one before takes nothing out of the way.
      if (answer.type === 'absent' && answer.parent !== 'other') {
        const parent = direct || answer.parent === 'directory' ? 'directory' : 'absent'
        return nothing(answer, parent, isOpen(fields, facts.uid))
      }
      return isOpen(fields, facts.uid) ? answer : undefined
    case 'absent':
      return nothing(answer, 'absent', answer.writable)
    case 'file':
      return nothing(answer, 'other', false)
    default:
      return undefined
  }
}

/**
 * The answer after earlier steps of a plan. Undefined where they reach the path by another name, through a link, or close
 * a directory: then there is no prediction.
 */
export const predictFile = (
  { path }: FileQuery,
  answer: FileAnswer,
  given: readonly Given[],
  facts: Facts,
): FileAnswer | undefined => {
  let now: FileAnswer | undefined = answer
  for (const { key, fields } of given) {
    if (now === undefined) return undefined
    const changed = key.slice(key.indexOf(':') + 1)
    const left = fields as unknown as FileFields
    if (changed === path) now = at(now, left, facts)
    else if (path.startsWith(`${changed}/`)) now = below(now, left, path.lastIndexOf('/') === changed.length, facts)
    else return undefined
  }
  return now
}
