import { blocked, defineState, empty, entry, type FileAnswer, path, z } from '@prove/core'
import { absentExamples } from './examples.js'
import { unwritable } from '@prove/core/files'

/** Keep a path free. */
export const absent = defineState({
  name: 'file.absent',
  about: 'Keep a path free: remove the file, link or directory there.',
  main: 'path',
  args: {
    path: path('What must not exist.').refine((name) => name !== '/', 'the root directory cannot be removed'),
    recurse: z.boolean().optional().meta({ description: 'Also remove a directory that holds something.' }),
  },
  examples: absentExamples,

  owns: (given) => given.path,

  reads: ({ path: name, recurse }, { now }: { readonly now?: FileAnswer }) => ({
    now: entry(name),
    ...(now?.type === 'directory' && recurse !== true ? { empty: empty(name) } : {}),
  }),

  check: ({ path: name }, { now, empty: isEmpty }) => {
    if (now.type === 'absent') return []
    if (now.mount === 'here') return blocked(`"${name}" is a mount point`)
    if (now.mount === 'below') return blocked(`something is mounted below "${name}"`)
    if (isEmpty === false) return blocked(`the directory "${name}" is not empty; recurse would remove what is in it`)
    if (!now.writable) return unwritable(name)
    return [{ field: 'type', from: now.type, to: 'absent' }]
  },

  apply: ({ path: name, recurse }) => [{ kind: 'file.remove', path: name, recurse } as const],
})
