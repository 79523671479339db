import type { Facts } from '../contracts/facts.js'
import type { Given } from '../contracts/read.js'
import type { MadeBlob } from '../made-blob.js'
import type { FileAnswer, FileQuery } from './file.js'

/** The fields of a file answer that a step may leave, and the content itself where the step brings it. */
export type FileFields = Pick<FileAnswer, 'type'> &
  Partial<Pick<FileAnswer, 'mode' | 'owner' | 'group' | 'uid' | 'gid' | 'size' | 'names' | 'target' | 'sha256'>> & {
    readonly made?: MadeBlob
  }

/** What a step says of a file that it changes or makes without telling what it then is: only where it is stays known. */
export const givesPlace = (path: string): Given => ({ key: `file:${path}`, fields: {} })

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
 * What a step says that bears on a path, as fields with how they do; undefined where it may reach the path by another name.
 * What it says of the path itself is the whole truth; else all that it names must be above, or in a directory that it makes.
 */
export const bearingOn = (
  path: string,
  given: readonly Given[],
  isNew: boolean,
): readonly { readonly changed: string; readonly fields: Given['fields'] }[] | undefined => {
  const files = given.flatMap(({ key, fields }) =>
    key.startsWith('file:') ? [{ changed: key.slice('file:'.length), fields }] : [],
  )
  const bearing = files.filter(({ changed }) => changed === path || path.startsWith(`${changed}/`))
  if (bearing.length === 0) return undefined
  if (bearing.some(({ changed }) => changed === path)) return bearing
  // What is not told is no name of something that is not there; what is made in a directory comes after it.
  const made = isNew ? files.find((each) => bearing.includes(each) && each.fields['type'] === 'directory') : undefined
  const isApart = (each: (typeof files)[number]): boolean =>
    !('type' in each.fields) ||
    (made !== undefined && each.changed.startsWith(`${made.changed}/`) && files.indexOf(each) > files.indexOf(made))
  return files.every((each) => bearing.includes(each) || isApart(each)) ? bearing : undefined
}

/**
 * The answer after a step of a plan. Undefined where it reaches the path by another name, through a link, or closes a
 * directory: then there is no prediction.
 */
export const predictFile = (
  { path, place }: FileQuery,
  answer: FileAnswer,
  given: readonly Given[],
  facts: Facts,
): FileAnswer | undefined => {
  const bearing = bearingOn(path, given, answer.type === 'absent' && answer.parent !== 'directory')
  if (bearing === undefined) return isApartFrom(path, answer, given) ? answer : undefined
  let now: FileAnswer | undefined = answer
  for (const { changed, fields } of bearing) {
    if (now === undefined) return undefined
    const left = fields as unknown as FileFields
    if (!('type' in fields)) now = place === true ? now : undefined
    else if (changed === path) now = at(now, left, facts)
    else now = below(now, left, path.lastIndexOf('/') === changed.length, facts)
  }
  return now
}

/** In a directory that an earlier step makes, what is made beside the path does not reach it. */
const isApartFrom = (path: string, { location }: FileAnswer, given: readonly Given[]): boolean => {
  const { canonical, nearest, touches } = location
  const isFresh = touches.length === 1 && touches[0] === `p:${canonical}`
  const end = path.indexOf('/', nearest === '/' ? 1 : nearest.length + 1)
  return isFresh && end > 0 && given.every(({ key }) => key.startsWith(`file:${path.slice(0, end)}/`))
}
