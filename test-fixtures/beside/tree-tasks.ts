import type { Args, Translation } from '../file-cases/ansible-task.js'
import { argsOf, one, type TasksOf, word, words } from './tasks.js'

/** The folder of the catalog, which the play calls `catalog`. */
const folderOf = ({ source }: Args): string => `{{ catalog }}/${word(source).replace('prove://', 'files/')}/`

/** It removes nothing, leaves nothing out, and resolves no templates. */
const copied: Translation = {
  module: 'copy',
  names: { owner: 'owner', group: 'group', directory_mode: 'directory_mode' },
  more: (args) => ({
    dest: `${word(args['path'])}/`,
    src: folderOf(args),
    mode: args['file_mode'] ?? 'preserve',
    local_follow: false,
  }),
  also: ['path', 'source', 'file_mode', 'create_parents'],
}

/** It removes, and leaves out, by rsync, which the play tells how to reach the host. */
const synchronized: Translation = {
  module: 'ansible.posix.synchronize',
  names: { delete_extra: 'delete' },
  more: (args) => ({
    dest: `${word(args['path'])}/`,
    src: folderOf(args),
    checksum: true,
    times: false,
    owner: false,
    group: false,
    rsync_opts: ['--rsh="{{ ssh }}"', ...words(args['exclude']).map((pattern) => `--exclude=${pattern}`)],
  }),
  also: ['path', 'source', 'exclude'],
}

const tree: TasksOf = (value) => {
  const { delete_extra: deletes, exclude } = argsOf('path', value)
  return one('path', deletes === undefined && exclude === undefined ? copied : synchronized)(value)
}

/** Trees of files. */
export const treeTasks: Readonly<Record<string, TasksOf>> = { 'file.tree': tree }
