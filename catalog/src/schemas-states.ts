import { inclusionSchema, type StateFunction, z } from '@prove/core'
import { fieldSchemas } from './fields.js'
import { choose, draft, type JsonSchema, merged, patternOf, without } from './schemas-json.js'
import { innerOf } from './schemas-zod.js'

type Schemas = Readonly<Record<string, JsonSchema>>

/** The arguments of a function, as what a map may hold, and what the map refers to. */
interface Arguments {
  readonly fn: StateFunction
  readonly own: Schemas
  readonly properties: Schemas
  readonly required: readonly string[]
  readonly definitions: Schemas
}

/** What describes the argument, and would stand in the place of what describes the function. */
const annotations = ['title', 'description', 'default', 'examples']

const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` })

const mapped = <T, R>(record: Readonly<Record<string, T>>, change: (value: T, key: string) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))

const fieldRefs = mapped(fieldSchemas, (_, name) => ref(`field.${name}`))

/** Every argument is described once, and referred to from the two ways of writing a part. */
const argumentsOf = (fn: StateFunction): Arguments => {
  const { schema, definitions } = innerOf(z.strictObject(fn.args), fn.name)
  const own = (schema['properties'] ?? {}) as Schemas
  const named = mapped(own, (_, name) => ref(`${fn.name}.${name}`))
  return {
    fn,
    own,
    // A name that is a field's is always read as one.
    properties: { ...named, ...fieldRefs },
    required: (schema['required'] ?? []) as readonly string[],
    definitions: {
      ...definitions,
      ...Object.fromEntries(Object.entries(own).map(([name, inner]) => [`${fn.name}.${name}`, inner])),
    },
  }
}

/** The schema of state files: what parse-states.ts reads, with the arguments of these functions. */
export const statesSchema = (functions: readonly StateFunction[]): JsonSchema => {
  const known = functions.map(argumentsOf)
  const fields = mapped(fieldSchemas, (schema, name) => innerOf(schema, `field.${name}`))
  const { schema: inclusion } = innerOf(inclusionSchema, 'inclusion')
  return {
    $schema: draft,
    description: 'States, by id.',
    type: 'object',
    properties: {
      include: {
        ...inclusion,
        description: 'State files and components to include.',
        type: ['array', ...[inclusion['type']].flat()],
        items: ref('inclusion'),
      },
    },
    propertyNames: patternOf('^[\\w@.+-]+$', 'Ids hold letters, digits, and any of "_ - . + @".'),
    additionalProperties: ref('state'),
    definitions: {
      state: stateSchema,
      part: { type: 'object', errorMessage: 'A part is a map that names a state function.', allOf: [ref('call')] },
      call: callSchema(known),
      inclusion,
      ...Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [`field.${name}`, schema])),
      ...Object.assign({}, ...Object.values(fields).map(({ definitions }) => definitions)),
      ...Object.assign({}, ...known.map(({ definitions }) => definitions)),
    },
  }
}

/** A list of parts; a map of fields with "parts"; or a map that is itself one or more calls. */
const stateSchema: JsonSchema = choose(
  { type: 'array' },
  { items: ref('part') },
  {
    type: 'object',
    errorMessage: 'A state is a list of parts or a map.',
    // Here for completion: which other keys are right depends on it.
    properties: { parts: { type: 'array', description: 'The parts, in order, beside fields of the whole state.' } },
    ...choose(
      { type: 'object', required: ['parts'] },
      { properties: { ...fieldRefs, parts: { type: 'array', items: ref('part') } }, additionalProperties: false },
      ref('call'),
    ),
  },
)

/** `fn:` with arguments and fields beside it, or functions as keys with fields beside them. */
const callSchema = (known: readonly Arguments[]): JsonSchema => ({
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
      properties: { ...fieldRefs, ...Object.fromEntries(known.map((each) => [each.fn.name, underName(each)])) },
      additionalProperties: false,
      ...choose(
        { type: 'object', propertyNames: { enum: Object.keys(fieldRefs) } },
        {
          required: ['fn'],
          errorMessage: 'This part names no state function: write it as "fn: file.managed", or as "file.managed: {…}".',
        },
      ),
    },
  ),
})

/** Applies where `fn` is this function. */
const besideFn = ({ fn, properties, required }: Arguments): JsonSchema =>
  choose(
    { type: 'object', properties: { fn: { const: fn.name } }, required: ['fn'] },
    { properties: { fn: { const: fn.name }, ...properties }, required, additionalProperties: false },
  )

/** `file.managed:` with a map of arguments and fields; the main argument alone; nothing, where none is needed. */
const underName = ({ fn, own, properties, required }: Arguments): JsonSchema => {
  const map = { type: 'object', properties, required, additionalProperties: false }
  const isEnough = fn.main !== undefined && required.every((name) => name === fn.main)
  const main = isEnough ? own[fn.main ?? ''] : undefined
  const alone = main === undefined ? [] : [without(main, annotations)]
  const nothing = required.length === 0 ? [{ type: 'null' }] : []
  const about = { title: fn.name, description: fn.about }
  const one = merged([map, ...alone, ...nothing])
  if (one !== undefined) return { ...about, ...one }
  return { ...about, ...choose({ type: 'object' }, map, { anyOf: [...alone, ...nothing] }) }
}
