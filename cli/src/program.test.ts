import { describe, expect, it } from 'vitest'
import { type Command, defineCommand } from './commands/command.js'
import { commands } from './commands/index.js'
import { typedLine } from './completion/typed-line.js'
import { type Call, program } from './program.js'
import { proveFace } from './prove-face.js'

const callOf = (words: readonly string[], known: readonly Command[] = commands): Call => {
  let call: Call | undefined
  program(
    (made) => {
      call = made
    },
    { ...proveFace, commands: known },
  ).parse(words, { from: 'user' })
  if (call === undefined) throw new Error(`nothing was called by: ${words.join(' ')}`)
  return call
}

/** The words of each prove in a line for a shell, without what they are piped to. */
const linesIn = (line: string): readonly (readonly string[])[] =>
  line
    .split(/('[^']*'|"[^"]*")/)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll(/&&|\||[<>]\(?|\)/g, '\n')))
    .join('')
    .split('\n')
    .map((part) => typedLine(`${part.trim()} `).words)
    .filter(([first]) => first === 'prove')
    .map((words) => words.slice(1))

const examples = commands.flatMap(({ name, examples: own }) => own.map(({ line }) => [name, line] as const))

describe('the examples of help', () => {
  it.each(commands.map((command) => [command.name, command] as const))('%s has some', (name, command) => {
    const called = command.examples.flatMap(({ line }) => linesIn(line)).map((words) => callOf(words).command.name)
    expect(called).toContain(name)
  })

  it.each(examples)('%s: %s', (_name, line) => {
    const found = linesIn(line)
    expect(found.length).toBeGreaterThan(0)
    for (const words of found) expect(callOf(words).command.examples).not.toEqual([])
  })
})

const below = (name: string): Command =>
  defineCommand({ name, about: name, heading: 'Set up', arguments: [], options: [], examples: [], run: async () => 0 })

describe('commands of two words', () => {
  const known = [...commands, below('plugin list')]
  it('are called', () => {
    expect(callOf(['plugin', 'list'], known).command.name).toBe('plugin list')
  })

  it('are guessed', () => {
    expect(() => callOf(['plugin', 'nwe'], known)).toThrow("unknown command 'nwe'\n(Did you mean new?)")
  })

  it('have help', () => {
    expect(() => callOf(['help', 'plugin', 'nothing'], known)).toThrow("unknown command 'nothing'")
  })
})
