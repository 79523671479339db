import { account, mode, nestedState, path, source, text, z } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { argumentRows } from './argument-rows.js'

const rowsOf = (args: z.ZodRawShape, main?: string): ReturnType<typeof argumentRows> =>
  argumentRows({ name: 'thing.present', about: 'Keep a thing.', args, ...(main === undefined ? {} : { main }) })

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

describe('what an argument takes, in words', () => {
  it.each<readonly [string, z.ZodType]>([
    ['text', z.string()],
    ['text', z.string().min(1).optional()],
    ['text', text('What.').optional()],
    ['prove://…', source('A file.')],
    ['absolute path', path('Where.').optional()],
    ['list of absolute paths', z.array(path('Where.'))],
    ['octal digits', mode('Bits.')],
    ['name or number', account('Who.')],
    ['state', nestedState('A state.')],
    ['map of states', z.record(z.string(), nestedState('A state.'))],
    ['true or false', z.boolean()],
    ['integer', z.int()],
    ['number', z.number().default(3)],
    ['"a", "b" or "c"', z.enum(['a', 'b', 'c'])],
    ['false or text', z.union([z.literal(false), z.string()])],
    ['text or list of texts', z.union([z.string(), z.array(z.string())])],
    ['integer or list of integers', z.union([z.int(), z.array(z.int())])],
    ['text', z.union([z.string().min(3), z.string().max(2)])],
    ['text or null', z.string().nullable()],
    ['anything', z.unknown()],
    ['list', z.array(z.unknown())],
    ['map', z.record(z.string(), z.unknown())],
    ['map of texts or numbers', z.record(z.string(), z.union([z.string(), z.number()]))],
    ['{ name, port? }', z.strictObject({ name: z.string(), port: z.int().optional() })],
    ['{ port }', z.strictObject({ port: z.int() }).meta({ id: 'argument-rows-listener' })],
    ['{ name, children? }', tree],
    ['text', z.string().transform(Number).pipe(z.number())],
    ['port number', z.int().meta({ kind: 'port number' })],
  ])('%s', (type, argument) => {
    expect(rowsOf({ it: argument })[0]?.type).toBe(type)
  })
})

describe('a row', () => {
  it('tells of each argument, in the order of the function', () => {
    const size = z.int().default(10).meta({ description: 'How large.' })
    expect(rowsOf({ name: z.string().meta({ description: 'What it is called.' }), size }, 'name')).toEqual([
      { name: 'name', main: true, type: 'text', default: undefined, required: true, description: 'What it is called.' },
      { name: 'size', main: false, type: 'integer', default: '10', required: false, description: 'How large.' },
    ])
  })

  it.each<readonly [string, z.ZodType, string | undefined]>([
    ['false', z.boolean().default(false), 'false'],
    ['a list', z.array(z.string()).default(['a']), '["a"]'],
    ['none', z.string().optional(), undefined],
  ])('has the default as JSON: %s', (_, argument, expected) => {
    expect(rowsOf({ it: argument })[0]).toMatchObject({ default: expected, required: false, description: '' })
  })

  it('is not there for a function without arguments', () => {
    expect(rowsOf({})).toEqual([])
  })
})
