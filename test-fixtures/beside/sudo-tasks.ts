import type { AnsibleTask, Args } from '../file-cases/ansible-task.js'
import { argsOf, type TasksOf, word, words } from './tasks.js'

/** Lines as they are: a file that is looked at before it is there. */
const lines = ({ name, content }: Args): AnsibleTask => ({
  copy: {
    dest: `/etc/sudoers.d/${word(name)}`,
    content: `${word(content)}\n`,
    owner: 'root',
    group: 'root',
    mode: '0440',
    validate: '/usr/sbin/visudo -cf %s',
  },
})

const rule: TasksOf = (value) => {
  const { name, user, hosts, as, commands, nopasswd, setenv, content, absent, ...more } = argsOf('name', value)
  if (Object.keys(more).length > 0) return undefined
  if (absent === true) return [{ 'community.general.sudoers': { name, state: 'absent' } }]
  if (content !== undefined) return user === undefined ? [lines({ name, content })] : undefined
  const [[who = '', ...others], [host, ...otherHosts]] = [words(user), words(hosts)]
  // One rule is for one user or group, on one host.
  if (others.length > 0 || otherHosts.length > 0) return undefined
  const asked = {
    name,
    ...(who.startsWith('%') ? { group: who.slice(1) } : { user: who }),
    ...(host === undefined ? {} : { host }),
    runas: as ?? 'ALL:ALL',
    commands: commands ?? 'ALL',
    nopassword: nopasswd === true,
    setenv: setenv === true,
    validation: 'required',
  }
  return [{ 'community.general.sudoers': asked }]
}

/** Rules of sudo. */
export const sudoTasks: Readonly<Record<string, TasksOf>> = { 'sudo.rule': rule }
