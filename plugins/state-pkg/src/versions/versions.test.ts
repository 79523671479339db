import { spawnSync } from 'node:child_process'
import { z } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { constraintsOf, exactVersion, fulfils, version } from './constraint.js'
import { compareDpkg } from './dpkg.js'
import { compareRpm } from './rpm.js'

/** Each line from old to new; an equals sign joins versions that are equal. */
const dpkgOrders = [
  '1.0~~ 1.0~~a 1.0~ 1.0~beta1 1.0~rc1 1.0=1.00=0:1.0=1.0-=1.0-0 1.0-1~bpo12+1 1.0-1 1.0-1+b1 1.0-1+deb12u1 1.0-1.1 1.0-2 1.0-10 1.0a 1.0+dfsg-1 1.0-a-1 1.0.0 1.0.1 1.1 1.2 1.9 1.10 2 10 1:0.1',
  '0 0a 0+ 0.0 1=01=1-0',
  '1.22.1-9 1.22.1-9+deb12u2 1.22.1-9+deb12u11 1.22.1-10',
  '5:7.0.5-1~deb12u1 5:7.0.15-1~deb12u1 5:7.0.15-1~deb12u10 5:7.0.15-1',
  '2.36-9+deb12u9 2.36-9+deb12u10 2.36-9.1 2.36.1-1',
  '1.0-a 1.0A 1.0a 1.0+a 1.0.a',
  '999999999999999999998 999999999999999999999',
  '1.2~git20200101.abc 1.2~git20200102.abb 1.2',
]

const rpmOrders = [
  '1.0~rc1 1.0=1.00=0:1.0 1.0^git1 1.0^git2 1.0.1 1.1 1.9 1.10 2 1:0.1',
  '1.0-1.el8 1.0-1.el9 1.0-2.el8 1.0-10.el8',
  '1.0a 1.0b 1.0.0',
  '1.0=1_0=1.0.',
  '6.0 6.0.rc1 6.0.1',
  '1.0~rc1 1.0~rc1^git1 1.0~rc2',
]

interface Pair {
  readonly a: string
  readonly b: string
  readonly sign: number
}

const pairsOf = (orders: readonly string[]): readonly Pair[] =>
  orders.flatMap((order) => {
    const ranked = order.split(' ').flatMap((same, rank) => same.split('=').map((text) => ({ text, rank })))
    return ranked.flatMap((a) => ranked.map((b) => ({ a: a.text, b: b.text, sign: Math.sign(a.rank - b.rank) })))
  })

const wrongOf = (pairs: readonly Pair[], compare: (a: string, b: string) => number): readonly string[] =>
  pairs.filter(({ a, b, sign }) => Math.sign(compare(a, b)) !== sign).map(({ a, b, sign }) => `${a} ${b}: not ${sign}`)

describe('versions', () => {
  it('of Debian stand in its order', () => {
    const pairs = pairsOf(dpkgOrders)
    expect(pairs.length).toBeGreaterThan(700)
    expect(wrongOf(pairs, compareDpkg)).toEqual([])
  })

  it('of rpm stand in its order', () => {
    expect(wrongOf(pairsOf(rpmOrders), compareRpm)).toEqual([])
  })

  it('of rpm without a release are equal to those with any', () => {
    expect(compareRpm('1.0', '1.0-5.el9')).toBe(0)
  })

  // All pairs of a list in one shell: the judge is dpkg itself.
  it('of Debian are compared as dpkg compares them', (ctx) => {
    if (spawnSync('sh', ['-c', 'command -v dpkg']).status !== 0) return ctx.skip()
    const texts = [...new Set(dpkgOrders.flatMap((order) => order.split(/[ =]/)))].filter(
      (text) => /^\d/.test(text) && !text.endsWith('-'),
    )
    const pairs = texts.flatMap((a, i) =>
      texts.filter((_b, j) => (i * 7 + j * 3) % 5 === 0).map((b) => [a, b] as const),
    )
    const script = pairs
      .map(
        ([a, b]) =>
          `dpkg --compare-versions '${a}' lt '${b}' && echo -1 || { dpkg --compare-versions '${a}' eq '${b}' && echo 0 || echo 1; }`,
      )
      .join('\n')
    const said = spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout.trim().split('\n').map(Number)
    expect(pairs.map(([a, b]) => Math.sign(compareDpkg(a, b)) + 0)).toEqual(said)
  })
})

describe('a constraint', () => {
  it.each([
    ['1.22.1-9', '1.22.1-9', true],
    ['0:1.22.1-9', '1.22.1-9', true],
    ['1.22.1-9+deb12u11', '1.22.1-9', false],
    ['1.22.1-9', '=1.22.1-9', true],
    ['1.22.1-9', '1.22.*', true],
    ['1:1.22.1-9', '1.22.*', true],
    ['1:1.22.1-9', '1:1.22*', true],
    ['2:1.22.1-9', '1:1.22*', false],
    ['1.220', '1.22.*', false],
    ['1.10', '>=1.9', true],
    ['1.9', '>=1.9', true],
    ['1.9~rc1', '>=1.9', false],
    ['1.9', '> 1.9', false],
    ['1.9', '<1.10', true],
    ['1.10', '<=1.9', false],
    ['1.9', '<=1.9', true],
    ['1.5', '>=1.2, <2', true],
    ['2.0', '>=1.2, <2', false],
    ['1.1', '>=1.2, <2', false],
  ])('%s is%s: %s', (found, text, expected) => {
    expect(fulfils(found, text, compareDpkg)).toBe(expected)
  })

  it('that compares is not told where nobody can compare', () => {
    expect(fulfils('1.9', '>=1.2', undefined)).toBeUndefined()
    expect(fulfils('1.9', '1.9', undefined)).toBe(true)
    expect(fulfils('1.9', '1.8, >1', undefined)).toBe(false)
  })

  it('may name one version', () => {
    expect(exactVersion('1.2-3')).toBe('1.2-3')
    expect(exactVersion('= 1.2-3')).toBe('1.2-3')
    for (const text of ['>=1.2', '1.2.*', '>=1, <2']) expect(exactVersion(text)).toBeUndefined()
    expect(constraintsOf('>= 1.2,<2')).toEqual([
      { operator: '>=', version: '1.2' },
      { operator: '<', version: '2' },
    ])
  })

  it.each(['', '>=', '1.2 beta', '==1', '-1', '>=1.*', '1.2;id', '$(id)', '1\n2', '1,', '!=1'])(
    '%j is none',
    (text) => {
      expect(version('').safeParse(text).success).toBe(false)
    },
  )

  it.each(['1', '1.0-1~bpo12+1', '5:7.0.15-1', '>=1.2, <2', '1.2*', '= 1'])('%j is one', (text) => {
    expect(version('').safeParse(text).success).toBe(true)
  })

  it('is a text: 1.10 is not 1.1', () => {
    expect(z.safeParse(version(''), 1.1).error?.issues[0]?.message).toMatch(/quotes/)
  })
})
