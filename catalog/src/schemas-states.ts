import { inclusionSchema } from '@prove/core'
import { type FieldName, fieldSchemas, mayBeLate } from './fields.js'
import { argumentsOf, callSchema, fieldRefs, groupFieldRefs, mapped, type Named, ref } from './schemas-call.js'
import { choose, draft, type JsonSchema, patternOf } from './schemas-json.js'
import { lateDefinitions, lateInside, orLate } from './schemas-late.js'
import { innerOf } from './schemas-zod.js'

/** The schema of state files: what parse-states.ts reads, with the arguments of these functions and meta-states. */
export const statesSchema = (functions: readonly Named[], metas: readonly Named[]): JsonSchema => {
  const calls = functions.map((fn) => argumentsOf(fn, fieldRefs))
  const groups = metas.map((meta) => argumentsOf(meta, groupFieldRefs))
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
      state: stateSchema(metas.map(({ name }) => name)),
      part: partOf('call'),
      call: callSchema(calls, []),
      lonePart: partOf('loneCall'),
      loneCall: callSchema(calls, groups),
      inclusion,
      ...lateDefinitions,
      ...fieldDefinitions(),
      ...Object.assign({}, ...[...calls, ...groups].map(({ definitions }) => definitions)),
    },
  }
}

const fieldDefinitions = (): Readonly<Record<string, JsonSchema>> =>
  Object.assign(
    {},
    ...Object.entries(fieldSchemas).map(([name, zod]) => {
      const { schema, definitions } = innerOf(zod, `field.${name}`)
      const isWhole = name === 'when' || !mayBeLate(name as FieldName)
      return { ...definitions, [`field.${name}`]: isWhole ? orLate(lateInside(schema)) : schema }
    }),
  ) as Readonly<Record<string, JsonSchema>>

const partOf = (call: string): JsonSchema => ({
  type: 'object',
  errorMessage: 'A part is a map that names a state function.',
  allOf: [ref(call)],
})

/** Holds for a part that is a meta-state. */
const isMeta = (names: readonly string[]): JsonSchema => ({
  type: 'object',
  anyOf: [{ properties: { fn: { enum: names } }, required: ['fn'] }, ...names.map((name) => ({ required: [name] }))],
})

/** A list of parts, or of one meta-state. */
const partsSchema = (names: readonly string[]): JsonSchema =>
  names.length === 0
    ? { type: 'array', items: ref('part') }
    : choose(
        { type: 'array', minItems: 2, contains: isMeta(names) },
        { type: 'array', items: ref('part') },
        { type: 'array', items: ref('lonePart') },
      )

/** A list of parts; a map of fields with "parts"; or a map that is itself one or more calls. */
const stateSchema = (names: readonly string[]): JsonSchema =>
  choose({ type: 'array' }, partsSchema(names), {
    type: 'object',
    errorMessage: 'A state is a list of parts or a map.',
    // Here for completion: which other keys are right depends on it.
    properties: { parts: { type: 'array', description: 'The parts, in order, beside fields of the whole state.' } },
    ...choose({ type: 'object', required: ['parts'] }, besideParts(names), ref('loneCall')),
  })

/** A meta-state as the only part takes no guards, wherever they stand. */
const besideParts = (names: readonly string[]): JsonSchema => {
  const parts = partsSchema(names)
  const whole = { properties: { ...fieldRefs, parts }, additionalProperties: false }
  if (names.length === 0) return whole
  return {
    ...whole,
    ...choose(
      { type: 'object', properties: { parts: { type: 'array', minItems: 1, items: isMeta(names) } } },
      {
        properties: { ...mapped(groupFieldRefs, () => true), parts: true },
        additionalProperties: false,
        errorMessage: 'A meta-state takes no guards.',
      },
    ),
  }
}
