import { type BlobArgument, defineState, path, source, type StateFunction, text } from '@prove/core'
import {
  modeArgument,
  ownershipArguments,
  placingArguments,
  replacingArguments,
  secretArgument,
  type SeenWholeFile,
  wholeFileChanges,
  wholeFileReads,
  wholeFileSteps,
} from '@prove/core/files'
import { managedExamples } from './examples.js'

/** What the file is to hold; undefined when only its attributes are declared. */
const declared = (given: {
  readonly content?: BlobArgument | undefined
  readonly source?: BlobArgument | undefined
}): BlobArgument | undefined => given.content ?? given.source

/** Keep a file with this content, owner and mode. */
export const managed: StateFunction = defineState({
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
  args: {
    path: path('The file.'),
    content: text('What the file holds.').optional(),
    source: source('A file of the catalog that holds the content.').optional(),
    ...ownershipArguments,
    ...modeArgument,
    ...placingArguments,
    ...replacingArguments,
    ...secretArgument,
  },
  examples: managedExamples,

  // Where only its attributes are declared, another state may keep what it holds.
  owns: (given) => (declared(given) === undefined ? undefined : given.path),
  conflict: ({ content: written, source: named }) =>
    written !== undefined && named !== undefined ? '"content" and "source" exclude each other' : undefined,

  reads: (given, seen: Partial<SeenWholeFile>) => wholeFileReads({ ...given, blob: declared(given) }, seen),
  check: (given, seen) => wholeFileChanges({ ...given, blob: declared(given) }, seen),
  apply: (given, seen) => wholeFileSteps({ ...given, blob: declared(given) }, seen),
})
