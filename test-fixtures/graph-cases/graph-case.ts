import type { ErrorCode } from '@prove/core'

/** A graph of states, and what comes of it: the same in memory and on a shell. */
export interface GraphCase {
  readonly title: string
  /** `{root}` stands for the folder that the target has for files. */
  readonly states: Readonly<Record<string, unknown>>
  /** States of other files, by the ids of these. */
  readonly files?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Files below the folder before the run, and what they hold. */
  readonly there?: Readonly<Record<string, string>>
  /** Names for which `work` exits with 1. */
  readonly fails?: readonly string[]
  /** Names for which it does so that many times. */
  readonly failsTimes?: Readonly<Record<string, number>>
  /** `state outcome`, in the order of the run, as it ended; nothing where the states do not compile. */
  readonly ran?: readonly string[]
  /** The names that `work` was given in the first run, where that says more than the outcomes. */
  readonly did?: readonly string[]
  /** What a second run tells. */
  readonly again?: readonly string[]
  /** `state outcome confidence`. */
  readonly planned?: readonly string[]
  /** How many notifications wait for the next run; none unless something failed. */
  readonly waiting?: number
  readonly error?: ErrorCode
}

type Fields = Readonly<Record<string, unknown>>

/** A command that notes its name, succeeds unless the case says otherwise, and always counts as a change. */
export const work = (name: string, fields: Fields = {}): Fields => ({ 'cmd.run': `work ${name}`, ...fields })

/** A file that is made unless it is there. */
export const file = (name: string, fields: Fields = {}): Fields => ({
  'file.managed': { path: `{root}/${name}`, content: 'x\n' },
  ...fields,
})

/** A state that never changes anything. */
export const still = (fields: Fields = {}): Fields => ({ 'file.directory': '{root}', ...fields })

/** A state that fails before it does anything: nobody makes the folder. */
export const blocked = (fields: Fields = {}): Fields => file('no/such/folder', fields)

export const late = (text: string): { readonly $late: string } => ({ $late: text })

/** `work` with a name that is known when it runs. */
export const lateWork = (text: string, fields: Fields = {}): Fields => ({
  'cmd.run': late(`'work ' ~ (${text})`),
  ...fields,
})

export const group = (members: unknown, branches: Fields = {}, fields: Fields = {}): Fields => ({
  'meta.group': { members, ...branches },
  ...fields,
})

export const sequence = (states: unknown, fields: Fields = {}): Fields => ({ 'meta.sequence': { states }, ...fields })

export const each = (over: unknown, state: unknown, fields: Fields = {}): Fields => ({
  'meta.each': { over, state },
  ...fields,
})

export const lazy = { lazy: true } as const
