import { one, type TasksOf, word } from './tasks.js'

/**
 * Trees of files, from the folder of the catalog that the play calls `catalog`. It removes nothing, leaves nothing out, and resolves no
 * templates.
 */
export const treeTasks: Readonly<Record<string, TasksOf>> = {
  'file.tree': one('path', {
    module: 'copy',
    names: { owner: 'owner', group: 'group', directory_mode: 'directory_mode' },
    more: ({ path, source, file_mode: mode = 'preserve' }) => ({
      dest: `${word(path)}/`,
      src: `{{ catalog }}/${word(source).replace('prove://', 'files/')}/`,
      mode,
      local_follow: false,
    }),
    also: ['path', 'source', 'file_mode', 'create_parents'],
  }),
}
