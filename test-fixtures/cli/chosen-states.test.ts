import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventsOf, invocationsOf, lineOf, Place } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

const outcomes = async (...args: readonly string[]): Promise<readonly string[]> => {
  const ended = await place.prove([...args, '-v', '-o', 'json'])
  expect([ended.exit, ended.stderr]).toEqual([0, ''])
  return invocationsOf(ended).map(({ state, outcome }) => `${state} ${outcome}`)
}

describe('states that are named on the command line', () => {
  beforeEach(() => {
    place.states({
      folder: { 'file.directory': place.path('www') },
      conf: {
        'file.managed': { path: place.path('www/conf'), content: 'a\n' },
        requires: 'folder',
        notify: ['reload', 'other'],
      },
      other: { 'cmd.run': `touch ${place.path('other')}`, creates: place.path('other') },
      reload: { 'cmd.run': `echo x >>${place.path('reloads')}`, lazy: true },
      never: { 'cmd.run': `touch ${place.path('never')}`, creates: place.path('never') },
    })
  })

  it('run with what they require, and what they notify is notified', async () => {
    expect(await outcomes('apply', 'site.yml', 'conf')).toEqual([
      'site:folder changed',
      'site:conf changed',
      'site:other changed',
      'site:reload changed',
    ])
    expect(existsSync(place.path('never'))).toBe(false)
    expect(await outcomes('apply', 'site.yml', 'conf')).toEqual(['site:folder ok', 'site:conf ok'])
  })

  it('may be lazy', async () => {
    expect(await outcomes('plan', 'site.yml', 'reload')).toEqual(['site:reload would-change'])
    expect(await outcomes('apply', 'site.yml', 'site:reload')).toEqual(['site:reload changed'])
    expect(readFileSync(place.path('reloads'), 'utf8')).toBe('x\n')
  })

  it('must be there, and the nearest name is told', async () => {
    const { exit, stderr } = await place.prove(['apply', 'site.yml', 'cnof'])
    expect(exit).toBe(1)
    expect(stderr).toContain('did you mean "conf"?')
    expect(existsSync(place.path('www'))).toBe(false)
  })

  it('need not be there on every target', async () => {
    place.write(
      'prove.config.json',
      JSON.stringify({
        targets: { a: { executor: 'local', states: ['site'] }, b: { executor: 'local', states: ['two'] } },
      }),
    )
    place.states({ alone: { 'cmd.run': 'true' } }, 'two.yml')
    const ended = await place.prove(['plan', 'alone', '-o', 'json'])
    expect(ended.exit).toBe(0)
    expect(invocationsOf(ended).map(({ target, state }) => `${target} ${state}`)).toEqual(['b two:alone'])
  })
})

describe('prove state', () => {
  it('plans, applies, and then has nothing to do', async () => {
    const words = ['state', 'file.managed', `path=${place.path('motd')}`, 'content=hello', 'mode=0640']
    expect(await outcomes(...words, '--plan')).toEqual(['typed:file.managed would-change'])
    expect(existsSync(place.path('motd'))).toBe(false)
    expect(await outcomes(...words)).toEqual(['typed:file.managed changed'])
    expect(readFileSync(place.path('motd'), 'utf8')).toBe('hello')
    expect(await outcomes(...words)).toEqual(['typed:file.managed ok'])
  })

  it('takes sources and fields, as files do', async () => {
    place.write('files/motd.njk', 'hello {{ facts.hostname }} {{ name }}')
    const ended = await place.prove([
      ...['state', 'file.managed', place.path('motd'), 'source=prove://motd.njk', `creates=${place.path('none')}`],
      ...['--var', 'name=ada', '-o', 'json'],
    ])
    expect(lineOf(ended, 'typed:file.managed').outcome).toBe('changed')
    expect(readFileSync(place.path('motd'), 'utf8')).toMatch(/^hello .+ ada$/)
  })

  it.each([
    [['file.direcotry', '/srv'], 'did you mean "file.directory"?'],
    [['file.directory', '/srv', 'mdoe=1'], 'did you mean "mode"?'],
    [['file.directory', 'srv'], 'absolute path'],
    [['file.directory', '/srv', '/opt'], 'write name=value'],
  ])('refuses %j', async (words, says) => {
    const ended = await place.prove(['state', ...words])
    expect([ended.exit, ended.stdout]).toEqual([1, ''])
    expect(ended.stderr).toContain(says)
  })
})

describe('variables of the command line', () => {
  it('come from files too, and what is typed is stronger', async () => {
    place.write('one.json', '{ "site": { "name": "one", "port": 80 } }')
    place.write('two.yml', 'site: { name: two }\nbefore: "{{ site.name }}"\n')
    const words = ['inspect', 'vars', '--var-file', 'one.json', '--var-file', 'two.yml', '--var', 'site.port=81']
    const { stdout, exit } = await place.prove([...words, '-o', 'json'])
    expect(exit).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ site: { name: 'two', port: 81 }, before: 'one' })
  })

  it('of a file that is not there are an error', async () => {
    const ended = await place.prove(['plan', '--var-file', 'none.yml', '-o', 'json'])
    expect(ended.exit).toBe(1)
    expect(eventsOf(ended)).toMatchObject([{ type: 'error', code: 'PRV_USAGE' }])
  })
})
