import { blocked, type Blocked, type FileAnswer } from '@prove/core'
import { obstacleTo, unwritable } from '@prove/core/files'

/** What is in the way of filling a directory. `stamp`: what is seen of a file in it. */
export const destinationProblem = (
  { path, create_parents: createParents }: { readonly path: string; readonly create_parents?: boolean | undefined },
  now: FileAnswer,
  stamp: FileAnswer,
): Blocked | undefined => {
  switch (now.type) {
    case 'absent':
      return obstacleTo(path, now, createParents === true)
    case 'link':
      return blocked(`"${path}" is a symbolic link to "${now.target}": name the directory that it leads to`)
    case 'directory':
      if (stamp.type === 'directory' || stamp.type === 'other')
        return blocked(`what tells of the archive is no file in "${path}"`)
      return stamp.writable ? undefined : unwritable(`${path}/.`)
    default:
      return blocked(`"${path}" is no directory`)
  }
}
