import type { AnsibleTask, Args } from '../file-cases/ansible-task.js'
import { argsOf, type TasksOf, word, words } from './tasks.js'

/** The options of a line: where they are not given, there are no brackets. */
const optionsOf = ({ architectures, signed_by: key, trusted }: Args): string => {
  const options = [
    ...(architectures === undefined ? [] : [`arch=${words(architectures).join(',')}`]),
    ...(key === undefined ? [] : [`signed-by=${word(key)}`]),
    ...(trusted === true ? ['trusted=yes'] : []),
  ]
  return options.length === 0 ? '' : ` [${options.join(' ')}]`
}

const isText = (key: unknown): boolean => key !== undefined && word(key).includes('\n')

/** A repository in one line; a key that stands in the state is put there before. */
const repository: TasksOf = (value) => {
  const { name, uris, suites, components, types, absent, ...more } = argsOf('name', value)
  const { signed_by: key, architectures: _, trusted: __, ...others } = more
  // Nothing takes a file away by its name, and there is no line for a repository that is out of use.
  if (absent === true || Object.keys(others).length > 0 || words(types).length > 1) return undefined
  const keyring = `/etc/apt/keyrings/${word(name)}.asc`
  const directory: AnsibleTask = { file: { path: '/etc/apt/keyrings', state: 'directory', mode: '0755' } }
  const put: readonly AnsibleTask[] = isText(key)
    ? [directory, { copy: { dest: keyring, content: key, mode: '0644' } }]
    : []
  const options = optionsOf({ ...more, ...(isText(key) ? { signed_by: keyring } : {}) })
  const repo = ['deb' + options, ...words(uris), ...words(suites), ...words(components)].join(' ')
  return [...put, { apt_repository: { repo, filename: name, update_cache_retries: 1 } }]
}

/** Repositories of apt. */
export const repositoryTasks: Readonly<Record<string, TasksOf>> = { 'pkgrepo.apt': repository }
