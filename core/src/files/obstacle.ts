import { blocked, type Blocked } from '../contracts/state-function.js'
import type { FileAnswer } from '../reads/file.js'

/** What may stand in the way of making something at a path. */
export const obstacleTo = (path: string, now: FileAnswer, createParents: boolean): Blocked | undefined => {
  if (now.parent === 'other') return blocked(`something above "${path}" is not a directory`)
  if (now.parent === 'absent' && !createParents) {
    return blocked(`the directory of "${path}" does not exist; create_parents would make it`)
  }
  return now.writable ? undefined : unwritable(path)
}

/** Root may write everywhere but on a filesystem that nobody may. */
export const unwritable = (path: string): Blocked =>
  blocked(`the directory of "${path}" may not be written by this user, or its filesystem is read-only`)

/** The directories above a path that are missing, from the top down. */
export const missingParents = (path: string, now: FileAnswer): readonly string[] => {
  if (now.parent === 'directory') return []
  const { nearest } = now.location
  const names = path.split('/').slice(1, -1)
  const parents = names.map((_name, i) => `/${names.slice(0, i + 1).join('/')}`)
  return parents.filter((parent) => parent.length > nearest.length)
}
