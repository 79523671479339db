import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, Place } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

/** Runs what must be refused before anything is reached. */
const refused = async (...args: readonly string[]): Promise<string> => {
  const ended: Ended = await place.prove(args)
  expect(ended.exit, ended.stderr).toBe(1)
  expect(ended.stderr).not.toContain('    at ')
  expect(ended.stderr).not.toContain('unexpected error')
  expect(ended.stdout).not.toContain('connected')
  expect(place.scratch()).toEqual([])
  return ended.stderr
}

const planOf = (text: string): Promise<string> => {
  place.write('site.yml', text)
  return refused('plan', 'site.yml')
}

/** The block of one error: all lines up to the next empty one. */
const blockOf = (stderr: string, code: string): string => {
  const block = stderr.split('\n\n').find((text) => text.split('\n')[0]?.endsWith(code))
  if (block === undefined) throw new Error(`no ${code} in:\n${stderr}`)
  return block
}

interface Case {
  readonly title: string
  readonly text: string
  readonly code: string
  readonly at: string
  readonly says: readonly string[]
}

const cases: readonly Case[] = [
  {
    title: 'a function',
    text: 'a:\n  - fn: file.manged\n    path: /tmp/x\n',
    code: 'PRV_FUNCTION_UNKNOWN',
    at: '2:9',
    says: ['"file.manged"', 'did you mean "file.managed"?'],
  },
  {
    title: 'a function written as a key',
    text: 'a:\n  file.manged: { path: /tmp/x }\n',
    code: 'PRV_FUNCTION_UNKNOWN',
    at: '2:3',
    says: ['did you mean "file.managed"?'],
  },
  {
    title: 'an argument',
    text: 'a:\n  file.managed:\n    path: /tmp/x\n    contnt: y\n',
    code: 'PRV_ARGUMENT_UNKNOWN',
    at: '4:5',
    says: ['file.managed has no argument "contnt"', 'did you mean "content"?'],
  },
  {
    title: 'a field',
    text: 'b:\n  file.absent: /tmp/y\na:\n  file.absent: /tmp/x\n  requries: b\n',
    code: 'PRV_FIELD_INVALID',
    at: '5:3',
    says: ['"requries"', 'did you mean "requires"?'],
  },
  {
    title: 'a state',
    text: 'folder:\n  file.absent: /tmp/y\na:\n  file.absent: /tmp/x\n  requires: [foldr]\n',
    code: 'PRV_STATE_UNKNOWN',
    at: '5:14',
    says: ['requires: there is no state "foldr"', 'did you mean "folder"?'],
  },
]

describe.sequential('an unknown name is told with its place and the nearest known one:', () => {
  it.each(cases)('$title', async ({ text, code, at, says }) => {
    const block = blockOf(await planOf(text), code)
    expect(block).toContain(`  site.yml:${at}\n`)
    expect(block).toContain('^')
    for (const part of says) expect(block).toContain(part)
  })

  it('a target, and several at once', async () => {
    const targets = { web1: { executor: 'local' }, web2: { executor: 'local' } }
    place.write('prove.config.json', JSON.stringify({ targets }))
    const said = await refused('ping', '-t', 'wb1,zzzzzz')
    expect(said).toContain('PRV_TARGET_UNKNOWN')
    expect(said).toContain('did you mean "web1"?')
    expect(said).toContain('zzzzzz')
    expect(said).toContain('2 errors')
  })

  it('an executor, before any target is begun', async () => {
    const targets = { good: { executor: 'local' }, bad: { executor: 'locl' } }
    place.write('prove.config.json', JSON.stringify({ targets }))
    place.write('site.yml', `a:\n  file.managed: { path: ${place.path('made')}, content: x }\n`)
    const said = await refused('apply', 'site.yml', '-o', 'json')
    expect(said).toContain('PRV_EXECUTOR_UNKNOWN')
    expect(said).toContain('did you mean "local"?')
  })

  it('an option of an executor', async () => {
    place.write(
      'prove.config.json',
      JSON.stringify({ targets: { here: { executor: 'local', options: { shel: 'sh' } } } }),
    )
    const said = await refused('ping')
    expect(said).toContain('PRV_CONFIG_INVALID')
    expect(said).toContain('did you mean "shell"?')
    expect(said).toContain('prove.config.json:1:')
  })

  it('all options of an executor that are wrong, and no password among them', async () => {
    const options = { port: 'ssh', hots: 'a', password: 'hunter2' }
    place.write('prove.config.json', JSON.stringify({ targets: { web: { executor: 'ssh', options } } }, undefined, 1))
    const said = await refused('ping')
    for (const each of ['"options.port": expected a number', '"hots"', '"password"']) expect(said).toContain(each)
    expect(said).toContain('"port": "ssh"')
    expect(said).not.toContain('hunter2')
  })

  it('a key of the configuration', async () => {
    place.write('prove.config.json', JSON.stringify({ target: {} }))
    const said = await refused('ping')
    expect(said).toContain('PRV_CONFIG_INVALID')
    expect(said).toContain('did you mean "targets"?')
  })

  it('a command, an option', async () => {
    expect(await refused('aply', 'site.yml')).toMatch(/unknown command "aply"[^]*did you mean "apply"\?/)
    expect(await refused('apply', '--detaild-exitcode')).toMatch(
      /unknown option[^]*did you mean "--detailed-exitcode"\?/,
    )
  })
})

