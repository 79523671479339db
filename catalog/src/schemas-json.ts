/** A JSON Schema, draft 7: what editors and the YAML language server read. */
export type JsonSchema = Readonly<Record<string, unknown>>

export const draft = 'http://json-schema.org/draft-07/schema#'

/**
 * One schema or the other, rather than "anyOf": an editor then tells what is wrong with the form that was meant.
 * Conditions should ask for the type as well: a value that is still to be typed is null, and "required" holds for null.
 */
export const choose = (condition: JsonSchema, yes: JsonSchema, no?: JsonSchema): JsonSchema =>
  // oxlint-disable-next-line unicorn/no-thenable -- the word is JSON Schema's, and nobody awaits a schema
  Object.fromEntries([['if', condition], ['then', yes], ...(no === undefined ? [] : [['else', no]])])

const words = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' '))

const keywordsOfMaps = words(
  'properties required additionalProperties propertyNames patternProperties minProperties maxProperties',
)

/** Keywords that say nothing about values of other types. */
const typedKeywords: readonly string[] = [
  ...words('minLength maxLength pattern patternErrorMessage format'),
  ...words('minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'),
  ...words('items minItems maxItems uniqueItems'),
  ...keywordsOfMaps,
]

/** A schema without some of its keywords. */
export const without = (schema: JsonSchema, keywords: readonly string[]): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)))

/** Some of the keywords of a schema. */
export const only = (schema: JsonSchema, keywords: readonly string[]): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => keywords.includes(keyword)))

/** What describes a value, and says nothing about it. */
export const annotations: readonly string[] = ['title', 'description', 'default', 'examples']

/** The same schema for all that is no map, where maps are described in another place. */
export const withoutMaps = (schema: JsonSchema): JsonSchema => {
  const { type, anyOf } = schema
  if (Array.isArray(anyOf)) return { ...schema, anyOf: (anyOf as readonly JsonSchema[]).map(withoutMaps) }
  if (!Array.isArray(type) || !type.includes('object')) return schema
  return { ...without(schema, keywordsOfMaps), type: type.filter((each) => each !== 'object') }
}

const hasTwins = (names: readonly unknown[]): boolean => new Set(names).size < names.length

/**
 * Options of different types as one schema: an editor completes and complains better about it than about "anyOf".
 * Undefined where they cannot be told apart by their types.
 */
export const merged = (options: readonly JsonSchema[]): JsonSchema | undefined => {
  const types = options.flatMap(({ type }) => type ?? [])
  const others = options.map((option) => without(option, ['type']))
  const keywords = others.flatMap((rest) => Object.keys(rest))
  const isClear =
    options.every(({ type }) => type !== undefined) &&
    keywords.every((keyword) => typedKeywords.includes(keyword)) &&
    !hasTwins(keywords) &&
    !hasTwins(types.map((type) => (type === 'integer' ? 'number' : type)))
  return isClear ? Object.assign({ type: types.length === 1 ? types[0] : types }, ...others) : undefined
}

const mapsOfSchemas = ['properties', 'patternProperties', 'definitions']
const schemasInside = ['items', 'additionalItems', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else']
const listsOfSchemas = ['anyOf', 'oneOf', 'allOf', 'items']

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands in a keyword, with every schema in it changed. */
export const changed = (keyword: string, value: unknown, change: (schema: JsonSchema) => JsonSchema): unknown => {
  const each = (inner: unknown): unknown => (isSchema(inner) ? change(inner) : inner)
  if (mapsOfSchemas.includes(keyword) && isSchema(value))
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, each(inner)]))
  if (listsOfSchemas.includes(keyword) && Array.isArray(value)) return value.map(each)
  return schemasInside.includes(keyword) ? each(value) : value
}

/** Takes nothing: for an option that editors are told of elsewhere. */
export const never: JsonSchema = { not: {} }

const isNever = (schema: JsonSchema): boolean => JSON.stringify(schema) === JSON.stringify(never)

const withoutUnion = (schema: JsonSchema): JsonSchema => {
  const { anyOf } = schema
  if (!Array.isArray(anyOf)) return schema
  const rest = without(schema, ['anyOf'])
  const options = (anyOf as readonly JsonSchema[]).filter((option) => !isNever(option))
  const union = merged(options)
  if (union === undefined || hasTwins([...Object.keys(rest), ...Object.keys(union)])) return { ...rest, anyOf: options }
  return { ...rest, ...union }
}

/** Formats that others than zod know. */
const formats = ['date-time', 'date', 'time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid']

/** Zod says that keys are texts, and that integers are safe ones. */
const isNoise = (schema: JsonSchema, keyword: string): boolean => {
  const value = schema[keyword]
  if (keyword === 'format') return 'pattern' in schema || !formats.includes(String(value))
  // What a value is called in words, for pages: see type-text.ts.
  if (keyword === 'kind') return true
  if (keyword === 'propertyNames') return JSON.stringify(value) === '{"type":"string"}'
  return (keyword === 'minimum' || keyword === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER
}

const withoutNoise = (schema: JsonSchema): JsonSchema =>
  without(
    schema,
    Object.keys(schema).filter((keyword) => isNoise(schema, keyword)),
  )

/** A text of this pattern, or one that a template makes: what it will be, only rendering tells. */
export const patternOf = (pattern: string, message = `Expected a text that matches ${pattern}`): JsonSchema => ({
  pattern: `(?:${pattern})|\\{\\{`,
  patternErrorMessage: message,
})

const withTemplates = (schema: JsonSchema): JsonSchema => {
  const { pattern, patternErrorMessage } = schema
  if (typeof pattern !== 'string') return schema
  return { ...schema, ...patternOf(pattern, patternErrorMessage as string | undefined) }
}

/** Editors show descriptions, and keep defaults to themselves. */
const withDefaultTold = (schema: JsonSchema): JsonSchema => {
  const { default: value, description } = schema
  if (!['string', 'number', 'boolean'].includes(typeof value)) return schema
  const told = `Default: ${JSON.stringify(value)}.`
  return { ...schema, description: typeof description === 'string' ? `${description} ${told}` : told }
}

/** What zod wrote, made for people who read it through an editor. */
export const tidied = (schema: JsonSchema): JsonSchema => {
  const inner = Object.entries(schema).map(([keyword, value]) => [keyword, changed(keyword, value, tidied)])
  return withDefaultTold(withTemplates(withoutNoise(withoutUnion(Object.fromEntries(inner) as JsonSchema))))
}
