import { knownErrors, ProveError } from '@prove/core'
import { describe, expect, test } from 'vitest'
import { evaluateTargets, matchingTargets, type SelectableTarget, type TargetCatalog } from './evaluate.js'
import { parseTargetExpression } from './parse.js'

const target = (name: string, groups: string, roles: string, facts?: Record<string, unknown>): SelectableTarget => ({
  name,
  groups: groups.split(' ').filter(Boolean),
  roles: roles.split(' ').filter(Boolean),
  facts,
})

const catalog: TargetCatalog = {
  targets: [
    target('web1', 'web eu', 'nginx', {
      os: 'debian',
      osVersion: '12.10',
      memory: { total: 4096 },
      cpus: 4,
      virtual: false,
      tags: ['a', 'b'],
      swap: 0,
    }),
    target('web2', 'web us', 'nginx', {
      os: 'alpine',
      osVersion: '3.20-edge',
      memory: { total: 1024, huge: 2 },
      cpus: 16,
      virtual: true,
      tags: [],
      swap: null,
    }),
    target('db1', 'db eu', 'postgres', {
      os: 'debian',
      osVersion: '12.4',
      memory: null,
      cpus: 8,
      virtual: true,
      tags: ['b'],
      swap: 512,
    }),
    target('new1', 'web', ''),
    target('all', 'odd', ''),
  ],
  groups: ['web', 'db', 'eu', 'us', 'odd', 'none'],
  roles: ['nginx', 'postgres'],
}

const known: TargetCatalog = { ...catalog, targets: catalog.targets.slice(0, 3) }

const choose = (text: string, from: TargetCatalog = catalog): readonly string[] =>
  evaluateTargets(parseTargetExpression(text), from)

const refusals = (text: string, from: TargetCatalog = catalog): readonly ProveError[] => {
  try {
    choose(text, from)
  } catch (error) {
    if (knownErrors(error).length > 0) return knownErrors(error)
    throw error
  }
  throw new Error(`not refused as it should be: ${text}`)
}

describe('chooses', () => {
  test.each<[string, string]>([
    ['web1', 'web1'],
    ['db1, web1', 'web1 db1'],
    ['web?', 'web1 web2'],
    ['*1', 'web1 db1 new1'],
    ['w*1', 'web1'],
    ['web[!1]', 'web2'],
    ['[dw]*[0-9]', 'web1 web2 db1'],
    ['/b\\d/', 'web1 web2 db1'],
    ['/^W/i', 'web1 web2'],
    ['all', 'web1 web2 db1 new1 all'],
    ['"all"', 'all'],
    ['group:web', 'web1 web2 new1'],
    ['group:?[bu]', 'web1 db1'],
    ['group:/^.s$/', 'web2'],
    ['role:nginx and group:eu', 'web1'],
    ['role:n*', 'web1 web2'],
    ['not group:web', 'db1 all'],
    ['group:eu and not role:nginx', 'db1'],
    ['web1 or group:db and group:eu', 'web1 db1'],
    ['(web1 or group:db) and group:us or web2', 'web2'],
    ['group:eu and fact:os=debian', 'web1 db1'],
    ['fact:os=debian and group:eu', 'web1 db1'],
    ['new1 or web1 and fact:os', 'web1 new1'],
    ['all or fact:os', 'web1 web2 db1 new1 all'],
  ])('%s', (text, names) => {
    expect(choose(text)).toEqual(names.split(' '))
  })

  test.each<[string, string]>([
    ['fact:os=deb*', 'web1 db1'],
    ['fact:os="deb*" or web2', 'web2'],
    ['fact:os=/^A/i', 'web2'],
    ['fact:os!=debian', 'web2'],
    ['fact:cpus=4', 'web1'],
    ['fact:cpus>4', 'web2 db1'],
    ['fact:cpus>=8 and fact:cpus<=8', 'db1'],
    ['fact:cpus<16', 'web1 db1'],
    ['fact:memory.total>=4096', 'web1'],
    ['fact:memory.total<4096', 'web2'],
    ['fact:memory.total', 'web1 web2'],
    ['fact:memory.total!=1024', 'web1 db1'],
    ['fact:memory.huge=2', 'web2'],
    ['fact:osVersion>=12.5', 'web1'],
    ['fact:osVersion>=12', 'web1 db1'],
    ['fact:osVersion<4', 'web2'],
    ['fact:os>=1 or web1', 'web1'],
    ['fact:virtual', 'web2 db1'],
    ['fact:virtual=false', 'web1'],
    ['fact:swap', 'db1'],
    ['not fact:swap', 'web1 web2'],
    ['fact:tags', 'web1 db1'],
    ['fact:tags=a', 'web1'],
    ['fact:tags!=a', 'web2 db1'],
    ['fact:memory="" or db1', 'db1'],
  ])('by what is known of a target: %s', (text, names) => {
    expect(choose(text, known)).toEqual(names.split(' '))
  })

  test('in a time that no glob makes long', () => {
    const long = { ...catalog, targets: [target('a'.repeat(255), '', '')] }
    expect(matchingTargets(parseTargetExpression(`${'*a'.repeat(60)}b`), long)).toEqual([])
  })

  test('none without an error where that is asked for', () => {
    expect(matchingTargets(parseTargetExpression('x*'), catalog)).toEqual([])
  })
})

