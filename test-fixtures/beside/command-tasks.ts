import type { AnsibleTask } from '../file-cases/ansible-task.js'
import { argsOf, type TasksOf } from './tasks.js'

const commands: TasksOf = (value) => {
  const { command: cmd, creates, ...more } = argsOf('command', value)
  if (Object.keys(more).length > 0) return undefined
  return [{ shell: { cmd, ...(creates === undefined ? {} : { creates }) } }]
}

/** What is done only where the one before it has done something: to look whether a boot is wanted, and to boot. */
const boot: TasksOf = (value) => {
  const { within, only_if_required: isAsked, ...more } = argsOf('within', value)
  if (Object.keys(more).length > 0) return undefined
  const wish: readonly AnsibleTask[] =
    isAsked === true ? [{ command: { cmd: 'true', removes: '/run/reboot-required' } }] : []
  return [...wish, { reboot: { reboot_timeout: within ?? 600 } }]
}

/** Commands, and the boots that are wanted because something changed. */
export const commandTasks: Readonly<Record<string, TasksOf>> = { 'cmd.run': commands, 'system.reboot': boot }
