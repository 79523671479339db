import { loadContext } from '@prove/core/testing'
import type { Loaded } from '@prove/core'
import { yamlLoader } from '../../plugins/loader-yaml/src/yaml-loader.js'
import { type AnsibleTask, fileTranslations } from '../file-cases/ansible-task.js'
import { accountTasks } from './account-tasks.js'
import { mountTasks } from './mount-tasks.js'
import { packageTasks } from './package-tasks.js'
import { repositoryTasks } from './repository-tasks.js'
import { handlerOf, serviceTasks } from './service-tasks.js'
import { sudoTasks } from './sudo-tasks.js'
import { systemTasks } from './system-tasks.js'
import { timerTasks } from './timer-tasks.js'
import { transferTasks } from './transfer-tasks.js'
import { treeTasks } from './tree-tasks.js'
import { one, type TasksOf, word } from './tasks.js'
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
}

const tasksOf: Readonly<Record<string, TasksOf>> = {
  ...Object.fromEntries(Object.entries(fileTranslations).map(([fn, how]) => [fn, one('path', how)])),
  ...accountTasks,
  ...mountTasks,
  ...packageTasks,
  ...repositoryTasks,
  ...serviceTasks,
  ...sudoTasks,
  ...systemTasks,
  ...timerTasks,
  ...transferTasks,
  ...treeTasks,
  ...waitingTasks,
}

/** Runs only when it is notified. */
const isLazy = (fn: string): boolean => fn === 'service.restarted' || fn === 'service.reloaded'

/** Tasks run in the order in which states stand: what a state requires is before it in all cases. */
const orders = ['requires', 'after']

const partsOf = (state: string, body: unknown): readonly Part[] | undefined => {
  const maps = (Array.isArray(body) ? body : [body]) as readonly Readonly<Record<string, unknown>>[]
  const fields = maps.flatMap((map) => Object.entries(map))
  const known = fields.every(([name]) => name.includes('.') || name === 'notify' || orders.includes(name))
  if (!known) return undefined
  const notifies = fields.filter(([name]) => name === 'notify').map(([, value]) => word(value))
  return fields.filter(([name]) => name.includes('.')).map(([fn, value]) => ({ state, fn, value, notifies }))
}

const isAboutUnits = ({ fn, value }: Part): boolean =>
  fn === 'systemd.unit' || JSON.stringify(value).includes('/etc/systemd/system/')

/** Templates are those of another language, and components are unknown. */
const isForeign = (states: string, files: readonly string[]): boolean =>
  /\{[{%]/.test(states) || files.some((name) => !name.startsWith('files/') || name.endsWith('.njk'))

/** What still names a file of the catalog has no task that means it. */
const namesCatalog = (tasks: readonly AnsibleTask[]): boolean => JSON.stringify(tasks).includes('prove://')

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
  const tasks: (CaseTask & { readonly of: Part })[] = []
  for (const part of parts.filter(({ fn }) => !isLazy(fn))) {
    const own = tasksOf[part.fn]?.(part.value)
    if (own === undefined || namesCatalog(own)) return undefined
    tasks.push(...own.map((task) => ({ task, of: part })))
  }
  const handlers: CaseTask[] = []
  for (const part of parts) {
    const notifiers = tasks.flatMap(({ of }, i) => (of.notifies.includes(part.state) ? [{ of, i }] : []))
    const numbers = (isUnit: boolean): readonly number[] =>
      notifiers.filter(({ of }) => isAboutUnits(of) === isUnit).map(({ i }) => i)
    const [units, others] = [numbers(true), numbers(false)]
    for (const [isUnit, after] of [
      [true, units],
      [false, others],
    ] as const) {
      if (after.length === 0) continue
      const task = handlerOf(part.fn, part.value, isUnit)
      if (task === undefined) return undefined
      handlers.push({ task, after, ...(isUnit || units.length === 0 ? {} : { unless: units }) })
    }
  }
  const all = [...tasks.map(({ task }) => ({ task })), ...handlers]
  return all.length === 0 ? undefined : all
}
