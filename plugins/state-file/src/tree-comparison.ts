import type { Change, ContentAnswer, FileAnswer, Step, TreeEntry } from '@prove/core'
import { type Ownership, obstacleToReplacing, ownershipChanges } from '@prove/core/files'
import { placeOf } from './tree-entries.js'

/** What of the arguments is about each entry. */
export interface EntryGiven {
  readonly path: string
  readonly owner?: string | undefined
  readonly group?: string | undefined
  readonly file_mode?: string | undefined
  readonly directory_mode?: string | undefined
  readonly delete_extra?: boolean | undefined
  readonly break_hard_link?: boolean | undefined
  readonly secret?: boolean | undefined
}

/** What is to be done about one entry, or what stands in the way. */
export type EntryFound =
  | { readonly problem: string }
  | {
      readonly changes: readonly Change[]
      readonly steps: readonly Step[]
      /** Something of another type is taken away first, with all that is in it. */
      readonly replaced?: Listing
    }

type Listing = { readonly path: string; readonly type: FileAnswer['type'] }

/** What the mode of an entry is to be; undefined where it stays as it is. */
const modeOf = (given: EntryGiven, entry: TreeEntry, isNew: boolean): string | undefined => {
  switch (entry.type) {
    case 'link':
      return undefined
    case 'directory':
      return given.directory_mode ?? (isNew ? '0755' : undefined)
    case 'file':
      return given.file_mode ?? (entry.isExecutable ? '0755' : '0644')
  }
}

const ownershipOf = (given: EntryGiven, entry: TreeEntry, isNew: boolean): Ownership => ({
  owner: given.owner,
  group: given.group,
  mode: modeOf(given, entry, isNew),
})

/** As the others of its state are told: by its path in the tree. */
const told = (path: string, changes: readonly Change[]): readonly Change[] =>
  changes.map((change) => ({ ...change, field: `${path} ${change.field}` }))

const nothing = { changes: [], steps: [] }

/** `isFresh`: the directory that it is in is only about to be made, whatever is seen there now. */
export const compareEntry = (
  given: EntryGiven,
  entry: TreeEntry,
  now: FileAnswer,
  { isFresh, old }: { readonly isFresh: boolean; readonly old: ContentAnswer | undefined },
): EntryFound => {
  const path = placeOf(given.path, entry.path)
  if (isFresh || now.type === 'absent') {
    return isFresh || now.writable ? made(given, entry, path) : { problem: unwritable(path) }
  }
  if (now.type !== entry.type) return replacedEntry(given, entry, path, now)
  const ownership = ownershipOf(given, entry, false)
  const attributes = told(entry.path, ownershipChanges(ownership, now))
  if (entry.type === 'file' && now.sha256 !== entry.blob.sha256) {
    return rewritten(given, entry, now, { path, ownership, attributes, old })
  }
  if (entry.type === 'link' && now.target !== entry.target) {
    if (!now.writable) return { problem: unwritable(path) }
    const change = { field: `${entry.path} target`, from: now.target, to: entry.target }
    return { changes: [change, ...attributes], steps: [linkStep(entry.target, path, ownership)] }
  }
  if (attributes.length === 0) return nothing
  if (!now.mine) return { problem: `this user may not change "${path}"` }
  if (entry.type === 'link') return { changes: attributes, steps: [linkStep(entry.target, path, ownership)] }
  return { changes: attributes, steps: [{ kind: 'file.attributes', type: entry.type, path, ...ownership } as Step] }
}

const unwritable = (path: string): string =>
  `the directory of "${path}" may not be written by this user, or its filesystem is read-only`

const linkStep = (target: string, path: string, { owner, group }: Ownership): Step =>
  ({ kind: 'file.link', path, target, owner, group }) as Step

const made = (given: EntryGiven, entry: TreeEntry, path: string): EntryFound => ({
  changes: [{ field: entry.path, from: null, to: entry.type }],
  steps: [stepOfNew(entry, path, ownershipOf(given, entry, true))],
})

const stepOfNew = (entry: TreeEntry, path: string, ownership: Ownership): Step => {
  switch (entry.type) {
    case 'directory':
      return { kind: 'file.directory', path, ...ownership } as Step
    case 'link':
      return linkStep(entry.target, path, ownership)
    case 'file':
      return { kind: 'file.write', path, blob: entry.blob, fresh: true, ...ownership } as Step
  }
}

const rewritten = (
  given: EntryGiven,
  entry: Extract<TreeEntry, { type: 'file' }>,
  now: FileAnswer,
  more: {
    readonly path: string
    readonly ownership: Ownership
    readonly attributes: readonly Change[]
    readonly old: ContentAnswer | undefined
  },
): EntryFound => {
  const { path, ownership, attributes, old } = more
  if (now.sha256 === undefined) return { problem: `this user may not read "${path}"` }
  const obstacle = obstacleToReplacing({ path, break_hard_link: given.break_hard_link }, now, true)
  if (obstacle !== undefined) return { problem: obstacle.blocked }
  const { blob } = entry
  const change: Change = {
    field: `${entry.path} content`,
    from: now.sha256.slice(0, 12),
    to: blob.sha256.slice(0, 12),
    ...(old?.text === undefined || given.secret === true ? {} : { text: { from: old.text, to: blob } }),
  }
  const step = { kind: 'file.write', path, blob, fresh: false, ...ownership } as Step
  return { changes: [change, ...attributes], steps: [step] }
}

/** Something of another type is in its place. */
const replacedEntry = (given: EntryGiven, entry: TreeEntry, path: string, now: FileAnswer): EntryFound => {
  const is =
    now.type === 'directory'
      ? 'a directory'
      : now.type === 'link'
        ? 'a symbolic link'
        : now.type === 'file'
          ? 'a file'
          : 'neither a file nor a directory'
  const wanted = entry.type === 'link' ? 'a symbolic link' : `a ${entry.type}`
  if (given.delete_extra !== true) {
    return { problem: `"${path}" is ${is}, and the source has ${wanted} there; delete_extra would replace it` }
  }
  if (now.mount !== undefined)
    return { problem: `something is mounted at or below "${path}", and the source has ${wanted} there` }
  if (!now.writable) return { problem: unwritable(path) }
  return {
    changes: [{ field: entry.path, from: now.type, to: entry.type }],
    steps: [stepOfNew(entry, path, ownershipOf(given, entry, true))],
    replaced: { path: entry.path, type: now.type },
  }
}
