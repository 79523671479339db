import { defineMeta, type Member, path, z } from '@prove/core'

/** What may stand in the id of a state, and is a name of a file. */
const fileName = /^[\w@+-][\w@.+-]*$/

/**
 * Keep a folder and the files in it. It makes states of other functions out of its arguments: what these do, and how they are planned,
 * is theirs. A meta-state never sees a target.
 */
export const folder = defineMeta({
  name: 'acme.folder',
  about: 'Keep a folder and the files in it, as one group.',
  args: {
    path: path('The folder.'),
    files: z.record(z.string(), z.string()).meta({ description: 'What each file holds, by its name.' }),
    mode: z.string().optional().meta({ description: 'The mode of the files; as file.managed takes it.' }),
  },

  // Pure: equal arguments have equal shapes. `path` is where in the arguments a member comes from, so that errors point there.
  shape: ({ path: at, files, mode }) => {
    const wrong = Object.keys(files).find((name) => !fileName.test(name))
    if (wrong !== undefined) {
      return {
        problem: `"${wrong}" cannot be the name of a file here`,
        path: ['files', wrong],
        hint: 'use letters, digits, and any of "_ - . + @"',
      }
    }
    const members: readonly Member[] = [
      { suffix: '/folder', path: ['path'], made: { 'file.directory': at } },
      ...Object.entries(files).map(([name, content]) => ({
        suffix: `/${name}`,
        path: ['files', name],
        made: { 'file.managed': { path: `${at}/${name}`, content, ...(mode === undefined ? {} : { mode }) } },
      })),
    ]
    // Each when the one before it has succeeded: no file without its folder.
    return { members, inSequence: true }
  },
})
