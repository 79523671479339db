import type { AnsibleTask, Args } from '../file-cases/ansible-task.js'
import { argsOf, type TasksOf, word, words } from './tasks.js'

const unitOf = (name: string, kind: string): string => `/etc/systemd/system/${name}.${kind}`

const lines = (key: string, value: unknown): string =>
  words(value)
    .map((each) => `${key}=${each}\n`)
    .join('')

const fileOf = (name: string, kind: string, content: string): AnsibleTask => ({
  copy: { dest: unitOf(name, kind), content },
})

const timerOf = (name: string, args: Args): AnsibleTask => {
  const when = [
    lines('OnCalendar', args['on_calendar']),
    lines('OnBootSec', args['on_boot']),
    lines('Persistent', args['persistent']),
    lines('RandomizedDelaySec', args['random_delay']),
  ].join('')
  return fileOf(name, 'timer', `[Timer]\n${when}[Install]\nWantedBy=timers.target\n`)
}

const serviceOf = (name: string, { command, user }: Args): readonly AnsibleTask[] => {
  if (command === undefined) return []
  const all = Array.isArray(command) ? command.map(word) : ['/bin/sh', '-c', word(command)]
  const line = all.map((each) => `"${each}"`).join(' ')
  return [fileOf(name, 'service', `[Service]\nType=oneshot\n${lines('User', user)}ExecStart=${line}\n`)]
}

const known = ['name', 'on_calendar', 'on_boot', 'persistent', 'random_delay', 'command', 'user', 'absent']

const timer: TasksOf = (value) => {
  const args = argsOf('name', value)
  const name = word(args['name'])
  // What such a character means in a unit, whoever writes the unit must know.
  const isOdd = words(args['command']).some((each) => /["\\%$\n]/.test(each))
  if (isOdd || !Object.keys(args).every((each) => known.includes(each))) return undefined
  if (args['absent'] === true) {
    const gone = ['timer', 'service'].map((kind) => ({ file: { path: unitOf(name, kind), state: 'absent' } }))
    const stopped = { systemd: { name: `${name}.timer`, state: 'stopped', enabled: false } }
    return [stopped, ...gone, { systemd: { daemon_reload: true } }]
  }
  const started = { name: `${name}.timer`, state: 'started', enabled: true, daemon_reload: true }
  return [...serviceOf(name, args), timerOf(name, args), { systemd: started }]
}

/** Timers: for Ansible these are files, and a unit that is started. */
export const timerTasks: Readonly<Record<string, TasksOf>> = { 'systemd.timer': timer }
