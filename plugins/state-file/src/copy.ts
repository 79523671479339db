import {
  blocked,
  content,
  type ContentAnswer,
  defineState,
  file,
  type FileAnswer,
  makeBlob,
  path,
  z,
} from '@prove/core'
import {
  hardLinkArgument,
  modeArgument,
  ownershipArguments,
  placingArguments,
  secretArgument,
  type SeenWholeFile,
  type WholeFile,
  wholeFileChanges,
  wholeFileReads,
  wholeFileSteps,
} from '@prove/core/files'
import type { FileCopyStep } from './steps/copy.js'
import { copyExamples } from './transfer-examples.js'

interface SeenSource {
  readonly from?: FileAnswer | undefined
  readonly text?: ContentAnswer | undefined
}

interface Given extends Omit<WholeFile, 'blob'> {
  readonly source: string
}

/** The file as declared, as far as it is known what the source holds. */
const declared = (given: Given, { from, text }: SeenSource): WholeFile => {
  if (from?.sha256 === undefined) return given
  const { sha256, size = 0 } = from
  const made = text?.text === undefined ? undefined : makeBlob(text.text)
  // Read at another moment than the hash, the text may be another.
  return { ...given, blob: made?.sha256 === sha256 ? made : { sha256, size } }
}

/** Keep a file equal to another file of the target. */
export const copy = defineState({
  name: 'file.copy',
  about: 'Keep a file equal to another file of the target.',
  details: `The two are compared by the SHA-256 of their content. Owner and mode of the source are not taken over: a new file has mode
0644 unless given, and stays what it is otherwise.

Neither of the two may be a symbolic link, unless \`replace_link\` says that the copy takes the place of one: nothing is written
through a link. A directory is copied with the catalog, by \`file.tree\`, or by a command.`,
  main: 'path',
  args: {
    path: path('The file that is kept.'),
    source: path('The file that it is a copy of.'),
    ...ownershipArguments,
    ...modeArgument,
    ...placingArguments,
    replace_link: z.boolean().optional().meta({ description: 'Put the copy in place of a symbolic link.' }),
    ...hardLinkArgument,
    ...secretArgument,
  },
  examples: copyExamples,

  owns: (given) => given.path,
  conflict: (given) => (given.path === given.source ? '"path" and "source" are the same file' : undefined),

  reads: (given, seen: SeenSource & Partial<SeenWholeFile>) => {
    const target = wholeFileReads(declared(given, seen), seen.from === undefined ? {} : seen)
    return {
      from: file(given.source),
      ...target,
      // Beside the old content, for the diff.
      ...(target.old === undefined ? {} : { text: content(given.source) }),
    }
  },

  check: (given, seen) => {
    const { from } = seen
    if (from.type === 'absent') return blocked(`"${given.source}" does not exist`)
    if (from.type === 'link') return blocked(`"${given.source}" is a symbolic link: name the file that it leads to`)
    if (from.type !== 'file') {
      return blocked(`"${given.source}" is ${from.type === 'directory' ? 'a directory' : 'no regular file'}`)
    }
    if (from.sha256 === undefined) return blocked(`this user may not read "${given.source}"`)
    return wholeFileChanges(declared(given, seen), seen)
  },

  apply: (given, seen) =>
    wholeFileSteps(declared(given, seen), seen).map((step) => {
      if (step.kind !== 'file.write') return step
      const { kind: _, blob, ...placed } = step
      const { sha256, size } = blob
      return { ...placed, kind: 'file.copy', source: given.source, content: { sha256, size } } satisfies FileCopyStep
    }),
})
