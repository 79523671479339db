import { didYouMean, isLateValue, isMap, type Place, schemaProblems, type ValuePath, z } from '@prove/core'
import { besideSecrets, type Diagnostics } from './diagnostics.js'
import { isHidden } from './hidden-arguments.js'
import { bareKindOf, kindOf } from './kind-of.js'
import type { WrittenPart, WrittenState } from './parse-states.js'
import { readWith } from './read-with.js'
import { valueAt } from './value-at.js'

/** What takes arguments: a state function, or a meta-state. */
export interface Callable {
  readonly name: string
  readonly main?: string
  readonly args: z.core.$ZodShape
}

/** Arguments by name, as they were written. */
export interface NamedArguments {
  readonly written: Readonly<Record<string, unknown>>
  /** Whether the main argument stood alone. */
  readonly isMain: boolean
  readonly placeOf: (path: ValuePath) => Place
}

/** Gives a main argument that stands alone its name; undefined after the error was told. */
export const named = (
  { path, args }: WrittenPart,
  { loaded }: Pick<WrittenState, 'loaded'>,
  { name, main }: Callable,
  diagnostics: Diagnostics,
): NamedArguments | undefined => {
  const placeOf = (inner: ValuePath): Place => loaded.placeOf([...path, ...inner])
  if (isMap(args) && !isLateValue(args)) return { written: args, isMain: false, placeOf }
  if (args === null || args === undefined) return { written: {}, isMain: false, placeOf }
  if (main !== undefined) return { written: { [main]: args }, isMain: true, placeOf: ([, ...rest]) => placeOf(rest) }
  const message = `${name} takes a map of arguments, found ${kindOf(args)}`
  diagnostics.add('PRV_ARGUMENT_INVALID', message, { place: loaded.placeOf(path) })
  return undefined
}

/** The same errors, told as beside the secrets among these arguments where they share a line. */
export const hidingSecrets = (
  { written, placeOf }: NamedArguments,
  { args }: Callable,
  diagnostics: Diagnostics,
): Diagnostics => {
  const hidden = Object.keys(written).filter((name) => isHidden(name, written, args))
  const places = hidden.flatMap((name) => pathsIn(written[name], [name]).map(placeOf))
  return besideSecrets(diagnostics, places)
}

/** Where everything in a value stands. */
const pathsIn = (value: unknown, path: ValuePath): readonly ValuePath[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))]
    : [path]

/** Tells arguments that are not known; returns the others. */
export const knownOnly = (
  { written }: NamedArguments,
  { name, args }: Callable,
  placeOfKey: (key: string) => Place,
  diagnostics: Diagnostics,
): Readonly<Record<string, unknown>> => {
  const names = Object.keys(args)
  const unknown = Object.keys(written).filter((key) => !Object.hasOwn(args, key))
  for (const key of unknown) {
    diagnostics.add('PRV_ARGUMENT_UNKNOWN', `${name} has no argument "${key}"`, {
      place: placeOfKey(key),
      hint: didYouMean(key, names) ?? `its arguments are ${names.join(', ')}`,
    })
  }
  return Object.fromEntries(Object.entries(written).filter(([key]) => Object.hasOwn(args, key)))
}

/** What a schema makes of arguments; undefined after the errors were told. Those in `late` are left out. */
export const parsed = (
  callable: Callable,
  values: Readonly<Record<string, unknown>>,
  late: readonly string[],
  { place, placeOf }: { readonly place: Place; readonly placeOf: (path: ValuePath) => Place },
  diagnostics: Diagnostics,
): Record<string, unknown> | undefined => {
  const result = readWith(schemaOf(callable, late), values)
  if (result.success) return result.data
  for (const { path, message, unknownKeys, badKey } of schemaProblems(result.error)) {
    const [name = ''] = path
    if (path.length === 1 && !Object.hasOwn(values, name)) {
      diagnostics.add('PRV_ARGUMENT_MISSING', `${callable.name} needs the argument "${name}"`, { place })
      continue
    }
    if (badKey !== undefined) {
      const said = `"${path.slice(0, -1).join('.')}": wrong key "${badKey}", ${message}`
      diagnostics.add('PRV_ARGUMENT_INVALID', said, { place: placeOf(path) })
      continue
    }
    const found = isHidden(String(name), values, callable.args) ? bareKindOf : kindOf
    const said =
      unknownKeys === undefined
        ? `${message}, found ${found(valueAt(values, path))}`
        : `unknown key "${unknownKeys.join('", "')}"`
    diagnostics.add('PRV_ARGUMENT_INVALID', `"${path.join('.')}": ${said}`, { place: placeOf(path) })
  }
  return undefined
}

/** Built once for each function: building costs more than a hundred parses. */
const schemas = new WeakMap<Callable, z.ZodObject>()

const schemaOf = (callable: Callable, late: readonly string[]): z.ZodObject => {
  if (late.length > 0) {
    return z.object(Object.fromEntries(Object.entries(callable.args).filter(([name]) => !late.includes(name))))
  }
  const schema = schemas.get(callable) ?? z.object(callable.args)
  schemas.set(callable, schema)
  return schema
}
