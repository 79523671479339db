import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FactsNeeded, type Loaded, ProveError, ProveErrors, type Scope } from '@prove/core'
import { loadContext } from '@prove/core/testing'
import { describe, expect, test } from 'vitest'
import { tsLoader } from './ts-loader.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-loader-ts-'))
const file = join(folder, 'web.ts')

const load = async (text: string, scope: Partial<Scope> = {}, name = file): Promise<Loaded> =>
  tsLoader.load(name, text, loadContext(scope))

const data = async (text: string, scope: Partial<Scope> = {}, name = file): Promise<unknown> =>
  (await load(text, scope, name)).data

const failure = async (text: string, scope: Partial<Scope> = {}): Promise<unknown> => {
  try {
    await load(text, scope)
  } catch (error) {
    return error
  }
  return undefined
}

/** A text with one § in it: without it, and the place where it stood. */
const unmark = (marked: string): readonly [text: string, place: { file: string; line: number; column: number }] => {
  const lines = marked.slice(0, marked.indexOf('§')).split('\n')
  return [marked.replace('§', ''), { file, line: lines.length, column: (lines.at(-1) ?? '').length + 1 }]
}

const from = "import { defineStates, ProveError } from '@prove/core'\n"

describe('data', () => {
  test.each<[string, string]>([
    ['a map', 'export default { a: 1 }'],
    ['defineStates', `${from}export default defineStates({ a: 1 })`],
    ['a function', `${from}export default defineStates(() => ({ a: 1 }))`],
    ['an async function', 'export default async () => { await Promise.resolve(); return { a: 1 } }'],
    ['a named export as default', 'const it = { a: 1 }\nexport { it as default }'],
    ['await at the top', 'const a = await Promise.resolve(1)\nexport default { a }'],
    ['enums and types', 'enum E { One = 1 }\ntype T = { a: E }\nexport default { a: E.One } satisfies T as T'],
    ['a map without a prototype', 'export default Object.assign(Object.create(null), { a: 1 })'],
    ['modules of Node', "import { join } from 'node:path'\nexport default { a: join('x').length }"],
  ])('from %s', async (_title, text) => {
    expect(await data(text)).toStrictEqual({ a: 1 })
  })

  test.each(['web.mts', 'web.js', 'web.mjs'])('from %s', async (name) => {
    expect(await data(`${from}export default defineStates({ a: 1 })`, {}, join(folder, name))).toStrictEqual({ a: 1 })
  })

  test('of the target of the scope', async () => {
    const text = `export default ({ target, variables, facts, with: given }) => ({
      [target.name]: { ...variables, os: facts.os, port: given.port, known: ['a' in variables, 'b' in variables] } })`
    const scope = { variables: { a: { deep: [1] } }, facts: { os: 'debian' }, with: { port: 80 } }
    const web1 = { a: { deep: [1] }, os: 'debian', port: 80, known: [true, false] }
    expect(await data(text, scope)).toStrictEqual({ web1 })
  })

  test('shares nothing between scopes', async () => {
    const text = 'const shared = { list: [1] }\nexport default () => shared'
    const first = (await data(text)) as { list: number[] }
    first.list.push(2)
    expect(await data(text)).toStrictEqual({ list: [1] })
  })

  test('takes late values as the trees that they build', async () => {
    const text = `import { defineStates, late } from '@prove/core'
export default defineStates(({ variables }) => ({
  web: { 'file.managed': { path: '/x', content: late.text\`tls \${late.file(variables.cert as string).exists}\` } },
}))`
    const pieces = [
      { kind: 'value', value: 'tls ' },
      {
        kind: 'member',
        of: { kind: 'read', read: 'file', args: [{ kind: 'value', value: '/c' }] },
        key: { kind: 'value', value: 'exists' },
      },
    ]
    expect(await data(text, { variables: { cert: '/c' } })).toStrictEqual({
      web: { 'file.managed': { path: '/x', content: { $late: { kind: 'text', pieces } } } },
    })
  })

  test('is never static', () => {
    expect(tsLoader.isStatic('export default {}')).toBe(false)
  })
})

describe('evaluation', () => {
  test('happens once for many scopes, and again for another text', async () => {
    const text = 'const at = process.hrtime.bigint().toString()\nexport default () => ({ at })'
    const first = await data(text)
    expect(await Promise.all([data(text), data(text)])).toEqual([first, first])
    expect(await data(`${text}\n`)).not.toEqual(first)
  })

  test('happens again when a file that it imports is edited', async () => {
    const text = "import { port } from './port.js'\nexport default { port }"
    const helper = join(folder, 'port.ts')
    writeFileSync(helper, 'export const port = 80')
    expect(await data(text)).toEqual({ port: 80 })
    writeFileSync(helper, 'export const port = 8080')
    utimesSync(helper, 1, 1)
    expect(await data(text)).toEqual({ port: 8080 })
  })

  test('is tried again after a failure', async () => {
    const text = "import { late } from './late'\nexport default { late }"
    expect(await failure(text)).toMatchObject({ code: 'PRV_LOADER_FAILED' })
    writeFileSync(join(folder, 'late.ts'), 'export const late = true')
    expect(await data(text)).toEqual({ late: true })
  })
})

