import { annotations, changed, choose, type JsonSchema, only, without } from './schemas-json.js'

/** What late values are called among the definitions. */
const name = 'late'

/** An expression in the place of a value, as JSON writes it. */
export const lateDefinitions: Readonly<Record<string, JsonSchema>> = {
  [name]: {
    type: 'object',
    description: 'A late value: an expression, evaluated just before the state runs.',
    properties: {
      $late: { type: ['string', 'object'], minLength: 1, description: 'The expression: "file(\'/etc/motd\').exists".' },
    },
    required: ['$late'],
    additionalProperties: false,
  },
}

/** Holds as well for what `!late` marks, which editors are told to take for a map: see the settings that `init` writes. */
const isLate: JsonSchema = { type: 'object', required: ['$late'] }

/** What editors offer for a value: they do not look for it behind a condition. */
const offered = (schema: JsonSchema): JsonSchema => {
  const { anyOf } = schema
  const own = only(schema, ['$ref', 'type', 'enum', 'const', 'enumDescriptions'])
  return Array.isArray(anyOf) ? { ...own, anyOf: (anyOf as readonly JsonSchema[]).map(offered) } : own
}

/** A late value, or what this schema describes: what is wrong is then told of the one that was meant. */
export const orLate = (schema: JsonSchema): JsonSchema => {
  if (Object.keys(without(schema, annotations)).length === 0) return schema
  // True: it refuses nothing, and only offers.
  return { ...only(schema, annotations), anyOf: [offered(schema), true], ...choose(isLate, late, schema) }
}

const late: JsonSchema = { $ref: `#/definitions/${name}` }

/** The same schema with late values wherever it holds others, but not in its own place. */
export const lateInside = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (['anyOf', 'oneOf', 'allOf'].includes(keyword)) return [keyword, changed(keyword, value, lateInside)]
      if (keyword === 'items') return [keyword, changed(keyword, value, (inner) => itemOrLate(lateInside(inner)))]
      if (!['properties', 'additionalProperties', 'patternProperties'].includes(keyword)) return [keyword, value]
      return [keyword, changed(keyword, value, (inner) => orLate(lateInside(inner)))]
    }),
  )

/** Without what is offered: of items, editors would offer each option as a new item. */
const itemOrLate = (schema: JsonSchema): JsonSchema => without(orLate(schema), ['anyOf'])
