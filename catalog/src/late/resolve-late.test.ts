import { FactsNeeded, isLateValue, late, type LateRead, ProveError, type ValuePath } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { viewFacts } from '../facts-view.js'
import { compileLate, type LateResolver, resolveLate } from './resolve-late.js'

const fileRead: LateRead = {
  about: 'What is at a path.',
  usage: 'file(path)',
  read: (path) => {
    if (typeof path !== 'string') throw new Error('expected a path')
    return { kind: 'file', key: `file:${path}`, query: path }
  },
  value: (answer) => answer,
  members: ['exists'],
}

const variables = { cert: '/c', port: 80, domain: 'a.example', list: [1], nginx: { user: 'www' }, nothing: null }
const lateVariables = { ...variables, later: { $late: 'with.x' } }
const facts = { os: 'debian' }

type Told = readonly [ValuePath, string, string | undefined]

const resolverWith = (): LateResolver & { told: Told[]; states: string[] } => {
  const told: Told[] = []
  const states: string[] = []
  const roots: Readonly<Record<string, unknown>> = {
    variables: lateVariables,
    target: { name: 'web1' },
    facts: viewFacts(new Set(['os', 'packages']), facts).facts,
  }
  const all: Readonly<Record<string, unknown>> = { ...lateVariables, ...roots }
  return {
    names: (name) => (Object.hasOwn(all, name) ? { value: all[name] } : undefined),
    knownNames: () => Object.keys(variables),
    stateOf: (name) => {
      states.push(name)
      return name === 'nope' ? undefined : `web:${name}`
    },
    calls: new Map([['file', fileRead]]),
    report: (path, message, hint) => void told.push([path, message, hint]),
    told,
    states,
  }
}

const resolve = (text: unknown): unknown => {
  const resolver = resolverWith()
  const value = resolveLate({ $late: text }, resolver)
  expect(resolver.told).toEqual([])
  return value
}

const of = (value: unknown): unknown => ({ kind: 'value', value })
const exists = {
  kind: 'member',
  of: { kind: 'read', read: 'file', args: [of('/c')] },
  key: of('exists'),
}

describe('what needs no answer becomes a plain value', () => {
  it.each<[unknown, unknown]>([
    ['port + 1', 81],
    ['variables.port', 80],
    ["variables['port']", 80],
    ['facts.os', 'debian'],
    ['target.name', 'web1'],
    ['target', { name: 'web1' }],
    ['nginx.user', 'www'],
    ['nginx.nope', null],
    ['nothing or 1', 1],
    ['`listen ${port};`', 'listen 80;'],
    ["{a: [port], 'b': list + [2]}", { a: [80], b: [1, 2] }],
    ["file('/c').exists if port == 1 else 'no'", 'no'],
    ['nope if false else 1', 1],
    ['1 or nope', 1],
    ['false and outputs.x', false],
    [late.text`port ${late.variables['port']}`, 'port 80'],
  ])('%j', (text, value) => {
    expect(resolve(isLateValue(text) ? text.$late : text)).toStrictEqual(value)
  })
})

describe('what needs one stays late, as a tree', () => {
  it.each<[unknown, unknown]>([
    ['file(cert).exists', exists],
    [(late.file(late.variables['cert']).exists as unknown as { $late: unknown }).$late, exists],
    ['with.cert', { kind: 'member', of: { kind: 'name', name: 'with' }, key: of('cert') }],
    ['outputs.x', { kind: 'outputs', state: 'web:x' }],
    ['port and file(cert).exists', exists],
    ['file(cert).exists or port', { kind: 'binary', operator: 'or', left: exists, right: of(80) }],
    [
      'port / 0 if file(cert).exists else 1 + 1',
      {
        kind: 'if',
        test: exists,
        value: { kind: 'binary', operator: '/', left: of(80), right: of(0) },
        otherwise: of(2),
      },
    ],
    ['`${port} ${file(cert).exists}`', { kind: 'text', pieces: [of(80), of(' '), exists] }],
  ])('%j', (text, tree) => {
    expect(resolve(text)).toStrictEqual({ $late: tree })
  })

  it('and can be written as a tree again', () => {
    const { $late: tree } = resolve('[not {a: outputs.x}.a, with.b == 1, `${with.c}` if with.d else file(with.e)]') as {
      $late: unknown
    }
    expect(compileLate(tree, { ...resolverWith(), stateOf: (id) => id }, [])).toStrictEqual(tree)
  })

  it('with the states that it uses, and not those that it cannot reach', () => {
    const resolver = resolverWith()
    resolveLate({ $late: 'outputs.a or (outputs.b if false else outputs.c)' }, resolver)
    expect(resolver.states).toEqual(['a', 'c'])
  })
})

