import { one, word, type TasksOf } from './tasks.js'

const absent = ({ absent: isAbsent }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  isAbsent === true ? { state: 'absent' } : {}

/** Of a file of /etc/cron.d a user must be named. */
const userOfFile = ({ file, user }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  file !== undefined && user === undefined ? { user: 'root' } : {}

const sysctlFile = ({ file }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  sysctl_file: `/etc/sysctl.d/${file === undefined ? '90-prove' : word(file)}.conf`,
  reload: false,
})

/** Jobs of cron, mounts, settings of the kernel, the names of a host, checkouts. */
export const systemTasks: Readonly<Record<string, TasksOf>> = {
  'cron.entry': one('name', {
    module: 'cron',
    names: {
      name: 'name',
      minute: 'minute',
      hour: 'hour',
      day: 'day',
      month: 'month',
      weekday: 'weekday',
      special: 'special_time',
      command: 'job',
      disabled: 'disabled',
      user: 'user',
      file: 'cron_file',
    },
    more: (args) => ({ ...absent(args), ...userOfFile(args) }),
    also: ['absent'],
  }),
  'cron.variable': one('name', {
    module: 'cron',
    names: { name: 'name', value: 'job', user: 'user', file: 'cron_file' },
    more: (args) => ({ env: true, ...absent(args), ...userOfFile(args) }),
    also: ['absent'],
  }),
  'sysctl.value': one('name', {
    module: 'ansible.posix.sysctl',
    names: { name: 'name', value: 'value' },
    more: (args) => ({ ...sysctlFile(args), sysctl_set: true }),
    also: ['file'],
  }),
  'sysctl.absent': one('name', {
    module: 'ansible.posix.sysctl',
    names: { name: 'name' },
    more: (args) => ({ ...sysctlFile(args), state: 'absent' }),
    also: ['file'],
  }),
  'system.hostname': one('name', { module: 'hostname', names: { name: 'name' } }),
  'system.timezone': one('name', { module: 'community.general.timezone', names: { name: 'name' } }),
  'system.locale': one('name', { module: 'community.general.locale_gen', names: { name: 'name' } }),
  'git.checkout': one('path', {
    module: 'git',
    names: {
      path: 'dest',
      repo: 'repo',
      ref: 'version',
      depth: 'depth',
      key: 'key_file',
      accept_host_key: 'accept_hostkey',
      force: 'force',
    },
    more: ({ submodules }) => ({ recursive: submodules === true }),
    also: ['submodules'],
  }),
}
