import {
  didYouMean,
  isLateValue,
  type LateValue,
  type Place,
  schemaProblems,
  type stateFieldNames,
  type ValuePath,
  z,
} from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { kindOf } from './kind-of.js'
import { keysAt } from './shaped.js'
import { valueAt } from './value-at.js'
import { readWith } from './read-with.js'

const commands = z.union([z.string().min(1), z.array(z.union([z.string().min(1), z.array(z.string()).min(1)])).min(1)])
const ids = z.union([z.string().min(1), z.array(z.string().min(1))])

const word = z.string().regex(/^[A-Za-z_]\w*$/, 'expected letters, digits and "_"')

const variables = z.record(word, z.unknown())

const calls = z.union([
  z.string().min(1),
  z.strictObject({ state: z.string().min(1), with: variables.optional() }),
  z.array(z.union([z.string().min(1), z.strictObject({ state: z.string().min(1), with: variables.optional() })])),
])

/** What stands where a late value does; editors are told of these apart from what else may stand there. */
export const lateValueSchema = z.custom<LateValue>(
  isLateValue,
  'expected a condition, such as "file(\'/etc/motd\').exists"',
)

const condition = z.union([z.boolean(), z.string().min(1), lateValueSchema])

const attempts = z.int().min(1).max(1000)

/** The fields that a state or a part may have beside its arguments. */
export const fieldSchemas = {
  requires: ids.meta({ description: 'States that must have succeeded before.' }),
  after: ids.meta({ description: 'States that come before, whatever their outcome.' }),
  lazy: z.boolean().meta({ description: 'Runs only when it is notified.' }),
  notify: calls.meta({ description: 'States to run when this one changed; with variables for that: { state, with }.' }),
  notify_failure: calls.meta({
    description: 'States to run when this one failed; with variables for that: { state, with }.',
  }),
  listen: ids.meta({ description: 'States whose change makes this one run; it is then lazy.' }),
  listen_failure: ids.meta({ description: 'States whose failure makes this one run; it is then lazy.' }),
  defer: z.boolean().meta({ description: 'Runs when all others have ended.' }),
  when: condition.meta({ description: 'Nothing to do unless this late value holds: "file(\'/etc/motd\').exists".' }),
  with: variables.meta({ description: 'Variables that late values see as `with`; a notification may give others.' }),
  retry: z
    .union([
      attempts,
      z.strictObject({
        attempts: attempts.meta({ description: 'How often it is tried, the first time included.' }),
        delay: z
          .number()
          .nonnegative()
          .max(86_400)
          .optional()
          .meta({ description: 'Seconds between; 1 unless given.' }),
      }),
    ])
    .meta({ description: 'How often it is tried where it fails, with a second between: 3, or { attempts, delay }.' }),
  unless: commands.meta({ description: 'Nothing to do when any of these commands succeeds.' }),
  onlyif: commands.meta({ description: 'Nothing to do unless all of these commands succeed.' }),
  creates: z.string().startsWith('/').meta({ description: 'Nothing to do when this path exists.' }),
  timeout: z.number().positive().meta({ description: 'Seconds that each command may take.' }),
  run_as: z.string().min(1).meta({ description: 'The user that commands run as.' }),
  env: z.record(word, z.union([z.string(), z.number(), z.boolean()])).meta({
    description: 'Environment variables of commands.',
  }),
} as const satisfies Record<(typeof stateFieldNames)[number], z.ZodType>

export type FieldName = keyof typeof fieldSchemas

export const fieldNames = Object.keys(fieldSchemas) as readonly FieldName[]

export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fieldSchemas, name)

/** Fields as written, already known to have the right shape. */
export type Fields = { readonly [K in FieldName]?: z.output<(typeof fieldSchemas)[K]> }

/** A single item, or a list of them, as a list. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T]

/** Fields whose late values are evaluated just before the invocation; in all others they must be known to the compiler. */
export const mayBeLate = (field: FieldName): boolean => ['when', 'with', 'notify', 'notify_failure'].includes(field)

/** The value of a field as its schema reads it; undefined after the error was told. */
export const readField = (
  field: FieldName,
  value: unknown,
  placeOf: (path: ValuePath) => Place,
  diagnostics: Diagnostics,
  placeOfKey = placeOf,
): unknown => {
  const result = readWith(fieldSchemas[field], value)
  if (result.success) return result.data
  const problems = schemaProblems(result.error)
  // A misspelt key says more than that the right one is missing.
  const problem = problems.find(({ unknownKeys }) => unknownKeys !== undefined) ?? problems[0]
  const { path = [], message = 'wrong value', unknownKeys: [unknown] = [], badKey } = problem ?? {}
  const add = (said: string, place: Place, hint?: string): void =>
    diagnostics.add('PRV_FIELD_INVALID', said, { place, hint })
  if (unknown !== undefined) {
    const known = keysAt(fieldSchemas[field], path)
    const hint = didYouMean(unknown, known) ?? `its keys are ${known.join(', ')}`
    add(`${named(field, path)} has no key "${unknown}"`, placeOfKey([...path, unknown]), hint)
  } else if (badKey === undefined) {
    const found = valueAt(value, path)
    add(`${named(field, path)}: ${message}, found ${kindOf(found)}`, placeOf(path))
  } else add(`${named(field, path.slice(0, -1))}: wrong key "${badKey}", ${message}`, placeOfKey(path))
  return undefined
}

const named = (field: FieldName, path: ValuePath): string => `"${[field, ...path].join('.')}"`

/** A state to notify, and what it is given. */
export interface WrittenCall {
  readonly state: string
  readonly with?: Readonly<Record<string, unknown>> | undefined
}

/** Entries of `notify` and `notify_failure`, each as a map. */
export const callsOf = (written: Fields['notify']): readonly WrittenCall[] =>
  listOf<string | WrittenCall>(written).map((each) => (typeof each === 'string' ? { state: each } : each))
