import type { Colors } from '../console/colors.js'
import type { Screen } from '../console/screen.js'
import type { Project } from '../project.js'

/** What a catalog, a history or a disk holds words for; `targets` is an expression, `target` the name of one. */
export type WordSource = 'targets' | 'target' | 'states' | 'functions' | 'facts' | 'runs' | 'files' | 'folders'

/** What words a person may mean at a place of the command line: for completion. */
type Completes = WordSource | readonly string[]

/** One word, or several, behind the name of a command. */
export interface Argument {
  /** `<name>` must be given, `[name]` may be, `[names...]` may be several. */
  readonly words: string
  readonly about: string
  readonly completes?: Completes
}

export interface Option {
  /** `-t, --target <expression>` */
  readonly flags: string
  readonly about: string
  /** Reads a value; `before` is what earlier ones of the same option made. Throws what commander takes for a wrong value. */
  readonly parse?: (value: string, before: never) => unknown
  readonly default?: unknown
  /** The only words that it may be; others are refused. */
  readonly choices?: readonly string[]
  readonly completes?: Completes
}

export interface Example {
  readonly line: string
  readonly about: string
}

/** What a command may use of the process it runs in. */
export interface CommandContext {
  /** Writes to standard output. */
  readonly print: (text: string) => void
  /** Writes to standard error. */
  readonly complain: (text: string) => void
  /** Of standard output. */
  readonly colors: Colors
  /** Undefined where standard output is no terminal. */
  readonly screen: Screen | undefined
  /** The configuration around the working directory, with its plugins. */
  readonly project: () => Promise<Project>
}

/**
 * A command of the command line, as data: its help, the completion of shells, its page in the docs and what is wrong with
 * a line all come from here. `F` are its flags, by the names that commander gives them.
 */
export interface Command<F extends object = Readonly<Record<string, unknown>>> {
  /** `plan`; or two words, such as `plugin new`. */
  readonly name: string
  readonly about: string
  readonly heading: Heading
  readonly arguments: readonly Argument[]
  readonly options: readonly Option[]
  readonly examples: readonly Example[]
  /** Said in its help, below the options. */
  readonly notes?: string
  /** `words` has one item for each argument: a list for several. Resolves to the exit status. */
  run(words: Words, flags: F, context: CommandContext): Promise<number>
}

export type Words = readonly (string | readonly string[] | undefined)[]

/** In the order of the help. */
export const headings = ['Change and plan', 'Look', 'Write', 'Set up'] as const
type Heading = (typeof headings)[number]

/** A command, with the types of its flags. */
export const defineCommand = <F extends object>(command: Command<F>): Command => command as unknown as Command
