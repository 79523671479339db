import type { Args } from '../file-cases/ansible-task.js'
import { argsOf, one, type TasksOf, word, words } from './tasks.js'

const mount = 'ansible.posix.mount'

/** Ansible also removes the directory where it is told "absent": what leaves that is two tasks. */
const mountAbsent: TasksOf = (value) => {
  const { path, ...more } = argsOf('path', value)
  if (Object.keys(more).length > 0) return undefined
  return ['unmounted', 'absent_from_fstab'].map((state) => ({ [mount]: { path, state } }))
}

const optionsOf = ({ options }: Args): Readonly<Record<string, unknown>> =>
  options === undefined ? {} : { opts: words(options).join(',') }

/** Only what is kept out: to load one, Ansible needs a kernel that has modules at all, which those of labs may not. */
const kernelModule: TasksOf = (value) => {
  const { name, blacklisted, ...more } = argsOf('name', value)
  if (blacklisted !== true || Object.keys(more).length > 0) return undefined
  return [{ 'community.general.kernel_blacklist': { name, blacklist_file: `/etc/modprobe.d/${word(name)}.conf` } }]
}

/** Mounts, and modules of the kernel. */
export const mountTasks: Readonly<Record<string, TasksOf>> = {
  'mount.mounted': one('path', {
    module: mount,
    names: { path: 'path', device: 'src', fstype: 'fstype' },
    more: (args) => ({ state: args['temporary'] === true ? 'ephemeral' : 'mounted', ...optionsOf(args) }),
    also: ['options', 'temporary', 'create'],
  }),
  'mount.unmounted': one('path', { module: mount, names: { path: 'path' }, more: () => ({ state: 'unmounted' }) }),
  'mount.absent': mountAbsent,
  'kernel.module': kernelModule,
}
