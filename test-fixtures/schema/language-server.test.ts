import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { schemaNames } from '@prove/catalog'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { broken } from './broken.js'
import { correct } from './correct.js'
import { schemas } from './documents.js'
import { LocalGround } from '../local-session.js'
import { type CompletionItem, type Diagnostic, LanguageServer } from './language-server.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-schemas-'))
let server: LanguageServer
let opened = 0

beforeAll(async () => {
  mkdirSync(join(folder, 'schemas'))
  for (const name of schemaNames) writeFileSync(join(folder, 'schemas', `${name}.json`), JSON.stringify(schemas[name]))
  server = await LanguageServer.start()
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Opened {
  readonly file: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Opens a file as its users have it: the first line names the schema, so that its own lines count from 1. */
const open = async (text: string, schema = 'states'): Promise<Opened> => {
  const file = join(folder, `${++opened}.yml`)
  const first = `# yaml-language-server: $schema=${join(folder, 'schemas', `${schema}.json`)}\n`
  return { file, diagnostics: await server.open(file, first + text) }
}

const said = ({ diagnostics }: Opened): readonly string[] =>
  diagnostics.map(({ message, range }) => `${range.start.line}: ${message}`)

/** The text without its mark ‸, and where that stood. */
const marked = (text: string): { text: string; position: { line: number; character: number } } => {
  const before = text.slice(0, text.indexOf('‸')).split('\n')
  return { text: text.replace('‸', ''), position: { line: before.length, character: before.at(-1)?.length ?? 0 } }
}

const offered = async (source: string): Promise<readonly CompletionItem[]> => {
  const { text, position } = marked(source)
  const { file } = await open(text)
  return server.complete(file, position)
}

/** What is offered, by label, with what is said about it. */
const completions = async (source: string): Promise<ReadonlyMap<string, string>> => {
  const items = await offered(source)
  return new Map(
    items.map(({ label, documentation = '' }) => [
      label,
      typeof documentation === 'string' ? documentation : documentation.value,
    ]),
  )
}

const hover = async (source: string): Promise<string> => {
  const { text, position } = marked(source)
  const { file } = await open(text)
  return server.hover(file, position)
}

describe.concurrent('an editor finds no fault with', () => {
  it.each(correct)('$schema: $what', async ({ schema, text }) => {
    expect(said(await open(text, schema))).toEqual([])
  })
})

describe.concurrent('an editor underlines the line with', () => {
  it.each(broken)('$schema: $what', async ({ schema, text, line }) => {
    const { diagnostics } = await open(text, schema)
    const lines = diagnostics.map(({ range }) => range.start.line)
    expect([...new Set(lines)]).toEqual([line ?? text.trimEnd().split('\n').length])
  })
})

describe.concurrent('what is wrong is said in words:', () => {
  it.each([
    ['a:\n  file.managed:\n    path: /x\n    contnt: y\n', '4: Property contnt is not allowed.'],
    ['a:\n  - fn: file.managed\n', '2: Missing property "path".'],
    ['a:\n  file.managed: { path: /x, backup: 5 }\n', '2: Incorrect type. Expected "boolean".'],
    ['a:\n  file.managed: { path: /x, source: /y }\n', '2: Expected prove://…, a file of the catalog.'],
    ['a:\n  cmd.run: x\n  when: [a]\n', '3: Incorrect type. Expected one of boolean, string.'],
    ['a:\n  cmd.run: x\n  lazy: 5\n', '3: Incorrect type. Expected "boolean".'],
    ['a:\n  cmd.run: [x, 5]\n', '2: Incorrect type. Expected "string".'],
    ['a:\n  cmd.run: { $late: 5 }\n', '2: Incorrect type. Expected one of string, object.'],
    ['a:\n  meta.group: { members: b, resque: c }\n', '2: Property resque is not allowed.'],
    ['a:\n  meta.group: { members: { b c: [] } }\n', '2: Ids hold letters, digits, and any of "_ - . + @".'],
    [
      'a:\n  meta.group: { members: b }\n  creates: /x\n',
      '3: meta.group has a state of its own, without other parts and guards.',
    ],
    ['a b:\n  file.absent: /x\n', '1: Ids hold letters, digits, and any of "_ - . + @".'],
    ['a:\n  - file.absent\n', '2: A part is a map that names a state function.'],
    ['a: file.absent\n', '1: A state is a list of parts or a map.'],
    ['include:\n  as: x\n', '1: Expected "component" or "file".'],
    [
      'a:\n  requires: x\n',
      '1: This part names no state function: write it as "fn: file.managed", or as "file.managed: {…}".',
    ],
  ])('%j', async (text, message) => {
    expect(said(await open(text))).toEqual([message])
  })
})

const functions = new LocalGround().kernel.functions.names
const metas = ['meta.group', 'meta.each', 'meta.sequence']

describe.concurrent('an editor completes', () => {
  it.each(['a:\n  - ‸\n', 'a:\n  ‸\n', 'a:\n  file.absent: /x\n  ‸\n'])(
    'functions, fields and "fn" at a key of a part: %j',
    async (source) => {
      const labels = [...(await completions(source)).keys()]
      const left = functions.filter((name) => !source.includes(name))
      expect(labels).toEqual(expect.arrayContaining([...left, 'fn', 'requires', 'timeout']))
      expect(labels).not.toContain('content')
    },
  )

  it.each(['a:\n  - ‸\n', 'a:\n  ‸\n', 'a:\n  meta.group:\n    members:\n      b:\n        ‸\n'])(
    'meta-states where a state may be one: %j',
    async (source) => {
      expect([...(await completions(source)).keys()]).toEqual(expect.arrayContaining([...functions, ...metas, 'fn']))
    },
  )

  it('arguments in a state of a group', async () => {
    const items = await completions('a:\n  meta.each:\n    over: [x]\n    state:\n      file.managed:\n        ‸\n')
    expect(items.get('content')).toContain('What the file holds.')
  })

  it('functions as the value of "fn", each with what it is for', async () => {
    const items = await completions('a:\n  - fn: ‸\n')
    expect([...items.keys()].toSorted()).toEqual(['!late', ...functions, ...metas].toSorted())
    expect(items.get('file.managed')).toContain('Keep a file with this content, owner and mode.')
  })

  it.each(['a:\n  file.managed:\n    ‸\n', 'a:\n  - fn: file.managed\n    ‸\n', 'a:\n  file.managed: { con‸ }\n'])(
    'arguments, with what they are, and fields: %j',
    async (source) => {
      const items = await completions(source)
      expect([...items.keys()]).toEqual(expect.arrayContaining(['path', 'content', 'mode', 'requires', 'creates']))
      expect([...items.keys()]).not.toEqual(expect.arrayContaining(['command']))
      expect(items.get('content')).toContain('What the file holds.')
    },
  )

  it('"parts" in a state, and in no part', async () => {
    expect([...(await completions('a:\n  ‸\n')).keys()]).toContain('parts')
    expect([...(await completions('a:\n  - ‸\n')).keys()]).not.toContain('parts')
  })

  it('what is true or false', async () => {
    expect([...(await completions('a:\n  file.managed:\n    path: /x\n    backup: ‸\n')).keys()]).toEqual([
      '!late',
      'true',
      'false',
    ])
  })

  it.each([
    ['a function with what it needs', 'a:\n  - ‸\n', 'file.link', 'file.link:\n    path: $1\n    target: $2'],
    ['"parts" as a list', 'a:\n  ‸\n', 'parts', 'parts:\n  - '],
    ['"include" with its colon', '‸\n', 'include', 'include:\n  '],
  ])('%s', async (_, source, name, text) => {
    const item = (await offered(source)).find(({ label }) => label === name)
    expect(item?.insertText).toContain(text)
  })

  it('keys of an include', async () => {
    expect([...(await completions('include:\n  - ‸\n')).keys()]).toEqual(
      expect.arrayContaining(['component', 'file', 'as', 'with']),
    )
  })
})

describe.concurrent('an editor shows on hover', () => {
  it.each([
    ['what an argument is', 'a:\n  file.managed:\n    con‸tent: x\n', 'What the file holds.'],
    ['what an argument beside "fn" is', 'a:\n  - fn: file.managed\n    mo‸de: 0644\n', 'Permissions as octal digits'],
    ['what a function does', 'a:\n  file.man‸aged: { path: /x }\n', 'Keep a file with this content, owner and mode.'],
    ['the same with the main argument alone', 'a:\n  file.man‸aged: /x\n', 'Keep a file with this content'],
    ['what a field means', 'a:\n  file.absent: /x\n  req‸uires: b\n', 'States that must have succeeded before.'],
    ['what a late argument is', 'a:\n  file.managed:\n    pa‸th: !late with.path\n', 'The file.'],
    ['what a meta-state does', 'a:\n  meta.gr‸oup: { members: b }\n', 'Keep states together'],
    ['what an argument of a meta-state is', 'a:\n  meta.group: { mem‸bers: b }\n', 'The states of the group'],
    ['what is in a member', 'a:\n  meta.sequence: [{ b: { file.absent: { pa‸th: /x } } }]\n', 'What must not exist.'],
    ['what "when" means', 'a:\n  file.absent: /x\n  wh‸en: true\n', 'Nothing to do unless this late value holds'],
    ['what "parts" are', 'a:\n  par‸ts: []\n', 'The parts, in order'],
    ['what an include is', 'include:\n  - compo‸nent: x\n', 'The component to instantiate.'],
  ])('%s', async (_, source, text) => {
    expect(await hover(source)).toContain(text)
  })
})

describe.concurrent('a template', () => {
  it('is no fault where its tags stand inside texts and in comments', async () => {
    const text = '# {% for user in users %}\na_{{ user }}:\n  file.absent: /home/{{ user }}/x\n# {% endfor %}\n'
    expect(said(await open(text))).toEqual([])
  })
})