describe.sequential('what is missing or malformed is told with its place:', () => {
  it('an argument', async () => {
    const block = blockOf(await planOf('a:\n  - fn: file.managed\n    content: x\n'), 'PRV_ARGUMENT_MISSING')
    expect(block).toContain('file.managed needs the argument "path"')
    expect(block).toContain('  site.yml:2:9\n')
  })

  it('the value of an argument', async () => {
    const text = "a:\n  file.managed:\n    path: tmp/x\n    mode: '0999'\n"
    const said = await planOf(text)
    expect(said.match(/PRV_ARGUMENT_INVALID/g)).toHaveLength(2)
    expect(said).toContain('  site.yml:3:11\n')
    expect(said).toContain('  site.yml:4:11\n')
  })

  it('a source', async () => {
    const text = 'a:\n  file.managed:\n    path: /tmp/x\n    source: prove://not/there\n'
    const block = blockOf(await planOf(text), 'PRV_SOURCE_MISSING')
    expect(block).toContain('  site.yml:4:13\n')
    expect(block).toContain('put the file at files/not/there')
  })

  it('a source outside the catalog', async () => {
    place.write('secret', 'x')
    const text = 'a:\n  file.managed: { path: /tmp/x, source: "prove://../secret" }\n'
    expect(blockOf(await planOf(text), 'PRV_ARGUMENT_INVALID')).toContain('prove://../secret')
  })

  it('a state file, a folder in its place, a loader for it, any at all', async () => {
    place.write('folder.yml/x', '')
    place.write('site.toml', '')
    const said = await refused('plan', 'none.yml', 'folder.yml', 'site.toml')
    expect(said).toContain('"none.yml": it does not exist')
    expect(said).toContain('"folder.yml": it is a folder')
    expect(blockOf(said, 'PRV_LOADER_UNKNOWN')).toContain('.yml')
    expect(said).toContain('3 errors')
    expect(await refused('plan')).toContain('no state file was named')
  })

  it('YAML', async () => {
    const block = blockOf(await planOf('a:\n  file.absent: /tmp/x\n b: [\n'), 'PRV_LOADER_SYNTAX')
    expect(block).toMatch(/ {2}site\.yml:\d+:\d+\n/)
  })

  it('a key that is written twice', async () => {
    const block = blockOf(await planOf('a:\n  file.absent: /tmp/x\na:\n  file.absent: /tmp/y\n'), 'PRV_LOADER_SYNTAX')
    expect(block).toContain('  site.yml:3:1\n')
  })

  it('a circle', async () => {
    const state = (name: string, needs: string): string =>
      `${name}:\n  file.absent: /tmp/${name}\n  requires: ${needs}\n`
    const block = blockOf(await planOf(state('a', 'b') + state('b', 'c') + state('c', 'a')), 'PRV_STATE_CYCLE')
    expect(block).toContain('site:a → site:b → site:c → site:a')
    expect(block).toContain('  site.yml:1:1\n')
  })

  it('an id that two files have', async () => {
    place.write('one/site.yml', 'a:\n  file.absent: /tmp/x\n')
    place.write('two/site.yml', '\na:\n  file.absent: /tmp/y\n')
    const block = blockOf(await refused('plan', 'one/site.yml', 'two/site.yml'), 'PRV_STATE_DUPLICATE')
    expect(block).toContain('"site:a"')
    expect(block).toContain('  two/site.yml:2:1\n')
  })
})

describe.sequential('a catalog with many errors', () => {
  it('tells all of them at once, in the order of files and lines', async () => {
    const states = cases.map(({ text }, i) => text.replaceAll(/^(\w)/gm, `s${i}$1`).replaceAll('/tmp/', `/tmp/${i}/`))
    place.write('a.yml', states.join(''))
    place.write('b.yml', 'x:\n  file.managed: { source: prove://none }\n')
    place.write('c.yml', 'x: [\n')
    const said = await refused('apply', 'b.yml', 'a.yml', 'c.yml', 'none.yml')
    const told = [...said.matchAll(/PRV_\w+$/gm)].map(([code]) => code)
    expect(told.toSorted()).toEqual(
      [
        ...cases.map(({ code }) => code),
        'PRV_ARGUMENT_MISSING',
        'PRV_SOURCE_MISSING',
        'PRV_LOADER_SYNTAX',
        'PRV_STATE_FILE_MISSING',
      ].toSorted(),
    )
    const places = [...said.matchAll(/^ {2}(\w\.yml):(\d+)/gm)].map(([, file, line]) => `${file}:${line?.padStart(3)}`)
    expect(places).toEqual(places.toSorted())
    expect(said).toContain(`${told.length} errors`)
  })
})
