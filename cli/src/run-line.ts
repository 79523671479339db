import { CommanderError } from 'commander'
import type { Colors } from './console/colors.js'
import type { Screen } from './console/screen.js'
import { NothingAsked } from './nothing-asked.js'
import type { Project } from './project.js'
import { type Call, type Face, program } from './program.js'

/** Where a command line writes. */
export interface Terminal {
  /** To standard output. */
  readonly print: (text: string) => void
  /** To standard error. */
  readonly complain: (text: string) => void
  readonly colors: Colors
  readonly errorColors: Colors
  /** Undefined where standard output is no terminal. */
  readonly screen: Screen | undefined
}

/**
 * Runs one command line and resolves to its exit status. What a command needs is loaded only for it: help and version start
 * in no time.
 */
export const runLine = async (argv: readonly string[], terminal: Terminal, face: Face): Promise<number> => {
  const { print, complain, colors, screen } = terminal
  try {
    const call = parsed(argv, terminal, face)
    if (call === undefined) return 0
    let project: Promise<Project> | undefined
    return await call.command.run(call.words, call.flags, {
      print,
      complain,
      colors,
      screen,
      project: () => (project ??= opened(face)),
    })
  } catch (error) {
    const { tellErrors } = await import('./console/tell-errors.js')
    return tellErrors(error, {
      face,
      argv,
      print: wantsJson(argv) ? print : undefined,
      complain,
      colors: terminal.errorColors,
    })
  }
}

const opened = ({ openProject, name }: Face): Promise<Project> => {
  if (openProject === undefined) throw new Error(`no command of ${name} asks for a catalog`)
  return openProject(process.cwd())
}

/** Undefined where the parser itself has answered: help, or the version. */
const parsed = (argv: readonly string[], { print }: Terminal, face: Face): Call | undefined => {
  let call: Call | undefined
  const root = program((made) => {
    call = made
  }, face)
  for (const parser of [root, ...root.commands, ...root.commands.flatMap(({ commands }) => commands)]) {
    parser.configureOutput({ writeOut: print, writeErr: print })
  }
  try {
    root.parse(argv, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined
    // Without a command, or with half of one, help is the answer, and still an error.
    if (error instanceof CommanderError && error.code === 'commander.help') throw new NothingAsked()
    throw error
  }
  return call
}

/** Programs that read events are told of errors as events too. */
const wantsJson = (argv: readonly string[]): boolean =>
  argv.some(
    (word, i) =>
      word === '-ojson' || word === '--output=json' || (/^(-o|--output)$/.test(word) && argv[i + 1] === 'json'),
  )
