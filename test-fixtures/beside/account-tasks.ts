import type { Args } from '../file-cases/ansible-task.js'
import { argsOf, one, word, words, type TasksOf } from './tasks.js'

/** Ansible has seconds since 1970, and a negative number for no end. */
const expiry = ({ expires }: Args): Readonly<Record<string, unknown>> => {
  if (expires === undefined) return {}
  return { expires: expires === 'never' ? -1 : Date.parse(`${word(expires)}T00:00:00Z`) / 1000 }
}

const userNames = {
  name: 'name',
  uid: 'uid',
  group: 'group',
  groups: 'groups',
  home: 'home',
  create_home: 'create_home',
  move_home: 'move_home',
  shell: 'shell',
  comment: 'comment',
  system: 'system',
  password: 'password',
  locked: 'password_lock',
  password_max_days: 'password_expire_max',
  password_min_days: 'password_expire_min',
}

const absent = (): Readonly<Record<string, unknown>> => ({ state: 'absent' })

const knownHosts: TasksOf = (value) => {
  const args = argsOf('host', value)
  const { host, port, user, key, absent: isAbsent, ...more } = args
  if (Object.keys(more).length > 0) return undefined
  const name = port === undefined ? word(host) : `[${word(host)}]:${word(port)}`
  const path = user === undefined ? '/etc/ssh/ssh_known_hosts' : `~${word(user)}/.ssh/known_hosts`
  const keys = words(key)
  if (isAbsent === true && keys.length === 0) return [{ known_hosts: { name, path, state: 'absent' } }]
  const state = isAbsent === true ? 'absent' : 'present'
  return keys.map((each) => ({ known_hosts: { name, path, state, key: `${name.toLowerCase()} ${word(each)}` } }))
}

/** Users, groups and keys. */
export const accountTasks: Readonly<Record<string, TasksOf>> = {
  'user.present': one('name', {
    module: 'user',
    names: userNames,
    more: (args) => ({
      ...expiry(args),
      ...(args['groups'] === undefined ? {} : { append: args['exclusive_groups'] !== true }),
      ...(args['password_once'] === true ? { update_password: 'on_create' } : {}),
    }),
    also: ['expires', 'exclusive_groups', 'change_uid', 'password_once'],
  }),
  'user.absent': one('name', {
    module: 'user',
    names: { name: 'name', remove_home: 'remove', end_processes: 'force' },
    more: absent,
  }),
  'group.present': one('name', {
    module: 'group',
    names: { name: 'name', gid: 'gid', system: 'system' },
    also: ['change_gid'],
  }),
  'group.absent': one('name', { module: 'group', names: { name: 'name' }, more: absent }),
  'ssh.authorized_key': one('key', {
    module: 'ansible.posix.authorized_key',
    names: { user: 'user', exclusive: 'exclusive', path: 'path' },
    more: ({ key, options, absent: isAbsent, path }) => ({
      key: words(key).join('\n'),
      ...(options === undefined ? {} : { key_options: words(options).join(',') }),
      ...(isAbsent === true ? { state: 'absent' } : {}),
      ...(path === undefined ? {} : { manage_dir: false }),
    }),
    also: ['key', 'options', 'absent'],
  }),
  'ssh.known_host': knownHosts,
}
