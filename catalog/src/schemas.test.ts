import {
  account,
  defineMeta,
  defineState,
  type MetaState,
  mode,
  nestedState,
  path,
  source,
  type StateFunction,
  text,
  z,
} from '@prove/core'
import { describe, expect, it } from 'vitest'
import { choose, merged, tidied } from './schemas-json.js'
import { jsonOf } from './schemas-zod.js'
import { jsonSchemas, type SchemaName } from './schemas.js'

type Shape = Readonly<Record<string, z.ZodType>>

/** A function that does nothing, with these arguments. */
const functionOf = (args: Shape, main?: string, name = 'thing.present'): StateFunction =>
  defineState({
    name,
    about: 'Keep a thing.',
    args,
    ...(main === undefined ? {} : { main }),
    reads: () => ({}),
    check: () => [],
    apply: () => [],
  })

const schemasOf = (...functions: readonly StateFunction[]): ReturnType<typeof jsonSchemas> => schemasWith(functions, [])

const schemasWith = (
  functions: readonly StateFunction[],
  metas: readonly MetaState[],
): ReturnType<typeof jsonSchemas> =>
  jsonSchemas({ functions: { all: functions }, metas: { all: metas } } as unknown as Parameters<typeof jsonSchemas>[0])

/** What stands at a path of a schema; references are followed. */
const at = (schema: unknown, ...steps: readonly (string | number)[]): unknown =>
  steps.reduce((value, step) => {
    const inner = (value as Record<string, unknown>)[step]
    const ref = (inner as { $ref?: string } | undefined)?.$ref
    return ref === undefined ? inner : at(schema, ...ref.slice('#/'.length).split('/'))
  }, schema)

/** The schema of what is no late value. */
const known = (schema: unknown): unknown => (schema as { else?: unknown }).else ?? schema

const underName = (fn: StateFunction): unknown =>
  known(at(schemasOf(fn).states, 'definitions', 'call', 'else', 'properties', fn.name))

const argument = (type: z.ZodType): unknown =>
  known(at(schemasOf(functionOf({ it: type })).states, 'definitions', 'thing.present.it'))

