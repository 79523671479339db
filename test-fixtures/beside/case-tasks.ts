import { loadContext } from '@prove/core/testing'
import type { Loaded } from '@prove/core'
import { yamlLoader } from '../../plugins/loader-yaml/src/yaml-loader.js'
import { type AnsibleTask, fileTranslations } from '../file-cases/ansible-task.js'
import { accountTasks } from './account-tasks.js'
import { commandTasks } from './command-tasks.js'
import { mountTasks } from './mount-tasks.js'
import { packageTasks } from './package-tasks.js'
import { repositoryTasks } from './repository-tasks.js'
import { handlerOf, serviceTasks } from './service-tasks.js'
import { sudoTasks } from './sudo-tasks.js'
import { systemTasks } from './system-tasks.js'
import { timerTasks } from './timer-tasks.js'
import { transferTasks } from './transfer-tasks.js'
import { treeTasks } from './tree-tasks.js'
import { argsOf, one, type TasksOf, word } from './tasks.js'
import { tlsTasks } from './tls-tasks.js'
import { waitingTasks } from './waiting-tasks.js'

/** A task, and those before it of which one must have changed something, by their numbers. */
export interface CaseTask {
  readonly task: AnsibleTask
  readonly after?: readonly number[]
  /** Tasks before it of which none may have changed anything. */
  readonly unless?: readonly number[]
}

interface Part {
  readonly state: string
  readonly fn: string
  readonly value: unknown
  readonly notifies: readonly string[]
  /** Runs only when it is notified. */
  readonly isLazy: boolean
}

const tasksOf: Readonly<Record<string, TasksOf>> = {
  ...Object.fromEntries(Object.entries(fileTranslations).map(([fn, how]) => [fn, one('path', how)])),
  ...accountTasks,
  ...commandTasks,
  ...mountTasks,
  ...packageTasks,
  ...repositoryTasks,
  ...serviceTasks,
  ...sudoTasks,
  ...systemTasks,
  ...timerTasks,
  ...tlsTasks,
  ...transferTasks,
  ...treeTasks,
  ...waitingTasks,
}

/** Tasks run in the order in which states stand: what a state requires is before it in all cases. */
const orders = ['requires', 'after']

/** Lazy by nature. */
const lazyFunctions = ['service.restarted', 'service.reloaded', 'system.reboot']

/** What is notified to run where it stands, and not behind all others. */
const runsInPlace = ({ fn }: Part): boolean => fn === 'system.reboot'

const partsOf = (state: string, body: unknown): readonly Part[] | undefined => {
  const maps = (Array.isArray(body) ? body : [body]) as readonly Readonly<Record<string, unknown>>[]
  const fields = maps.flatMap((map) => Object.entries(map))
  const fieldOf = (wanted: string): unknown => fields.find(([name]) => name === wanted)?.[1]
  const calls = fields.filter(([name]) => name.includes('.'))
  const isOfCommands = calls.every(([fn]) => fn === 'cmd.run')
  const own = ['notify', 'lazy', ...orders, ...(isOfCommands ? ['creates'] : [])]
  if (!fields.every(([name]) => name.includes('.') || own.includes(name))) return undefined
  const notifies = fields.filter(([name]) => name === 'notify').map(([, value]) => word(value))
  const creates = fieldOf('creates')
  return calls.map(([fn, value]) => ({
    state,
    fn,
    value: creates === undefined ? value : { ...argsOf('command', value), creates },
    notifies,
    isLazy: (fieldOf('lazy') ?? lazyFunctions.includes(fn)) === true,
  }))
}

const isAboutUnits = ({ fn, value }: Part): boolean =>
  fn === 'systemd.unit' || JSON.stringify(value).includes('/etc/systemd/system/')

/** Templates are those of another language, and components are unknown. */
const isForeign = (states: string, files: readonly string[]): boolean =>
  /\{[{%]/.test(states) || files.some((name) => !name.startsWith('files/') || name.endsWith('.njk'))

/** What still names a file of the catalog has no task that means it. */
const namesCatalog = (tasks: readonly AnsibleTask[]): boolean => JSON.stringify(tasks).includes('prove://')

interface Placed extends CaseTask {
  readonly of: Part
}

/** The numbers of the tasks that notify it, and are of such a part. */
const notifiersOf = (
  { state }: Part,
  tasks: readonly Placed[],
  isMeant: (of: Part) => boolean = () => true,
): readonly number[] => tasks.flatMap(({ of }, i) => (of.notifies.includes(state) && isMeant(of) ? [i] : []))

/** Tasks that run in place: each does something only where the one before it did, and the first where one of `after` did. */
const inPlace = (own: readonly AnsibleTask[], at: number, after: CaseTask['after']): readonly CaseTask[] =>
  own.map((task, k) => {
    const before = k === 0 ? after : [at + k - 1]
    return before === undefined ? { task } : { task, after: before }
  })

/** All but the handlers, in their order; undefined where one of them has no task. */
const placedTasks = (parts: readonly Part[]): readonly Placed[] | undefined => {
  const tasks: Placed[] = []
  for (const part of parts.filter((each) => !each.isLazy || runsInPlace(each))) {
    const own = tasksOf[part.fn]?.(part.value)
    if (own === undefined || namesCatalog(own)) return undefined
    const after = part.isLazy ? notifiersOf(part, tasks) : undefined
    if (after?.length === 0) continue
    const each = runsInPlace(part) ? inPlace(own, tasks.length, after) : own.map((task) => ({ task }))
    tasks.push(...each.map((task) => ({ ...task, of: part })))
  }
  return tasks
}

/** What it does when it is notified. */
const handled = ({ fn, value }: Part, isUnit: boolean): AnsibleTask | undefined =>
  fn === 'cmd.run' ? commandTasks[fn]?.(value)?.[0] : handlerOf(fn, value, isUnit)

/** Behind all others; undefined where one of them has no task. */
const handlersOf = (parts: readonly Part[], tasks: readonly Placed[]): readonly CaseTask[] | undefined => {
  const handlers: CaseTask[] = []
  for (const part of parts.filter((each) => !runsInPlace(each))) {
    const units = notifiersOf(part, tasks, isAboutUnits)
    const others = notifiersOf(part, tasks, (of) => !isAboutUnits(of))
    for (const [isUnit, after] of [
      [true, units],
      [false, others],
    ] as const) {
      if (after.length === 0) continue
      const task = handled(part, isUnit)
      if (task === undefined) return undefined
      handlers.push({ task, after, ...(isUnit || units.length === 0 ? {} : { unless: units }) })
    }
  }
  return handlers
}

/**
 * What Debian's Ansible would be asked for the same as these states, with these files in the catalog; undefined where it has nothing
 * that means it.
 */
export const caseTasksOf = (states: string, files: readonly string[] = []): readonly CaseTask[] | undefined => {
  if (isForeign(states, files)) return undefined
  const { data } = yamlLoader.load('site.yml', states, loadContext()) as Loaded
  const parts: Part[] = []
  for (const [state, body] of Object.entries(data as Readonly<Record<string, unknown>>)) {
    const own = partsOf(state, body)
    if (own === undefined) return undefined
    parts.push(...own)
  }
  const tasks = placedTasks(parts)
  const handlers = tasks === undefined ? undefined : handlersOf(parts, tasks)
  if (tasks === undefined || handlers === undefined) return undefined
  const all = [...tasks.map(({ of: _of, ...task }) => task), ...handlers]
  return all.length === 0 ? undefined : all
}
