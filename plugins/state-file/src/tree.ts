import { defineState, mode, path, sourceTree, z } from '@prove/core'
import { ownershipArguments, parentsArgument } from '@prove/core/files'
import { patterns, patternsAbout } from './globs.js'
import { treeExamples } from './transfer-examples.js'
import { placeOf, treeFilter, wantedTree } from './tree-entries.js'
import { planTree, treeReads } from './tree-plan.js'

/** Keep a directory like a folder of the catalog. */
export const tree = defineState({
  name: 'file.tree',
  about: 'Keep a directory like a folder of the catalog.',
  details: `\`prove://NAME\` is the folder \`files/NAME\` of the catalog, or of the component that the state is in. A file whose name ends
in \`.njk\` is rendered and loses that ending. Symbolic links of the folder become the same links; they are not followed. Empty
directories are made.

A file has mode 0644, or 0755 where the file of the catalog is executable, unless \`file_mode\` says otherwise. A new directory has
mode 0755; one that exists keeps its mode unless \`directory_mode\` is given. \`path\` itself is one of the directories.

What else is in the directory stays, unless \`delete_extra\` is set. It then goes, and the plan names each file and directory. Nothing
that is mounted below is removed, and nothing that \`exclude\` matches, or \`include\` does not. Something of another type, such as
a directory where the folder has a file, is an error without \`delete_extra\`, and replaced with it.

${patternsAbout} They are matched with the path that the file has on the target.

Nothing is written through a symbolic link in the directory. Diffs are shown of the first 50 files whose content changes.`,
  main: 'path',
  args: {
    path: path('The directory on the target.'),
    source: sourceTree('The folder of the catalog.', treeFilter),
    ...ownershipArguments,
    file_mode: mode('Permissions of all files, as octal digits.').optional(),
    directory_mode: mode('Permissions of all directories, as octal digits.').optional(),
    include: patterns('What of the folder is kept; all of it unless given.'),
    exclude: patterns('What is left alone, in the folder and on the target.'),
    delete_extra: z.boolean().optional().meta({ description: 'Remove what the folder does not have.' }),
    ...parentsArgument,
    break_hard_link: z
      .boolean()
      .optional()
      .meta({ description: 'Accept that other names of a file keep the old content.' }),
    secret: z.boolean().optional().meta({ description: 'Never show the content of the files in a diff.' }),
  },
  examples: treeExamples,

  owns: (given) =>
    given.path === undefined
      ? undefined
      : wantedTree(given).entries.flatMap((each) =>
          each.type === 'directory' ? [] : [placeOf(given.path, each.path)],
        ),

  reads: treeReads,

  check: (given, seen) => {
    const plan = planTree(given, seen)
    return 'blocked' in plan ? plan : plan.changes
  },

  apply: (given, seen) => {
    const plan = planTree(given, seen)
    return 'blocked' in plan ? [] : plan.steps
  },
})
