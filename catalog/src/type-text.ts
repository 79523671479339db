import type { JsonSchema } from './schemas-json.js'

type Definitions = Readonly<Record<string, JsonSchema>>

/** What a value of this schema is, in words: "text, or list of texts". What it refers to is looked up in `definitions`. */
export const typeText = (schema: JsonSchema, definitions: Definitions = {}): string =>
  wordsOf(schema, definitions, 'one')

/** "integer", or "integers" as items of something. */
type Number = 'one' | 'many'

const nouns: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['text', 'texts'],
  integer: ['integer', 'integers'],
  number: ['number', 'numbers'],
  boolean: ['true or false', 'booleans'],
  null: ['null', 'nulls'],
}

const wordsOf = (schema: JsonSchema, definitions: Definitions, number: Number): string => {
  const { kind, $ref: ref, const: constant, enum: values, anyOf, oneOf, type } = schema
  if (typeof kind === 'string') return number === 'one' ? kind : `${kind}s`
  if (typeof ref === 'string') return referred(ref, definitions, number)
  if (constant !== undefined) return JSON.stringify(constant)
  if (Array.isArray(values)) return listed(values.map((value) => JSON.stringify(value)))
  const options = anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((each) => ({ ...schema, type: each })) : undefined)
  if (Array.isArray(options)) {
    return listed([...new Set((options as readonly JsonSchema[]).map((each) => wordsOf(each, definitions, number)))])
  }
  if (type === 'array') return `${number === 'one' ? 'list' : 'lists'}${ofWhat(schema['items'], definitions)}`
  if (type === 'object') return mapText(schema, definitions, number)
  return nouns[String(type)]?.[number === 'one' ? 0 : 1] ?? (number === 'one' ? 'anything' : '')
}

/** A map with known keys tells them, `?` behind those that may be left out. */
const mapText = (schema: JsonSchema, definitions: Definitions, number: Number): string => {
  const { properties, required = [], additionalProperties } = schema
  const keys = Object.keys(properties ?? {})
  if (keys.length === 0) return `${number === 'one' ? 'map' : 'maps'}${ofWhat(additionalProperties, definitions)}`
  const marked = keys.map((key) => ((required as readonly string[]).includes(key) ? key : `${key}?`))
  return `{ ${marked.join(', ')} }`
}

const ofWhat = (inner: unknown, definitions: Definitions): string => {
  if (typeof inner !== 'object' || inner === null) return ''
  const words = wordsOf(inner as JsonSchema, definitions, 'many')
  return words === '' ? '' : ` of ${words}`
}

/** A schema that holds itself has no end in words. */
const referred = (ref: string, definitions: Definitions, number: Number): string => {
  const name = ref.split('/').at(-1) ?? ''
  const found = definitions[name]
  if (found === undefined) return number === 'one' ? 'map' : 'maps'
  const { [name]: _, ...others } = definitions
  return wordsOf(found, others, number)
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