describe('refuses', () => {
  test.each<[string, string, string, string, string | undefined]>([
    ['web3', 'PRV_TARGET_UNKNOWN', 'there is no target "web3"', 'web3', 'did you mean "web1"?'],
    [
      'not zzzzzz',
      'PRV_TARGET_UNKNOWN',
      'there is no target "zzzzzz"',
      'zzzzzz',
      'targets are web1, web2, db1, new1, all',
    ],
    ['web1 or eu', 'PRV_TARGET_UNKNOWN', 'there is no target "eu"', 'eu', 'write "group:eu" for the group'],
    ['nginx', 'PRV_TARGET_UNKNOWN', 'there is no target "nginx"', 'nginx', 'write "role:nginx" for the role'],
    [
      'group:zzzz',
      'PRV_GROUP_UNKNOWN',
      'there is no group "zzzz"',
      'group:zzzz',
      'groups are web, db, eu, us, odd, none',
    ],
    ['group:odds', 'PRV_GROUP_UNKNOWN', 'there is no group "odds"', 'group:odds', 'did you mean "odd"?'],
    ['role:postgre', 'PRV_ROLE_UNKNOWN', 'there is no role "postgre"', 'role:postgre', 'did you mean "postgres"?'],
    ['fact:oss=x', 'PRV_FACT_UNKNOWN', 'there is no fact "oss"', 'fact:oss=x', 'did you mean "os"?'],
    [
      'fact:memory.totl',
      'PRV_FACT_UNKNOWN',
      'no fact "memory.totl"',
      'fact:memory.totl',
      'did you mean "memory.total"?',
    ],
    ['fact:os.name', 'PRV_FACT_UNKNOWN', 'there is no fact "os.name"', 'fact:os.name', 'run "prove facts"'],
    ['fact:toString', 'PRV_FACT_UNKNOWN', 'there is no fact "toString"', 'fact:toString', 'run "prove facts"'],
    ['x*', 'PRV_TARGET_UNKNOWN', 'the expression matches no target', 'x*', 'loosen the expression'],
    ['group:none', 'PRV_TARGET_UNKNOWN', 'the expression matches no target', 'group:none', 'loosen the expression'],
    ['web1 and db1', 'PRV_TARGET_UNKNOWN', 'the expression matches no target', 'web1 and db1', 'loosen the expression'],
    ['not all', 'PRV_TARGET_UNKNOWN', 'the expression matches no target', 'not all', 'loosen the expression'],
  ])('%s', (text, code, message, under, hint) => {
    const [error, ...others] = refusals(text)
    expect(others).toEqual([])
    expect([error?.code, error?.message]).toEqual([code, expect.stringContaining(message)])
    expect(error?.hint).toEqual(hint === undefined ? undefined : expect.stringContaining(hint))
    const [, shown = '', carets = ''] = error?.message.split('\n') ?? []
    expect(shown.slice(carets.indexOf('^'), carets.length)).toBe(under)
  })

  test('all unknown names together', () => {
    const errors = refusals('web1, web9, (group:x and not role:y), fact:z=1')
    expect(errors.map(({ code }) => code)).toEqual([
      'PRV_TARGET_UNKNOWN',
      'PRV_GROUP_UNKNOWN',
      'PRV_ROLE_UNKNOWN',
      'PRV_FACT_UNKNOWN',
    ])
  })

  test('everything where there are no targets', () => {
    const [error] = refusals('all', { targets: [], groups: [], roles: [] })
    expect([error?.code, error?.message]).toEqual(['PRV_TARGET_UNKNOWN', 'the catalog has no targets\n  all\n  ^^^'])
    expect(refusals('group:x', { targets: [], groups: [], roles: [] })[0]?.hint).toBe('the catalog has no groups')
  })
})

describe('needs facts', () => {
  test.each<[string, string]>([
    ['fact:os=debian', 'new1 all'],
    ['group:web and fact:os=debian', 'new1'],
    ['fact:os=debian and group:web', 'new1'],
    ['not fact:os or group:db', 'new1 all'],
    ['"all" or new1 and fact:os', 'new1'],
  ])('%s', (text, names) => {
    const [error] = refusals(text)
    expect([error?.code, error?.targets]).toEqual(['PRV_FACTS_NEEDED', names.split(' ')])
  })

  test('and says how to get them', () => {
    const [error] = refusals('group:web and fact:os=debian')
    expect(error?.message).toBe(
      'the fact "os" of "new1" is not known yet\n  group:web and fact:os=debian\n                ^^^^^^^^^^^^^^',
    )
    expect(error?.hint).toBe('run "prove facts -t new1" first')
    expect(refusals('fact:os')[0]?.hint).toBe(`run "prove facts -t 'new1,"all"'" first`)
    const many = { ...catalog, targets: Array.from({ length: 11 }, (_, i) => target(`web${i}`, '', '')) }
    expect(refusals('fact:os', many)[0]?.hint).toBe('run "prove facts -t all" first')
  })

  test('that plugins give and a target lacks', () => {
    const lazy = { ...known, factNames: ['os', 'packages'] }
    expect(refusals('fact:packages=vim', lazy)[0]?.targets).toEqual(['web1', 'web2', 'db1'])
    expect(refusals('fact:packages.vim', lazy)[0]?.code).toBe('PRV_FACTS_NEEDED')
    expect(refusals('fact:package=vim', lazy)[0]?.code).toBe('PRV_FACT_UNKNOWN')
  })
})