writeFileSync(join(folder, 'broken.ts'), 'export const a = 1\nexport const b = (\n')
writeFileSync(
  join(folder, 'boom.ts'),
  'export const boom = (x: number): never => {\n  throw new Error(`boom ${x}`)\n}\n',
)

const inFunction = (body: string): string =>
  `${from}export default defineStates(({ variables, with: given }) => {\n  ${body}\n})`

describe('refusals', () => {
  test.each<[string, string, RegExp]>([
    // syntax
    ['export default { a: [1, 2 §}', 'PRV_LOADER_SYNTAX', /unexpected token, expected ","/],
    ['const a: number = 1\nexport default { a: §"x\n}', 'PRV_LOADER_SYNTAX', /unterminated string/],
    ['const a = 1\nconst §a = 2\nexport default {}', 'PRV_LOADER_SYNTAX', /identifier 'a' has already been declared/],
    ['export default {\n  a: {§', 'PRV_LOADER_SYNTAX', /unexpected token/],
    ['§export default { a: /(/ }', 'PRV_LOADER_SYNTAX', /invalid regular expression/],
    // the top of the file
    [
      "import { late } from '@prove/core'\nexport default { a: `${late.facts.§os}` }",
      'PRV_LOADER_FAILED',
      /late\.text/,
    ],
    ['const a = 1;   throw §new TypeError("Broken.")', 'PRV_LOADER_FAILED', /^the file failed: Broken$/],
    ['const a = (1 as any).b.§c\nexport default {}', 'PRV_LOADER_FAILED', /reading 'c'/],
    ['§throw "text"', 'PRV_LOADER_FAILED', /it threw "text"/],
    [
      "const a = 1\n§import x from './nope'\nexport default { x }",
      'PRV_LOADER_FAILED',
      /cannot find the module ".\/nope"/,
    ],
    ["§import x from 'nope-pkg'\nexport default { x }", 'PRV_LOADER_FAILED', /cannot find the module "nope-pkg"/],
    ["import { nope } from './boom'\nexport default { a: nope§() }", 'PRV_LOADER_FAILED', /not a function/],
    ['type T = string; export default { a: §nope }', 'PRV_LOADER_FAILED', /nope is not defined/],
    // the default export
    ['§export const a = 1', 'PRV_LOADER_FAILED', /no default export/],
    ['§// only words', 'PRV_LOADER_FAILED', /no default export/],
    ['export default §3', 'PRV_LOADER_FAILED', /is a number and no map/],
    ['const it = §3\nexport default it', 'PRV_LOADER_FAILED', /is a number and no map/],
    ['export default §[{ a: 1 }]', 'PRV_LOADER_FAILED', /is a list and no map/],
    ['export default §undefined', 'PRV_LOADER_FAILED', /is undefined and no map/],
    [`${from}export default defineStates(() => §[1])`, 'PRV_LOADER_FAILED', /returns is a list/],
    ['export default §() => { a: 1 }', 'PRV_LOADER_FAILED', /returns is undefined/],
    ['export default §class {}', 'PRV_LOADER_FAILED', /class constructor/i],
    // the function
    [
      inFunction('const y = 1;    throw §new Error("no")'),
      'PRV_LOADER_FAILED',
      /^the function of the file failed: no$/,
    ],
    [inFunction('return { a: given.§port }'), 'PRV_TEMPLATE_UNDEFINED', /"with" has no "port"/],
    [inFunction('return { a: variables.§domian as string }'), 'PRV_TEMPLATE_UNDEFINED', /variable "domian" is not/],
    [
      inFunction('const y = 1 as number;   return { a: variables.§constructor }'),
      'PRV_TEMPLATE_UNDEFINED',
      /constructor/,
    ],
    [inFunction('variables.a§ = 1\n  return {}'), 'PRV_LOADER_FAILED', /'set' on proxy/],
    [
      inFunction('throw §new ProveError("PRV_FACT_UNKNOWN", "there is no such fact")'),
      'PRV_FACT_UNKNOWN',
      /^there is no/,
    ],
    [inFunction('return { a: (() => { throw §new Error("deep") })() }'), 'PRV_LOADER_FAILED', /deep/],
    ['export default async () => {\n  await null\n  throw §new Error("later")\n}', 'PRV_LOADER_FAILED', /later/],
    ['export default async () => {\n  throw null\n  return §{}\n}', 'PRV_LOADER_FAILED', /it threw "null"/],
    // what is no plain data
    [
      'export default { web_root: { parts: [{ path: §() => 1 }] } }',
      'PRV_LOADER_FAILED',
      /^web_root.parts\[0\].path is a function$/,
    ],
    [
      'export default { web: { "file.link": { path: §undefined } } }',
      'PRV_LOADER_FAILED',
      /^web\["file.link"\].path is undefined$/,
    ],
    ['export default { a: §new Date(0) }', 'PRV_LOADER_FAILED', /^a is an instance of Date$/],
    ['export default { a: [1, §NaN] }', 'PRV_LOADER_FAILED', /^a\[1\] is NaN$/],
    ['export default { a: §-Infinity }', 'PRV_LOADER_FAILED', /^a is -Infinity$/],
    ['export default { a: §1n }', 'PRV_LOADER_FAILED', /^a is a bigint$/],
    ['export default { a: §Symbol("x") }', 'PRV_LOADER_FAILED', /^a is a symbol$/],
    ['export default { a: §{ [Symbol("x")]: 1 } }', 'PRV_LOADER_FAILED', /^a has a symbol as a key$/],
    ['export default { a: §new Map() }', 'PRV_LOADER_FAILED', /instance of Map/],
    ['class A {}\nexport default { a: §new A() }', 'PRV_LOADER_FAILED', /instance of A/],
    ['export default { a: §Promise.resolve(1) }', 'PRV_LOADER_FAILED', /instance of Promise/],
    ['export default { a: §{ __proto__: { b: 1 } } }', 'PRV_LOADER_FAILED', /prototype of its own/],
    ['export default { a: §[1, , 2] }', 'PRV_LOADER_FAILED', /^a\[1\] is undefined$/],
    ['export default { a: { §b() { return 1 } } }', 'PRV_LOADER_FAILED', /^a.b is a function$/],
    ['const a = { b: §{} as any }\na.b.a = a\nexport default { x: a }', 'PRV_LOADER_FAILED', /^x.b.a holds itself$/],
    ['const nope: any = undefined\nexport default { a: §nope }', 'PRV_LOADER_FAILED', /^a is undefined$/],
    ['export default { get a() { throw §new Error("late") } }', 'PRV_LOADER_FAILED', /late/],
  ])('of %j', async (marked, code, message) => {
    const [text, place] = unmark(marked)
    const error = await failure(text, { variables: { domain: 'a.example' } })
    if (!(error instanceof ProveError)) throw new Error(`not refused as it should be: ${String(error)}`)
    expect(error).toMatchObject({ code, place })
    expect(error.message).toMatch(message)
    expect(error.message).not.toMatch(/\n|\.$/)
  })

  test('name the place in a file that is imported', async () => {
    const boom = await failure("import { boom } from './boom'\nexport default () => ({ a: boom(1) })")
    expect(boom).toMatchObject({
      code: 'PRV_LOADER_FAILED',
      place: { file: join(folder, 'boom.ts'), line: 2, column: 9 },
    })
    const broken = await failure("import { b } from './broken'\nexport default { b }")
    expect(broken).toMatchObject({
      code: 'PRV_LOADER_SYNTAX',
      place: { file: join(folder, 'broken.ts'), line: 3, column: 1 },
    })
  })

  test('hint at what was meant', async () => {
    const hint = async (text: string): Promise<unknown> =>
      ((await failure(text, { variables: { domain: 'x' } })) as ProveError).hint
    expect(await hint(inFunction('return { a: variables.domian }'))).toBe('did you mean "domain"?')
    expect(await hint(inFunction('return { a: variables.x }'))).toMatch(/"x" in/)
    expect(await hint('export default () => { a: 1 }')).toMatch(/\(\{ … \}\)/)
    expect(await hint("import x from '@nope/pkg/deep'\nexport default { x }")).toMatch(/npm install @nope\/pkg"/)
    expect(await hint('export default { a: new Date(0) }')).toMatch(/toISOString/)
  })

  test('let facts that are needed and known errors pass', async () => {
    const needed = new FactsNeeded(['os'])
    const facts = new Proxy(
      {},
      {
        get: () => {
          throw needed
        },
      },
    )
    const text = 'export default async ({ facts }) => ({ a: facts.os })'
    expect(await failure(text, { facts })).toBe(needed)
    const known = new ProveError('PRV_FACT_UNKNOWN', 'x', { place: { file: 'other', line: 1, column: 1 } })
    const more = new ProveErrors([known])
    for (const error of [known, more]) {
      const throwing = new Proxy(
        {},
        {
          get: () => {
            throw error
          },
        },
      )
      expect(await failure(text, { facts: throwing })).toBe(error)
    }
  })

  test('leave alone what only looks at the scope', async () => {
    const text =
      'export default async ({ variables }) => ({ a: String(await variables), b: JSON.stringify(variables) })'
    expect(await data(text, { variables: { x: 1 } })).toEqual({ a: '[object Object]', b: '{"x":1}' })
  })
})
