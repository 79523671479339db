import { argsOf, type TasksOf, word } from './tasks.js'

const tree: TasksOf = (value) => {
  const args = argsOf('path', value)
  const { path, source, owner, group, file_mode: mode, directory_mode: directories, create_parents: _, ...more } = args
  // It removes nothing, leaves nothing out, and resolves no templates.
  if (Object.keys(more).length > 0) return undefined
  const copy = {
    dest: `${word(path)}/`,
    src: `{{ catalog }}/${word(source).replace('prove://', 'files/')}/`,
    mode: mode ?? 'preserve',
    local_follow: false,
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
    ...(directories === undefined ? {} : { directory_mode: directories }),
  }
  return [{ copy }]
}

/** Trees of files, from the folder of the catalog that the play calls `catalog`. */
export const treeTasks: Readonly<Record<string, TasksOf>> = { 'file.tree': tree }
