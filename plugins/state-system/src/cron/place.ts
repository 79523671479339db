import {
  account,
  type Blocked,
  blocked,
  type BlobEncoding,
  type EditableAnswer,
  type FileAnswer,
  makeBlob,
  type Read,
  type Step,
  z,
} from '@prove/core'
import {
  type Edit,
  heldText,
  keptFileDiffers,
  type KeptFileReads,
  keptFileReads,
  keptFileSteps,
  ownIn,
  type SeenKeptFile,
  shownFrom,
} from '../kept-file.js'
import { crontab, type CrontabAnswer } from '../reads/crontab.js'
import type { CrontabStep } from '../steps/crontab.js'

/** Where a line of cron is kept: in the crontab of a user, or in a file of /etc/cron.d. */
export const placeArguments = {
  user: account(
    'Whose crontab it is, or as whom a job of a file runs: root there, and otherwise the user of the session, unless given.',
  ).optional(),
  file: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, "-" and "_": cron passes over files with other names')
    .optional()
    .meta({ description: 'A file of /etc/cron.d to keep it in, instead of a crontab.' }),
}

interface Place {
  readonly user?: string | undefined
  readonly file?: string | undefined
}

export const pathOf = ({ file }: Place): string | undefined => (file === undefined ? undefined : `/etc/cron.d/${file}`)

export type PlaceReads = Partial<KeptFileReads> & { readonly table?: Read<CrontabAnswer> }

export interface SeenPlace {
  readonly now?: FileAnswer | undefined
  readonly held?: EditableAnswer | undefined
  readonly table?: CrontabAnswer | undefined
}

export const placeReads = (place: Place): PlaceReads => {
  const file = pathOf(place)
  return file === undefined ? { table: crontab(place.user) } : keptFileReads(file)
}

const fileSeen = ({ now, held }: SeenPlace): SeenKeptFile | undefined =>
  now === undefined || held === undefined ? undefined : { now, held }

const tableText = ({ table }: SeenPlace): { readonly text: string; readonly encoding: BlobEncoding } =>
  table !== undefined && 'text' in table ? table : { text: '', encoding: 'utf8' }

/** What the table holds of a piece, as text to show. */
export const pieceOf = (
  seen: SeenPlace,
  find: (text: string, own: (text: string) => string) => string | undefined,
): string | null => {
  const file = fileSeen(seen)
  const { text, encoding } = file === undefined ? tableText(seen) : heldText(file.held)
  const found = find(text, ownIn(encoding))
  return found === undefined ? null : shownFrom(encoding, found)
}

/** Whether the table is to hold something else; or what is in the way. Where nothing is wanted a table that cannot be is no obstacle. */
export const placeDiffers = (place: Place, seen: SeenPlace, edit: Edit): boolean | Blocked => {
  const file = fileSeen(seen)
  if (file !== undefined) return keptFileDiffers(pathOf(place) ?? '', file, edit)
  const { text, encoding } = tableText(seen)
  if (edit(text, ownIn(encoding)) === text) return false
  const { table } = seen
  return table !== undefined && 'why' in table ? blocked(table.why) : true
}

export const placeSteps = (place: Place, seen: SeenPlace, edit: Edit): readonly Step[] => {
  const file = fileSeen(seen)
  if (file !== undefined) return keptFileSteps(pathOf(place) ?? '', file, edit)
  const { text, encoding } = tableText(seen)
  const replaces = makeBlob(text, encoding)
  // crontab takes no last line without an end.
  const to = edit(text, ownIn(encoding)).replace(/(?<=[^\n])$/, '\n')
  const step: CrontabStep = {
    kind: 'cron.crontab',
    user: place.user,
    blob: makeBlob(to, encoding),
    replaces: { sha256: replaces.sha256, size: replaces.size },
  }
  return [step]
}
