import { ProveError } from '@prove/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchingTargets, type TargetCatalog } from './evaluate.js'
import type { ExpressionNode, TargetExpression } from './expression.js'
import { globTest } from './glob.js'
import { parseTargetExpression } from './parse.js'
import { printTargetExpression } from './print.js'

const names = ['web1', 'web2', 'db1', 'cache', 'all']
const groups = ['web', 'db', 'eu']

const catalogs: fc.Arbitrary<TargetCatalog> = fc
  .tuple(
    ...names.map((name) =>
      fc.record({
        name: fc.constant(name),
        groups: fc.subarray(groups),
        roles: fc.subarray(['nginx', 'postgres']),
        facts: fc.record({ os: fc.constantFrom('debian', 'alpine', null), cpus: fc.integer({ min: 0, max: 20 }) }),
      }),
    ),
  )
  .map((targets) => ({ targets, groups, roles: ['nginx', 'postgres'] }))

const operands = fc.constantFrom(
  ...['web1', 'db1', '"all"', 'all', 'web*', '?b[0-9]', '/^[cw]/', 'group:web', 'group:?b', 'group:e*', 'role:nginx'],
  ...['fact:os', 'fact:os=debian', 'fact:os!=a*', 'fact:cpus>=4', 'fact:cpus<8'],
)

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    operands,
    tie('expression').map((inner) => `not (${inner})`),
    fc
      .tuple(tie('expression'), fc.constantFrom(' and ', ' or ', ', ', ','), tie('expression'))
      .map(([left, operator, right]) => `(${left})${operator}${right}`),
  ),
}))

const matching = (text: string, catalog: TargetCatalog): readonly string[] =>
  matchingTargets(parseTargetExpression(text), catalog)

const withoutSpans = (node: ExpressionNode): unknown =>
  JSON.parse(JSON.stringify(node, (key, value: unknown) => (['offset', 'length'].includes(key) ? undefined : value)))

const expectRoundTrip = (parsed: TargetExpression): void => {
  const printed = printTargetExpression(parsed)
  const again = parseTargetExpression(printed)
  expect(withoutSpans(again.root)).toEqual(withoutSpans(parsed.root))
  expect(printTargetExpression(again)).toBe(printed)
}

test('a printed expression is the same expression', () => {
  fc.assert(fc.property(expression, (text) => expectRoundTrip(parseTargetExpression(text))))
})

test('the laws of logic hold', () => {
  fc.assert(
    fc.property(expression, expression, catalogs, (a, b, catalog) => {
      const equal = (left: string, right: string): void =>
        expect(matching(left, catalog)).toEqual(matching(right, catalog))
      equal(`not not (${a})`, a)
      equal(`not ((${a}) and (${b}))`, `not (${a}) or not (${b})`)
      equal(`not ((${a}) or (${b}))`, `not (${a}) and not (${b})`)
      equal(`(${a}) and (${b})`, `(${b}) and (${a})`)
      equal(`(${a}), (${b})`, `(${b}) or (${a})`)
      equal(`(${a}) or not (${a})`, 'all')
    }),
  )
})

test('facts are needed of those alone whom they would decide', () => {
  fc.assert(
    fc.property(expression, catalogs, fc.subarray(names), (text, catalog, unasked) => {
      const targets = catalog.targets.map((each) =>
        unasked.includes(each.name) ? { ...each, facts: undefined } : each,
      )
      let found: readonly string[]
      try {
        found = matching(text, { ...catalog, targets, factNames: ['os', 'cpus'] })
      } catch (error) {
        if (!(error instanceof ProveError) || error.code !== 'PRV_FACTS_NEEDED') throw error
        expect(unasked).toEqual(expect.arrayContaining([...error.targets]))
        return
      }
      expect(found).toEqual(matching(text, catalog))
    }),
  )
})

const scraps = fc.array(
  fc.constantFrom(
    ...[
      'web1',
      'a',
      'and',
      ' or ',
      ' not ',
      'all',
      '(',
      ')',
      ',',
      ' ',
      ':',
      'group:',
      'role:',
      'fact:',
      'fact:os',
      '=',
    ],
    ...[
      '!=',
      '<',
      '>=',
      '/',
      '\\',
      '"',
      '*',
      '?',
      '[',
      ']',
      '[1-3]',
      '-',
      '12',
      '!',
      '&&',
      '\n',
      '\t',
      'é',
      '😀',
      '(?<',
      'i',
    ],
  ),
  { maxLength: 12 },
)

test('any text is an expression, or is refused with the caret inside of it', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    scraps.map((words) => words.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      let parsed: TargetExpression
      try {
        parsed = parseTargetExpression(text)
      } catch (error) {
        if (!(error instanceof ProveError)) throw error
        expect(error.code).toBe('PRV_TARGET_EXPRESSION')
        const lines = error.message.split('\n')
        const [shown = '', carets = ''] = lines.slice(-2)
        expect(lines.length).toBe(3)
        expect(carets).toMatch(/^ {2,}\^+$/)
        expect(carets.indexOf('^')).toBeLessThanOrEqual(shown.length)
        expect(carets.length).toBeLessThanOrEqual(shown.length + 1)
        return
      }
      expectRoundTrip(parsed)
    }),
    { numRuns: 2000 },
  )
})

test('a glob matches what the same regex matches', () => {
  const globs = fc.array(fc.constantFrom('*', '?', 'a', 'b', '[ab]', '[!a]', '-'), { maxLength: 8 })
  const subjects = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 8 })
  fc.assert(
    fc.property(globs, subjects, (glob, subject) => {
      const parts = glob.map((part) => part.replace('*', '.*').replace('?', '.').replace('!', '^'))
      expect(globTest(glob.join(''))(subject)).toBe(new RegExp(`^${parts.join('')}$`).test(subject))
    }),
    { numRuns: 1000 },
  )
})
