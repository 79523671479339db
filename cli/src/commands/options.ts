import { InvalidArgumentError } from 'commander'
import type { Option } from './command.js'

/** An option that may be given several times. */
export const list = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export const seconds = (value: string): number => {
  const number = Number(value)
  if (!(number > 0)) throw new InvalidArgumentError('expected a number of seconds')
  return number
}

export const count = (value: string): number => {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('expected a whole number')
  return Number(value)
}

export const atLeastOne = (value: string): number => {
  const number = count(value)
  if (number === 0) throw new InvalidArgumentError('expected 1 or more')
  return number
}

export interface TargetFlags {
  readonly target: readonly string[]
}

export const targetOption: Option = {
  flags: '-t, --target <expression>',
  about: 'targets: names, globs, /regex/, group:, role:, fact:, with and, or, not; all of them unless given',
  parse: list,
  default: [],
  completes: 'targets',
}

export interface OutputFlags {
  readonly output: string
}

/** How the answer is written; the first of these unless it is asked for. */
export const outputOption = (kinds: readonly string[]): Option => ({
  flags: '-o, --output <kind>',
  about: 'how the answer is written',
  default: kinds[0],
  choices: kinds,
})

type Variables = Readonly<Record<string, unknown>>

export interface VariableFlags {
  readonly var: Variables
  readonly varFile: readonly string[]
}

/** `a.b=1` as nested maps. */
const variable = (text: string, before: Variables): Variables => {
  const [, path = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  const names = path.split('.')
  if (names.some((name) => name === '' || name === '__proto__')) {
    throw new InvalidArgumentError('expected name=value, such as port=80 or site.port=80')
  }
  return inside(before, names, valueOf(value))
}

const inside = (map: Variables, [name = '', ...rest]: readonly string[], value: unknown): Variables => {
  const old = map[name]
  const below = typeof old === 'object' && old !== null && !Array.isArray(old) ? (old as Variables) : {}
  return { ...map, [name]: rest.length === 0 ? value : inside(below, rest, value) }
}

export const variableOptions: readonly Option[] = [
  {
    flags: '--var <name=value>',
    about:
      'a variable, stronger than all others; the value is read as JSON where it can be, and a.b=1 means b of the map a',
    parse: variable,
    default: {},
  },
  {
    flags: '--var-file <file>',
    about:
      'a file of variables (YAML, JSON), stronger than those of the catalog, weaker than --var; several are merged',
    parse: list,
    default: [],
    completes: 'files',
  },
]

/** JSON where it can be, else the text. */
export const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
