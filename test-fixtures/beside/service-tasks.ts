import type { AnsibleTask, Args } from '../file-cases/ansible-task.js'
import { argsOf, one, word, type TasksOf } from './tasks.js'

const systemd = (more: Readonly<Record<string, unknown>>): TasksOf =>
  one('name', { module: 'systemd', names: { name: 'name' }, more: () => more })

const unitPath = ({ name, drop_in: dropIn }: Args): string => {
  const folder = '/etc/systemd/system'
  if (dropIn === undefined) return `${folder}/${word(name)}`
  return `${folder}/${word(name)}.d/${word(dropIn).replace(/(?:\.conf)?$/, '.conf')}`
}

/** A unit is a file there, and systemd is told by a task of its own. */
const unit: TasksOf = (value) => {
  const args = argsOf('name', value)
  const { name: _name, drop_in: dropIn, content, mode, absent, ...more } = args
  if (Object.keys(more).length > 0) return undefined
  const path = unitPath(args)
  const reread = { systemd: { daemon_reload: true } }
  if (absent === true) return [{ file: { path, state: 'absent' } }, reread]
  const folder = path.slice(0, path.lastIndexOf('/'))
  const made = dropIn === undefined ? [] : [{ file: { path: folder, state: 'directory' } }]
  return [...made, { copy: { dest: path, content, ...(mode === undefined ? {} : { mode }) } }, reread]
}

/** Services and units. */
export const serviceTasks: Readonly<Record<string, TasksOf>> = {
  'service.running': one('name', {
    module: 'systemd',
    names: { name: 'name', enable: 'enabled' },
    more: () => ({ state: 'started' }),
    also: ['on_notify', 'within'],
  }),
  'service.stopped': systemd({ state: 'stopped' }),
  'service.enabled': systemd({ enabled: true }),
  'service.disabled': systemd({ enabled: false }),
  'service.masked': systemd({ masked: true }),
  'service.unmasked': systemd({ masked: false }),
  'systemd.unit': unit,
}

/** What a handler does for a state that is notified, by whether a unit has changed; undefined where there is no handler like it. */
export const handlerOf = (fn: string, value: unknown, isUnit: boolean): AnsibleTask | undefined => {
  const { name, on_notify: what = 'reload_or_restart' } = argsOf('name', value)
  const again = { systemd: { name, state: 'restarted', ...(isUnit ? { daemon_reload: true } : {}) } }
  if (fn === 'service.restarted') return again
  if (fn !== 'service.running' && fn !== 'service.reloaded') return undefined
  return what === 'restart' || isUnit ? again : { systemd: { name, state: 'reloaded' } }
}
