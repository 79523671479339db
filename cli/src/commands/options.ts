import { InvalidArgumentError } from 'commander'
import type { Option } from './command.js'
import { pairOf, valueInside, type Variables } from './name-value.js'

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

export interface VariableFlags {
  readonly var: Variables
  readonly varFile: readonly string[]
}

/** `a.b=1` as nested maps. */
const variable = (text: string, before: Variables): Variables => {
  const pair = pairOf(text)
  if (pair === undefined) throw new InvalidArgumentError('expected name=value, such as port=80 or site.port=80')
  return valueInside(before, pair.path, pair.value)
}

/** Of every command that asks the catalog about targets. */
export interface CatalogFlags extends TargetFlags, VariableFlags, OutputFlags {}

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
