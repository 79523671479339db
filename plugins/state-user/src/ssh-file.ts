import {
  blocked,
  type Blocked,
  type Change,
  editable,
  type EditableAnswer,
  entry,
  type FileAnswer,
  type FileWriteStep,
  makeBlob,
  type Read,
} from '@prove/core'
import { obstacleTo } from '@prove/core/files'
import { type UserAnswer, type UserEntry, userEntry } from './reads/accounts.js'
import { isPath, likelyHome } from './seen-user.js'
import type { UserFileStep } from './steps/user-file.js'

/** A file of ssh: one below `.ssh` in the home of a user, or one at a path of the host. */
export type SshFile = { readonly user: string; readonly file: string } | { readonly path: string }

export type SshFileReads = {
  readonly account?: Read<UserAnswer>
  readonly likelyDirectory?: Read<FileAnswer>
  readonly likelyNow?: Read<FileAnswer>
  readonly likelyHeld?: Read<EditableAnswer>
  readonly directory?: Read<FileAnswer>
  readonly now?: Read<FileAnswer>
  readonly held?: Read<EditableAnswer>
}

export interface SeenSshFile {
  readonly account?: UserAnswer | undefined
  readonly directory?: FileAnswer | undefined
  readonly now?: FileAnswer | undefined
  readonly held?: EditableAnswer | undefined
}

/** What a text becomes, and what is told of that. */
export type Edit = (text: string) => {
  readonly text: string
  readonly changes: readonly { readonly from: string | null; readonly to: string | null }[]
}

export const sshFileReads = (of: SshFile, { account }: SeenSshFile): SshFileReads => {
  if ('path' in of) return { now: entry(of.path), held: editable(of.path) }
  const likely = readsIn(likelyHome(of.user), of.file)
  const asked = {
    account: userEntry(of.user),
    likelyDirectory: likely.directory,
    likelyNow: likely.now,
    likelyHeld: likely.held,
  }
  const home = account?.entry?.home
  return home === undefined || !isPath(home) ? asked : { ...asked, ...readsIn(home, of.file) }
}

const readsIn = (home: string, file: string): Required<Pick<SshFileReads, 'directory' | 'now' | 'held'>> => {
  const directory = `${home}/.ssh`
  const path = `${directory}/${file}`
  return { directory: entry(directory), now: entry(path), held: editable(path) }
}

const pathOf = (of: SshFile, { account }: SeenSshFile): string =>
  'path' in of ? of.path : `${account?.entry?.home}/.ssh/${of.file}`

const textOf = (held: EditableAnswer | undefined): string => (held !== undefined && 'text' in held ? held.text : '')

/** sshd and ssh do not believe what others than its user may write. */
const isOpen = (mode = '0600'): boolean => (Number.parseInt(mode, 8) & 0o022) !== 0

const obstacleOf = (of: SshFile, seen: SeenSshFile): string | undefined => {
  const { account, directory, now, held } = seen
  const path = pathOf(of, seen)
  if ('user' in of) {
    const known = account?.entry
    if (known === undefined) return `there is no user "${of.user}"`
    if (directory === undefined) return `the home of "${of.user}" is "${known.home}", where nothing can be kept`
    if (account?.by !== 0 && account?.by !== known.uid) return `only root may change the keys of "${of.user}"`
    if (directory.type === 'link') {
      return `"${known.home}/.ssh" is a symbolic link to "${directory.target}": a link that its user made is not followed`
    }
    if (directory.type === 'absent' && directory.parent !== 'directory') return `"${known.home}" does not exist`
    if (directory.type !== 'absent' && directory.type !== 'directory') return `"${known.home}/.ssh" is no directory`
  }
  if (now?.type === 'link') return `"${path}" is a symbolic link to "${now.target}": it is not followed`
  if (now?.type !== 'absent' && now?.type !== 'file') return `"${path}" is no regular file`
  if (held !== undefined && 'why' in held && held.why !== 'absent')
    return `this user cannot read "${path}", or it is too large`
  return undefined
}

/** What differs of the content, and of what keeps ssh from believing it. */
export const sshFileChanges = (of: SshFile, seen: SeenSshFile, edit: Edit): readonly Change[] | Blocked => {
  const obstacle = obstacleOf(of, seen)
  if (obstacle !== undefined) return blocked(obstacle)
  const { directory, now, held } = seen
  const edited = edit(textOf(held))
  if (now === undefined || (now.type === 'absent' && edited.changes.length === 0)) return []
  const isNew = now.type === 'absent'
  const changes: Change[] = [
    ...(isNew ? [{ field: 'type', from: null, to: 'file' }] : []),
    ...edited.changes.map(({ from, to }) => ({ field: 'key', from, to })),
  ]
  if ('path' in of) {
    const inTheWay = isNew && changes.length > 0 ? obstacleTo(of.path, now, false) : undefined
    if (inTheWay !== undefined || changes.length === 0) return inTheWay ?? []
    return isNew || now.mine ? changes : blocked(`this user may not change "${of.path}"`)
  }
  const { user } = of
  if (!isNew && now.owner !== user) changes.push({ field: 'owner', from: now.owner ?? null, to: user })
  if (!isNew && isOpen(now.mode)) changes.push({ field: 'mode', from: now.mode ?? null, to: '0600' })
  if (directory?.type === 'directory') {
    if (directory.owner !== user) changes.push({ field: 'owner of .ssh', from: directory.owner ?? null, to: user })
    if (isOpen(directory.mode)) {
      changes.push({ field: 'mode of .ssh', from: directory.mode ?? null, to: modeAfter(user, directory) })
    }
  }
  return changes
}

const modeAfter = (user: string, directory: FileAnswer | undefined): string => {
  if (directory?.type !== 'directory' || directory.owner !== user) return '0700'
  return (Number.parseInt(directory.mode ?? '0700', 8) & ~0o022).toString(8).padStart(4, '0')
}

const isRight = (user: string, directory: FileAnswer | undefined): boolean =>
  directory?.type === 'directory' && directory.owner === user && !isOpen(directory.mode)

/** The one step that puts it in place: as its user where it is that of a user. */
export const sshFileSteps = (of: SshFile, seen: SeenSshFile, edit: Edit): readonly (FileWriteStep | UserFileStep)[] => {
  const { account, directory, now, held } = seen
  const text = textOf(held)
  const encoding = held !== undefined && 'text' in held ? held.encoding : 'utf8'
  const blob = makeBlob(edit(text).text, encoding)
  const replaces = now?.type === 'file' ? makeBlob(text, encoding).sha256 : undefined
  if ('path' in of) {
    return [{ kind: 'file.write', path: of.path, blob, fresh: now?.type === 'absent', parents: [], replaces }]
  }
  const known = account?.entry as UserEntry
  return [
    {
      kind: 'user.file',
      user: of.user,
      group: known.group ?? String(known.gid),
      home: known.home,
      // A home may be reached through a link of the host, such as /home.
      directory: directory?.location.canonical ?? `${known.home}/.ssh`,
      file: of.file,
      blob,
      // What is somebody else's the user may not be able to read, nor change.
      replaces: now?.owner === of.user ? replaces : undefined,
      makes: directory?.type === 'absent',
      takes: directory?.type === 'directory' && directory.owner !== of.user,
      directoryMode: isRight(of.user, directory) ? undefined : modeAfter(of.user, directory),
    },
  ]
}
