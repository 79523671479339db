import { path } from '../arguments.js'
import type { Example } from '../contracts/example.js'
import type { Read } from '../contracts/read.js'
import { type Args, blocked, type Blocked, type Change, type StateFunction } from '../contracts/state-function.js'
import { type BlobEncoding, makeBlob, type MadeBlob } from '../made-blob.js'
import { editable, type EditableAnswer } from '../reads/editable.js'
import { entry, type FileAnswer } from '../reads/file.js'
import { z } from 'zod'
import { newFileMode } from '../steps/attributes.js'
import { obstacleTo } from './obstacle.js'
import {
  type AccountReads,
  accountReads,
  modeArgument,
  ownershipArguments,
  newOwnership,
  ownershipChanges,
  ownershipObstacle,
} from './ownership.js'
import {
  backupOf,
  backupPath,
  hardLinkArgument,
  obstacleToContent,
  obstacleToReplacing,
  placingArguments,
  secretArgument,
  type SeenWholeFile,
  writeStep,
} from './whole-file.js'

/** Arguments of every function that changes a piece of a file. */
const editArguments = {
  path: path('The file.'),
  create: z.boolean().optional().meta({ description: 'Make the file where it does not exist.' }),
  ...ownershipArguments,
  ...modeArgument,
  ...placingArguments,
  ...hardLinkArgument,
  ...secretArgument,
}

type EditArguments = Args<typeof editArguments>

/** A function that keeps a piece of a file, and leaves every other byte of it as it is. */
export interface EditDefinition<S extends z.ZodRawShape> {
  readonly name: string
  readonly about: string
  readonly details?: string
  readonly args: S
  readonly examples: readonly Example[]
  /** What is wrong with arguments that are each right. Pure. */
  readonly conflict?: (args: Args<S>) => string | undefined
  /** What the file is to hold, made of what it holds; of a file that does not exist yet, of nothing. Pure. */
  readonly edit: (args: EditArguments & Args<S>, text: string) => string | Blocked
}

type EditReads = AccountReads & {
  readonly now: Read<FileAnswer>
  readonly held: Read<EditableAnswer>
  readonly kept?: Read<FileAnswer>
}

interface SeenFile extends SeenWholeFile {
  readonly held: EditableAnswer
}

const inBytes = (value: unknown): unknown => {
  if (typeof value === 'string') return Buffer.from(value).toString('latin1')
  if (Array.isArray(value)) return value.map(inBytes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [inBytes(name), inBytes(inner)]))
}

/** What is to be held, as far as it can be said. */
type Wanted = { readonly from: string; readonly encoding: BlobEncoding; readonly to: string | Blocked }

/**
 * A state function out of a pure function from text to text. The text is all of the file, line ends and all; of a file that is no
 * UTF-8 each byte is one character, and so is each byte of the arguments.
 */
export const defineEdit = <S extends z.ZodRawShape>(definition: EditDefinition<S>): StateFunction => {
  const { edit, conflict, args, ...told } = definition
  const wanted = (given: EditArguments, held: EditableAnswer): Wanted => {
    const own = given as EditArguments & Args<S>
    const { text, encoding } = 'text' in held ? held : { text: '', encoding: 'utf8' as const }
    const adapted = encoding === 'utf8' ? own : (inBytes(own) as typeof own)
    const to = edit(adapted, text)
    const isSettled = typeof to !== 'string' || to === text || edit(adapted, to) === to
    return { from: text, encoding, to: isSettled ? to : blocked('it would change something again in every run') }
  }
  const made = (given: EditArguments, held: EditableAnswer): MadeBlob | undefined => {
    const { from, encoding, to } = wanted(given, held)
    return typeof to === 'string' && to !== from ? makeBlob(to, encoding) : undefined
  }
  const fn: StateFunction<typeof editArguments, EditReads> = {
    ...told,
    main: 'path',
    args: { ...editArguments, ...args },
    edits: (given) => given.path,
    ...(conflict === undefined ? {} : { conflict: (given) => conflict(given as EditArguments & Args<S>) }),

    reads: (given, { held }: { readonly held?: EditableAnswer }) => {
      const old = given.backup === true && held !== undefined ? hashOf(held) : undefined
      const isKept = held !== undefined && old !== undefined && made(given, held) !== undefined
      return {
        now: entry(given.path),
        held: editable(given.path),
        ...accountReads(given),
        ...(isKept ? { kept: entry(backupPath(given.path, old)) } : {}),
      }
    },

    check: (given, seen) => changesOf(given, seen, wanted(given, seen.held)),

    apply: (given, { now, held, kept }) => {
      const blob = made(given, held)
      if (blob === undefined) {
        const { path: name, owner, group, mode } = given
        return [{ kind: 'file.attributes', type: 'file', path: name, owner, group, mode } as const]
      }
      const replaces = hashOf(held)
      return [{ ...writeStep(given, now, blob), replaces, backup: backupOf(given, replaces, kept) }]
    },
  }
  return fn
}

/** Of what is there now. */
const hashOf = (held: EditableAnswer): string | undefined =>
  'text' in held ? makeBlob(held.text, held.encoding).sha256 : undefined

const changesOf = (
  given: EditArguments,
  seen: SeenFile,
  { from, encoding, to }: Wanted,
): readonly Change[] | Blocked => {
  const { now, held } = seen
  if (typeof to !== 'string') return to
  if (now.type === 'absent') return changesOfNew(given, seen, to)
  const obstacle = ownershipObstacle(given, seen)
  if (obstacle !== undefined) return blocked(obstacle)
  const wrongType = obstacleToContent(given.path, now)
  if (wrongType !== undefined) return now.type === 'link' ? throughLink(given.path, now) : wrongType
  if ('why' in held) return blocked(unread(given.path, held.why))
  const changes = [...contentChange(given, from, makeBlob(to, encoding)), ...ownershipChanges(given, now)]
  if (changes.length === 0) return []
  return obstacleToReplacing(given, now, to !== from) ?? changes
}

const changesOfNew = (given: EditArguments, seen: SeenFile, to: string): readonly Change[] | Blocked => {
  if (to === '' && given.create !== true) return []
  const obstacle = ownershipObstacle(given, seen)
  if (obstacle !== undefined) return blocked(obstacle)
  if (given.create !== true) return blocked(`"${given.path}" does not exist; create would make it`)
  return (
    obstacleTo(given.path, seen.now, given.create_parents === true) ?? [
      { field: 'type', from: null, to: 'file' },
      ...contentChange(given, '', makeBlob(to)),
      ...newOwnership(given, newFileMode),
    ]
  )
}

const throughLink = (name: string, { target }: FileAnswer): Blocked =>
  blocked(`"${name}" is a symbolic link to "${target}": name the file that it leads to`)

const unread = (name: string, why: 'absent' | 'other' | 'unreadable' | 'large'): string => {
  switch (why) {
    case 'unreadable':
      return `this user may not read "${name}"`
    case 'large':
      return `"${name}" is larger than 1 MiB`
    default:
      return `"${name}" was replaced while it was read`
  }
}

const contentChange = ({ secret }: EditArguments, from: string, to: MadeBlob): readonly Change[] => {
  if (to.text === from) return []
  const change: Change = {
    field: 'content',
    from: makeBlob(from, to.encoding).sha256.slice(0, 12),
    to: to.sha256.slice(0, 12),
  }
  return [secret === true ? change : { ...change, text: { from, to } }]
}
