import {
  blocked,
  type Blocked,
  type Change,
  entry,
  type FileAnswer,
  type FileAttributesStep,
  type Read,
} from '@prove/core'
import {
  type AccountReads,
  accountReads,
  missingParents,
  newOwnership,
  obstacleTo,
  obstacleToReplacing,
  type Ownership,
  ownershipChanges,
  ownershipObstacle,
} from '@prove/core/files'
import type { MakeStep } from './steps/make.js'

/** A file that openssl makes, and where. */
export interface Placed extends Ownership {
  readonly path: string
  readonly create_parents?: boolean | undefined
}

export interface SeenPlace {
  readonly now: FileAnswer
  readonly user?: { readonly id: number | undefined } | undefined
  readonly group?: { readonly id: number | undefined } | undefined
}

/** What is to be known of the place. */
export const placeReads = (given: Placed): AccountReads & { readonly now: Read<FileAnswer> } => ({
  now: entry(given.path),
  ...accountReads(given),
})

/** What is in the way of looking into the file at all. */
export const placeObstacle = (given: Placed, seen: SeenPlace): Blocked | undefined => {
  const { path } = given
  const { now } = seen
  const obstacle = ownershipObstacle(given, seen)
  if (obstacle !== undefined) return blocked(obstacle)
  if (now.type === 'link')
    return blocked(`"${path}" is a symbolic link to "${now.target}": name the file that it leads to`)
  if (now.type === 'directory') return blocked(`"${path}" is a directory`)
  return now.type === 'other' ? blocked(`"${path}" is no regular file`) : undefined
}

/** What differs of the content, and of owner and mode; or what is in the way of changing it. */
export const placedChanges = (
  given: Placed,
  { now }: SeenPlace,
  content: readonly Change[],
): readonly Change[] | Blocked => {
  if (now.type === 'absent') {
    const changes = [...content, ...newOwnership({ owner: given.owner, group: given.group })]
    return obstacleTo(given.path, now, given.create_parents === true) ?? changes
  }
  const changes = [...content, ...ownershipChanges(given, now)]
  if (changes.length === 0) return []
  return obstacleToReplacing({ ...given, break_hard_link: true }, now, content.length > 0) ?? changes
}

const ownershipFields: readonly string[] = ['owner', 'group', 'mode']

/** The one step that brings it about. */
export const placedSteps = (
  given: Placed,
  { now }: SeenPlace,
  changes: readonly Change[],
  what: Pick<MakeStep, 'recipe' | 'leaves'>,
): readonly (MakeStep | FileAttributesStep)[] => {
  const { path, owner, group, mode } = given
  if (changes.every(({ field }) => ownershipFields.includes(field))) {
    return [{ kind: 'file.attributes', type: 'file', path, owner, group, mode }]
  }
  const fresh = now.type === 'absent'
  return [{ kind: 'tls.make', path, owner, group, mode, fresh, parents: missingParents(path, now), ...what }]
}