describe('reports', () => {
  it.each<[unknown, string, string | undefined]>([
    ['prot', '"prot" is not defined', 'did you mean "port"?'],
    ['variables.prot', '"variables" has no "prot"', 'did you mean "port"?'],
    ['target.nmae', '"target" has no "nmae"', 'did you mean "name"?'],
    ['facts.constructor', '"facts" has no "constructor"', undefined],
    ['file', '"file" is not defined', 'write file(path)'],
    ['True', '"True" is not defined', 'write true'],
    ['later', '"later" holds a late value, which cannot be part of another one', 'write its text out here'],
    ['variables.later', expect.stringContaining('"variables.later" holds') as string, expect.any(String) as string],
    ['domain - 1', '"-" takes two numbers, found a text and a number', undefined],
    ['file(port).exists', 'file(path): expected a path', undefined],
    ['a +', 'found the end, expected a value', expect.any(String) as string],
    [3, 'the tree of a late value needs an expression, found the number 3', expect.any(String) as string],
    [{ kind: 'nmae' }, 'there is no expression of the kind "nmae"', 'did you mean "name"?'],
    [{ kind: 'toString' }, 'there is no expression of the kind "toString"', expect.any(String) as string],
    [{ kind: 'read', read: 'fil', args: [] }, 'there is no read "fil"', 'did you mean "file"?'],
    [{ kind: 'member', of: exists.of, key: of('exist') }, '"file" has no member "exist"', 'did you mean "exists"?'],
    [
      { kind: 'not' },
      expect.stringContaining('needs an expression, found nothing') as string,
      expect.any(String) as string,
    ],
    [{ kind: 'list' }, expect.stringContaining('a list as "items"') as string, expect.any(String) as string],
    [
      { kind: 'map', entries: [] },
      expect.stringContaining('a map as "entries"') as string,
      expect.any(String) as string,
    ],
    [{ kind: 'binary', operator: '**', left: of(1), right: of(2) }, 'there is no operator "**"', undefined],
  ])('%j: %s', (written, message, hint) => {
    const resolver = resolverWith()
    const value = resolveLate({ a: [{ $late: written }] }, resolver)
    expect(resolver.told).toEqual([[['a', 0], message, hint]])
    // Still late, so that nobody validates it.
    expect((value as { a: unknown[] }).a.every(isLateValue)).toBe(true)
  })

  it('all that is wrong, and keeps the rest', () => {
    const resolver = resolverWith()
    const value = resolveLate(
      { a: { $late: 'nope' }, b: { $late: 'port', c: 1 }, d: [{ $late: 'port' }], e: null },
      resolver,
    )
    expect(resolver.told.map(([path]) => path)).toEqual([['a'], ['b']])
    expect(value).toMatchObject({ d: [80], e: null })
  })

  it('a tree that nests too deep', () => {
    let tree: unknown = of(1)
    for (let i = 0; i < 5000; i++) tree = { kind: 'not', value: tree }
    const resolver = resolverWith()
    resolveLate({ $late: tree }, resolver)
    expect(resolver.told).toEqual([[[], 'the expression nests too deep', expect.any(String)]])
  })
})

describe('lets pass', () => {
  it('that facts are needed', () => {
    expect(() => resolve('facts.packages')).toThrow(FactsNeeded)
  })

  it('that a fact is not known', () => {
    expect(() => resolve('facts.oss')).toThrow(ProveError)
  })
})
