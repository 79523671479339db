import type { z } from 'zod'

/** One mismatch between a value and a schema, in the words of our errors. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[]
  /** `expected a text`; without what was found. */
  readonly message: string
  /** Keys that a map should not have; the path is that of the map. */
  readonly unknownKeys?: readonly string[]
  /** A key of another form than the map takes; the path leads to it, and the message is about the key. */
  readonly badKey?: string
}

/** The problems that zod found, of unions only those of the branch that fits best. */
export const schemaProblems = ({ issues }: z.core.$ZodError): readonly SchemaProblem[] => {
  const all = issues.flatMap(problemsOf)
  // A map with a misspelt key also lacks the right one, which needs no telling.
  const misspelt = new Set(
    all.filter(({ unknownKeys }) => unknownKeys !== undefined).map(({ path }) => path.join('\0')),
  )
  return all.filter(({ path, unknownKeys }, i) => {
    const isWhole = unknownKeys === undefined && misspelt.has(path.join('\0')) && issues[i]?.code === 'custom'
    return !isWhole
  })
}

const problemsOf = (issue: z.core.$ZodIssue): readonly SchemaProblem[] => {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  if (issue.code === 'unrecognized_keys') return [{ path, message: 'unknown key', unknownKeys: issue.keys }]
  if (issue.code === 'invalid_key') return [{ path, message: keyMessageOf(issue), badKey: String(path.at(-1)) }]
  if (issue.code !== 'invalid_union') return [{ path, message: messageOf(issue) }]
  const branches = issue.errors.map((errors) => errors.flatMap(problemsOf))
  const deepest = branches.toSorted((a, b) => depthOf(b) - depthOf(a))[0] ?? []
  if (depthOf(deepest) > 0) return deepest.map((problem) => ({ ...problem, path: [...path, ...problem.path] }))
  const wanted = branches.flatMap((problems) => problems.map(({ message }) => message.replace(/^expected /, '')))
  return [{ path, message: `expected ${[...new Set(wanted)].join(' or ')}` }]
}

/** How far into the value a branch got: one that knows the kind of value is nearer than one that does not. */
const depthOf = (problems: readonly SchemaProblem[]): number =>
  Math.max(
    0,
    ...problems.map(
      ({ path, message, unknownKeys }) => path.length * 2 + (unknownKeys !== undefined || !isKind(message) ? 1 : 0),
    ),
  )

const isKind = (message: string): boolean => Object.values(kinds).some((kind) => message === `expected ${kind}`)

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
}

const keyMessageOf = ({ issues: [first] }: z.core.$ZodIssueInvalidKey): string =>
  first === undefined ? 'expected another key' : messageOf(first)

const messageOf = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'expected one that is not empty'
        : `expected ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`
    case 'too_big':
      return `expected at most ${issue.maximum}`
    case 'invalid_format':
      return issue.format === 'starts_with' && 'prefix' in issue
        ? `expected a text that starts with "${String(issue.prefix)}"`
        : lower(issue.message)
    default:
      return lower(issue.message)
  }
}

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)
