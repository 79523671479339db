import type { AnsibleTask, Args } from '../file-cases/ansible-task.js'
import { type TasksOf, word, words } from './tasks.js'

/** Arguments that a function of packages has, with its main one by name; undefined where one is among them that is not known. */
const known = (value: unknown, names: readonly string[]): Args | undefined => {
  const args = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Args) : { name: value }
  return Object.keys(args).every((name) => names.includes(name)) ? args : undefined
}

const lists = ({ max_list_age: age }: Args): Readonly<Record<string, unknown>> =>
  age === undefined ? {} : { update_cache: true, cache_valid_time: age }

const waits = ({ lock_timeout: seconds }: Args): Readonly<Record<string, unknown>> =>
  seconds === undefined ? {} : { lock_timeout: seconds }

const holds = (names: readonly string[], hold: unknown): readonly AnsibleTask[] =>
  hold === undefined
    ? []
    : names.map((name) => ({ dpkg_selections: { name, selection: hold === true ? 'hold' : 'install' } }))

const installed: TasksOf = (value) => {
  const args = known(value, ['name', 'version', 'latest', 'hold', 'file', 'recommends', 'max_list_age', 'lock_timeout'])
  if (args === undefined) return undefined
  const { name, version, latest, hold, file, recommends } = args
  // Of a file, and of comparisons, apt of Ansible knows nothing.
  if (version !== undefined && (file !== undefined || /[<>,=]/.test(word(version)))) return undefined
  const names = words(name)
  const wanted = version === undefined ? names : names.map((each) => `${each}=${word(version)}`)
  const apt = {
    ...(file === undefined ? { name: wanted } : { deb: file }),
    state: latest === true ? 'latest' : 'present',
    ...(version === undefined ? {} : { allow_downgrade: true }),
    ...(hold === undefined ? {} : { allow_change_held_packages: true }),
    ...(recommends === undefined ? {} : { install_recommends: recommends }),
    ...lists(args),
    ...waits(args),
  }
  return [{ apt }, ...holds(names, hold)]
}

const removal =
  (more: Readonly<Record<string, unknown>>): TasksOf =>
  (value) => {
    const args = known(value, ['name', 'autoremove', 'lock_timeout'])
    if (args === undefined) return undefined
    const autoremove = args['autoremove'] === true ? { autoremove: true } : {}
    return [{ apt: { name: words(args['name']), state: 'absent', ...more, ...autoremove, ...waits(args) } }]
  }

const upgraded: TasksOf = (value) => {
  const args = known(value, ['name', 'full', 'max_list_age', 'lock_timeout'])
  if (args === undefined) return undefined
  const names = words(args['name'])
  const what =
    names.length === 0
      ? { upgrade: args['full'] === true ? 'full' : 'safe', force_apt_get: true }
      : { name: names, state: 'latest', only_upgrade: true }
  return [{ apt: { ...what, ...lists(args), ...waits(args) } }]
}

/** Packages. */
export const packageTasks: Readonly<Record<string, TasksOf>> = {
  'pkg.installed': installed,
  'pkg.removed': removal({}),
  'pkg.purged': removal({ purge: true }),
  'pkg.upgraded': upgraded,
}
