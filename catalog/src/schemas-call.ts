import { z } from '@prove/core'
import { fieldSchemas } from './fields.js'
import { annotations, choose, type JsonSchema, merged, without, withoutMaps } from './schemas-json.js'
import { lateInside, orLate } from './schemas-late.js'
import { innerOf } from './schemas-zod.js'

type Schemas = Readonly<Record<string, JsonSchema>>

/** What a part can name: a state function, or a meta-state. */
export interface Named {
  readonly name: string
  readonly about: string
  readonly main?: string
  readonly args: z.ZodRawShape
}

/** The arguments of a function, as what a map may hold, and what the map refers to. */
export interface Arguments {
  readonly fn: Named
  readonly own: Schemas
  readonly fields: Schemas
  readonly properties: Schemas
  readonly required: readonly string[]
  readonly definitions: Schemas
}

export const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` })

export const mapped = <T, R>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => R,
): Record<string, R> => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))

/** Every field that a state or a part may have. */
export const fieldRefs: Schemas = mapped(fieldSchemas, (_, name) => ref(`field.${name}`))

/** The fields that a group may have: it is no call, which guards could leave out. */
export const groupFieldRefs: Schemas = without(fieldRefs, ['unless', 'onlyif', 'creates']) as Schemas

/** Every argument is described once, and referred to from the two ways of writing a part. */
export const argumentsOf = (fn: Named, fields: Schemas): Arguments => {
  const { schema, definitions } = innerOf(z.strictObject(fn.args), fn.name)
  // What is late in the states of a meta-state is theirs.
  const inside = fields === groupFieldRefs ? (each: JsonSchema) => each : lateInside
  const own = mapped((schema['properties'] ?? {}) as Schemas, inside)
  const named = mapped(own, (_, name) => ref(`${fn.name}.${name}`))
  const made = {
    fn,
    own,
    fields,
    // A name that is a field's is always read as one.
    properties: { ...(without(named, Object.keys(fieldRefs)) as Schemas), ...fields },
    required: (schema['required'] ?? []) as readonly string[],
  }
  return {
    ...made,
    definitions: {
      ...mapped(definitions, inside),
      ...Object.fromEntries(Object.entries(own).map(([name, inner]) => [`${fn.name}.${name}`, orLate(inner)])),
      [fn.name]: underName(made),
    },
  }
}

/** `fn:` with arguments and fields beside it, or functions as keys with fields beside them. */
export const callSchema = (functions: readonly Arguments[], metas: readonly Arguments[]): JsonSchema => {
  const known = [...functions, ...metas]
  return {
    properties: {
      fn: {
        type: 'string',
        description: 'The state function; its arguments stand beside it.',
        enum: known.map(({ fn }) => fn.name),
        enumDescriptions: known.map(({ fn }) => fn.about),
      },
    },
    ...choose(
      { type: 'object', required: ['fn'] },
      { allOf: known.map(besideFn) },
      {
        properties: { ...fieldRefs, ...Object.fromEntries(known.map(({ fn }) => [fn.name, ref(fn.name)])) },
        additionalProperties: false,
        ...(metas.length === 0 ? {} : { allOf: metas.map(standsAlone) }),
        ...choose(
          { type: 'object', propertyNames: { enum: Object.keys(fieldRefs) } },
          {
            required: ['fn'],
            errorMessage:
              'This part names no state function: write it as "fn: file.managed", or as "file.managed: {…}".',
          },
        ),
      },
    ),
  }
}

/** Applies where a meta-state is a key: it stands beside no other part, and has no guards. */
const standsAlone = ({ fn, fields }: Arguments): JsonSchema =>
  choose(
    { type: 'object', required: [fn.name] },
    {
      properties: { ...mapped(fields, () => true), [fn.name]: true },
      additionalProperties: false,
      errorMessage: `${fn.name} has a state of its own, without other parts and guards.`,
    },
  )

/** Applies where `fn` is this function. */
const besideFn = ({ fn, properties, required }: Arguments): JsonSchema =>
  choose(
    { type: 'object', properties: { fn: { const: fn.name } }, required: ['fn'] },
    { properties: { fn: { const: fn.name }, ...properties }, required, additionalProperties: false },
  )

/** `file.managed:` with a map of arguments and fields; the main argument alone; nothing, where none is needed. */
const underName = ({ fn, own, properties, required }: Omit<Arguments, 'definitions'>): JsonSchema => {
  const map = { type: 'object', properties, required, additionalProperties: false }
  const isEnough = fn.main !== undefined && required.every((name) => name === fn.main)
  const main = isEnough ? own[fn.main ?? ''] : undefined
  // A map is always one of arguments.
  const alone = main === undefined ? [] : [withoutMaps(without(main, annotations))]
  const nothing = required.length === 0 ? [{ type: 'null' }] : []
  const about = { title: fn.name, description: fn.about }
  const one = merged([map, ...alone, ...nothing]) ?? choose({ type: 'object' }, map, { anyOf: [...alone, ...nothing] })
  return alone.length === 0 ? { ...about, ...one } : orLate({ ...about, ...one })
}
