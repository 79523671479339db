import { type AnsibleTask, type Args, translated, type Translation } from '../file-cases/ansible-task.js'

/** The tasks that ask for the same as a call of a function, given what stands behind its name; undefined where there are none. */
export type TasksOf = (value: unknown) => readonly AnsibleTask[] | undefined

/** The arguments of a call: a value alone is that of the main one. */
export const argsOf = (main: string, value: unknown): Args =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Args) : { [main]: value }

/** A call that is one task. */
export const one =
  (main: string, translation: Translation): TasksOf =>
  (value) => {
    const task = translated(translation, argsOf(main, value))
    return task === undefined ? undefined : [task]
  }

/** A word or a number, as it is written. */
export const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** One word, or several; none where nothing is given. */
export const words = (value: unknown): readonly string[] => {
  if (value === undefined) return []
  return Array.isArray(value) ? value.map(word) : [word(value)]
}

/** Arguments, by the names of theirs. */
export type Words = Readonly<Record<string, unknown>>

/** Those that are given, under the names that theirs have. */
export const given = (args: Args, names: Readonly<Record<string, string>>): Words =>
  Object.fromEntries(
    Object.entries(names).flatMap(([ours, theirs]) => (args[ours] === undefined ? [] : [[theirs, args[ours]]])),
  )

/** Whether no other arguments are given. */
export const isKnown = (args: Args, ...names: readonly string[]): boolean =>
  Object.keys(args).every((name) => names.includes(name))
