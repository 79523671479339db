import {
  blocked,
  type BlobArgument,
  type Change,
  content,
  type ContentAnswer,
  defineState,
  entry,
  file,
  type FileAnswer,
  type FileWriteStep,
  path,
  source,
  text,
  z,
} from '@prove/core'
import { managedExamples } from './examples.js'
import { missingParents, obstacleTo } from './obstacle.js'
import { accountReads, ownershipObstacle, modeArgument, ownershipArguments, ownershipChanges } from './ownership.js'

const args = {
  path: path('The file.'),
  content: text('What the file holds.').optional(),
  source: source('A file of the catalog that holds the content.').optional(),
  ...ownershipArguments,
  ...modeArgument,
  create_parents: z.boolean().optional().meta({ description: 'Make missing directories above it, with mode 0755.' }),
  backup: z.boolean().optional().meta({ description: 'Keep the old content beside it, as NAME.HASH.bak.' }),
  validate: z
    .union([z.string().min(1), z.array(z.string()).min(1)])
    .optional()
    .meta({ description: 'A command that must accept the new content first; %s stands for its path.' }),
  replace_link: z.boolean().optional().meta({ description: 'Put the file in place of a symbolic link.' }),
  break_hard_link: z
    .boolean()
    .optional()
    .meta({ description: 'Accept that other names of the file keep the old content.' }),
  secret: z.boolean().optional().meta({ description: 'Never show the content, in a diff or elsewhere.' }),
}

interface Args {
  readonly path: string
  readonly content?: BlobArgument | undefined
  readonly source?: BlobArgument | undefined
  readonly backup?: boolean | undefined
  readonly secret?: boolean | undefined
}

/** What the file is to hold; undefined when only its attributes are declared. */
const declared = (given: Args): BlobArgument | undefined => given.content ?? given.source

const differs = (given: Args, now: FileAnswer): boolean => {
  const blob = declared(given)
  return now.type === 'file' && blob !== undefined && now.sha256 !== blob.sha256
}

/** Named for the old content: the same change keeps it only once. */
const backupPath = ({ path: name }: Args, { sha256 = '' }: FileAnswer): string => `${name}.${sha256.slice(0, 8)}.bak`

interface SeenSoFar {
  readonly now?: FileAnswer
  readonly old?: ContentAnswer
}

/** Keep a file with this content, owner and mode. */
export const managed = defineState({
  name: 'file.managed',
  about: 'Keep a file with this content, owner and mode.',
  details: `New content is made complete beside the file and renamed, so a reader sees all of the old or all of the new. A
bind-mounted file cannot be replaced; it is written in place.

Without \`content\` and \`source\` the file only has to exist. \`prove://NAME\` is \`files/NAME\` of the catalog, and rendered first
when its name ends in \`.njk\`. A new file has mode 0644 unless given. A symbolic link and a file with several names are errors
unless \`replace_link\` or \`break_hard_link\` says what is wanted.

The command of \`validate\` must not change anything. With \`backup\` the HASH in the name is the first 8 digits of the SHA-256 of
the old content.`,
  main: 'path',
  args,
  examples: managedExamples,

  owns: (given) => given.path,
  conflict: ({ content: written, source: named }) =>
    written !== undefined && named !== undefined ? '"content" and "source" exclude each other' : undefined,

  reads: (given, { now }: SeenSoFar) => ({
    now: file(given.path),
    ...accountReads(given),
    ...(now !== undefined && differs(given, now)
      ? {
          ...(given.secret === true ? {} : { old: content(given.path) }),
          ...(given.backup === true ? { kept: entry(backupPath(given, now)) } : {}),
        }
      : {}),
  }),

  check: (given, seen) => {
    const { now } = seen
    const blob = declared(given)
    const obstacle = ownershipObstacle(given, seen)
    if (obstacle !== undefined) return blocked(obstacle)
    if (now.type === 'absent' || (now.type === 'link' && given.replace_link === true)) {
      const from = now.type === 'absent' ? null : 'link'
      return (
        obstacleTo(given.path, now, given.create_parents === true) ?? [
          { field: 'type', from, to: 'file' },
          ...ownershipChanges(given, { ...now, mode: '0644' }),
        ]
      )
    }
    if (now.type === 'link')
      return blocked(`"${given.path}" is a symbolic link to "${now.target}"; replace_link would replace it`)
    if (now.type !== 'file')
      return blocked(`"${given.path}" is ${now.type === 'directory' ? 'a directory' : 'no regular file'}`)
    const changes = [...contentChange(given, now, blob, seen.old), ...ownershipChanges(given, now)]
    if (changes.length === 0) return []
    if (blob !== undefined && now.sha256 === undefined) return blocked(`this user may not read "${given.path}"`)
    if (!now.mine) return blocked(`this user may not change "${given.path}"`)
    if (!differs(given, now)) return changes
    if ((now.names ?? 1) > 1 && given.break_hard_link !== true) {
      return blocked(
        `"${given.path}" has ${now.names} names (hard links); break_hard_link would give it content of its own`,
      )
    }
    return obstacleTo(given.path, now, false) ?? changes
  },

  apply: (given, { now, kept }) => {
    const { path: name, owner, group, mode, validate } = given
    const blob = declared(given) ?? emptyBlob
    if (now.type === 'file' && !differs(given, now)) {
      return [{ kind: 'file.attributes', type: 'file', path: name, owner, group, mode } as const]
    }
    const step: FileWriteStep = {
      kind: 'file.write',
      path: name,
      blob: { sha256: blob.sha256, size: blob.size },
      fresh: now.type === 'absent',
      owner,
      group,
      mode,
      parents: missingParents(name, now),
      replaceLink: given.replace_link,
      backup: kept?.type === 'absent' ? backupPath(given, now) : undefined,
      validate: validate === undefined ? undefined : { command: validate },
    }
    return [step]
  },
})

/** The hash of nothing: a file that is only declared to exist begins empty. */
const emptyBlob = { sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', size: 0 }

const contentChange = (
  given: Args,
  now: FileAnswer,
  blob: BlobArgument | undefined,
  old: ContentAnswer | undefined,
): readonly Change[] => {
  if (blob === undefined || now.sha256 === blob.sha256) return []
  const change: Change = { field: 'content', from: now.sha256?.slice(0, 12) ?? null, to: blob.sha256.slice(0, 12) }
  if (given.secret === true || old?.text === undefined) return [change]
  return [{ ...change, text: { from: old.text, to: { sha256: blob.sha256, size: blob.size } } }]
}