describe('the schema of an argument', () => {
  it.each([
    ['path', path('Where.'), { type: 'string', description: 'Where.' }],
    ['text', text('What.'), { type: 'string', description: 'What.' }],
    ['mode', mode('Bits.'), { type: ['string', 'integer'], description: 'Bits.' }],
    ['account', account('Who.'), { type: ['string', 'integer'], minimum: 0, description: 'Who.' }],
    ['optional text', text('What.').optional(), { type: 'string', description: 'What.' }],
    [
      'default',
      z.number().default(3).meta({ description: 'Tries.' }),
      { type: 'number', description: 'Tries. Default: 3.' },
    ],
    ['default that is a list', z.array(z.string()).default([]), { type: 'array', items: { else: { type: 'string' } } }],
    ['enumeration', z.enum(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
    [
      'constant or more',
      z.union([z.literal('all'), z.array(z.string())]),
      { anyOf: [{ const: 'all' }, { type: 'array' }] },
    ],
    ['address', z.email(), { type: 'string' }],
    ['transformed', z.string().transform(Number).pipe(z.number()), { type: 'string' }],
  ])('%s', (_, type, expected) => {
    expect(argument(type)).toMatchObject(expected)
  })

  it('takes prove://… for a source, and what a template makes', () => {
    const { pattern } = argument(source('A file.').optional()) as { pattern: string }
    const texts = ['prove://web/motd', 'prove://{{ name }}', '{{ source }}', '/etc/motd', 'motd']
    expect(texts.map((each) => new RegExp(pattern, 'u').test(each))).toEqual([true, true, true, false, false])
  })

  it('has what only code checks, where the argument says it as JSON Schema', () => {
    const digits = z
      .union([z.string(), z.int()])
      .transform(String)
      .refine((value) => /^[0-7]{3}$/.test(value))
      .meta({ description: 'Bits.', pattern: '^[0-7]{3}$', patternErrorMessage: 'Expected digits.', maximum: 777 })
    expect(argument(digits.optional())).toEqual({
      type: ['string', 'integer'],
      description: 'Bits.',
      pattern: '(?:^[0-7]{3}$)|\\{\\{',
      patternErrorMessage: 'Expected digits.',
      maximum: 777,
    })
  })

  it('leaves out what says nothing', () => {
    const json = JSON.stringify(
      jsonOf(z.strictObject({ a: z.int(), b: z.record(z.string(), z.int()), c: z.string().startsWith('/') })),
    )
    expect(json).not.toMatch(/9007199254740991|propertyNames|format/)
  })
})

describe('the schema of a function as a key', () => {
  it('takes a map, or the main argument alone', () => {
    expect(underName(functionOf({ it: z.string().min(2), more: z.boolean().optional() }, 'it'))).toMatchObject({
      description: 'Keep a thing.',
      type: ['object', 'string'],
      minLength: 2,
      required: ['it'],
      additionalProperties: false,
    })
  })

  it('takes only a map when the main argument is not enough, or there is none', () => {
    expect(underName(functionOf({ it: z.string(), more: z.string() }, 'it'))).toMatchObject({ type: 'object' })
    expect(underName(functionOf({ it: z.string() }))).toMatchObject({ type: 'object' })
  })

  it('takes nothing when nothing is needed', () => {
    expect(underName(functionOf({ it: z.string().optional() }, 'it'))).toMatchObject({
      type: ['object', 'string', 'null'],
    })
    expect(underName(functionOf({}))).toMatchObject({ type: ['object', 'null'] })
  })

  it('keeps both ways apart where the types do not', () => {
    const map = { properties: { it: { $ref: '#/definitions/thing.present.it' } }, additionalProperties: false }
    const alone = { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] }
    expect(underName(functionOf({ it: z.enum(['a', 'b']).default('a') }, 'it'))).toMatchObject(
      choose({ type: 'object' }, map, alone),
    )
  })

  it('reads the name of a field as the field', () => {
    expect(underName(functionOf({ timeout: z.string() }))).toMatchObject({
      properties: { timeout: { $ref: '#/definitions/field.timeout' } },
    })
  })
})

describe('late values', () => {
  const late = { $ref: '#/definitions/late' }
  const isLate = { type: 'object', required: ['$late'] }
  const states = schemasOf(functionOf({ it: z.record(z.string(), z.array(z.boolean())), port: z.int() }, 'it')).states

  it('stand for an argument, and for anything in it', () => {
    const list = { type: 'array', items: choose(isLate, late, { type: 'boolean' }) }
    const map = at(states, 'definitions', 'thing.present.it')
    expect(map).toMatchObject(choose(isLate, late, { type: 'object' }))
    expect(at(map, 'else', 'additionalProperties')).toMatchObject(choose(isLate, late, list))
  })

  it('leave to see what an editor offers', () => {
    expect(at(states, 'definitions', 'thing.present.port')).toMatchObject({ anyOf: [{ type: 'integer' }, true] })
    expect(at(states, 'definitions', 'field.lazy')).toMatchObject({ anyOf: [{ type: 'boolean' }, true] })
  })

  it('stand for fields, but for those that only hold some', () => {
    expect(at(states, 'definitions', 'field.when')).toMatchObject(
      choose(isLate, late, { type: ['boolean', 'string'], minLength: 1 }),
    )
    expect(at(states, 'definitions', 'field.requires', 'then')).toEqual(at(states, 'definitions', 'late'))
    expect(at(states, 'definitions', 'field.notify')).toMatchObject({ type: ['string', 'object', 'array'] })
  })
})

describe('meta-states', () => {
  const meta = defineMeta({
    name: 'meta.all',
    about: 'Keep all.',
    main: 'states',
    args: {
      states: z.union([z.string(), z.record(z.string(), nestedState('A state.'))]),
      state: nestedState('One more.').optional(),
    },
    shape: () => ({ members: [] }),
  })
  const { definitions } = schemasWith([functionOf({})], [meta]).states as { definitions: Record<string, unknown> }

  it('hold states that are described as those of files', () => {
    const state = { $ref: '#/definitions/state' }
    expect(definitions['meta.all.states']).toMatchObject({ else: { additionalProperties: state } })
    expect(definitions['meta.all.state']).toMatchObject({ else: { allOf: [state] } })
  })

  it('are offered where they may stand', () => {
    expect(at(definitions['loneCall'], 'properties', 'fn', 'enum')).toEqual(['thing.present', 'meta.all'])
    expect(at(definitions['call'], 'properties', 'fn', 'enum')).toEqual(['thing.present'])
  })

  it('take as a map only arguments', () => {
    expect(at(definitions['meta.all'], 'else')).toMatchObject({ type: ['object', 'string'], properties: {} })
  })
})

/** Every schema inside a schema, with the way to it. */
const walk = (value: unknown, way = ''): readonly (readonly [way: string, schema: unknown])[] =>
  typeof value === 'object' && value !== null
    ? [[way, value], ...Object.entries(value).flatMap(([key, inner]) => walk(inner, `${way}/${key}`))]
    : []

describe('what a schema refers to', () => {
  interface Tree {
    readonly name: string
    readonly children?: readonly Tree[] | undefined
  }
  const tree: z.ZodType<Tree> = z.strictObject({
    name: z.string(),
    get children() {
      return z.array(tree).optional()
    },
  })
  const named = z.strictObject({ port: z.int() }).meta({ id: 'listener' })

  it('is there, also for recursive and named arguments of two functions', () => {
    const { states } = schemasOf(
      functionOf({ tree, list: z.array(named) }, undefined, 'a.one'),
      functionOf({ tree, list: z.array(named) }, undefined, 'a.two'),
    )
    const refs = walk(states).flatMap(([, schema]) => (schema as { $ref?: string }).$ref ?? [])
    expect(refs).toContain('#/definitions/a.two.listener')
    for (const ref of refs) expect(at(states, ...ref.slice(2).split('/')), ref).toBeDefined()
  })
})

describe('no schema is empty', () => {
  const all = schemasOf(functionOf({ path: path('Where.'), mode: mode('Bits.'), content: text('What.') }, 'path'))
  it.each(Object.keys(all) as readonly SchemaName[])('%s: but for values that may be anything', (name) => {
    const empty = walk(all[name]).filter(
      ([, schema]) => !Array.isArray(schema) && Object.keys(schema as object).length === 0,
    )
    for (const [way] of empty) expect(way).toMatch(/[/.](variables|with|options)\/additionalProperties$|\/default$/)
  })
})

describe('options of different types', () => {
  it('become one schema', () => {
    expect(
      merged([
        { type: 'string', minLength: 1 },
        { type: 'array', items: {} },
      ]),
    ).toEqual({
      type: ['string', 'array'],
      minLength: 1,
      items: {},
    })
  })

  it.each([
    ['of the same type', [{ type: 'string' }, { type: 'string', pattern: 'x' }]],
    ['both numbers', [{ type: 'number' }, { type: 'integer' }]],
    ['of no type', [{}, { type: 'string' }]],
    ['with a keyword that holds for all types', [{ type: 'string', enum: ['a'] }, { type: 'object' }]],
  ])('stay apart when %s', (_, options) => {
    expect(merged(options)).toBeUndefined()
  })

  it('are merged inside others, and not where a property has the name of a keyword', () => {
    const anyOf = [{ type: 'string' }, { type: 'null' }]
    expect(tidied({ properties: { pattern: { type: 'string' }, anyOf: { anyOf } } })).toEqual({
      properties: { pattern: { type: 'string' }, anyOf: { type: ['string', 'null'] } },
    })
  })
})
