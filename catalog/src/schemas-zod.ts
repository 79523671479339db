import {
  blobArguments,
  inclusionSchema,
  inventorySchema,
  nestedStates,
  reservedNames,
  roleSchema,
  z,
} from '@prove/core'
import { lateValueSchema } from './fields.js'
import { choose, draft, type JsonSchema, never, tidied } from './schemas-json.js'

const has = (key: string): JsonSchema => ({ type: 'object', required: [key] })

/** Variables whose names mean something else in templates are refused. */
const freeNames: JsonSchema = { properties: Object.fromEntries(reservedNames.map((name) => [name, false])) }

/** What the code of a schema refuses beyond its shape. */
const refinements: ReadonlyMap<unknown, JsonSchema> = new Map<unknown, JsonSchema>([
  [
    inclusionSchema,
    choose({ type: 'object', not: has('file') }, needs('component', 'Expected "component" or "file".')),
  ],
  [
    inventorySchema,
    choose(has('file'), { properties: { command: false } }, needs('command', 'Expected "file" or "command".')),
  ],
  [roleSchema.shape.variables.unwrap(), freeNames],
  [lateValueSchema, never],
])

function needs(key: string, errorMessage: string): JsonSchema {
  return { required: [key], errorMessage }
}

const blob = {
  text: { type: 'string', kind: 'text' },
  source: {
    type: 'string',
    kind: 'prove://…',
    pattern: '^prove://',
    patternErrorMessage: 'Expected prove://…, a file of the catalog.',
  },
  tree: {
    type: 'string',
    kind: 'prove://…',
    pattern: '^prove://',
    patternErrorMessage: 'Expected prove://…, a folder of the catalog.',
  },
} as const

/** Not below "#/definitions", where {@link innerOf} would take it for something of the argument. */
const stateElsewhere = '#/state'

/** What may be written where this zod schema reads, before it is made for editors. */
export const writtenJson = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const each = zodSchema as unknown as z.ZodType
      const held = blobArguments.get(each)
      const state = nestedStates.has(each) ? { $ref: stateElsewhere, kind: 'state' } : undefined
      Object.assign(jsonSchema, held === undefined ? undefined : blob[held.kind], state, refinements.get(zodSchema))
    },
  }) as JsonSchema

/** The JSON Schema of what may be written where this zod schema reads. */
export const jsonOf = (schema: z.ZodType): JsonSchema => tidied(writtenJson(schema))

/** The same to stand inside another, and what it refers to, under names that begin with `prefix`. */
export const innerOf = (
  schema: z.ZodType,
  prefix: string,
): { readonly schema: JsonSchema; readonly definitions: Readonly<Record<string, JsonSchema>> } => {
  const text = JSON.stringify(jsonOf(schema))
    .replaceAll('"#/definitions/', `"#/definitions/${prefix}.`)
    .replaceAll(`"${stateElsewhere}"`, '"#/definitions/state"')
  const { $schema: _, definitions = {}, ...rest } = JSON.parse(text) as JsonSchema
  const named = Object.entries(definitions as Record<string, JsonSchema>)
  return { schema: rest, definitions: Object.fromEntries(named.map(([name, inner]) => [`${prefix}.${name}`, inner])) }
}

export const variablesSchema: JsonSchema = {
  $schema: draft,
  type: 'object',
  description: 'Variables, by name.',
  ...freeNames,
  additionalProperties: true,
}
