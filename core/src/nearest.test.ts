import { describe, expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.js'

const fields = ['requires', 'after', 'unless', 'onlyif', 'creates']

describe('the nearest name', () => {
  it.each<[name: string, known: readonly string[], found: string | undefined]>([
    ['requires', fields, 'requires'],
    ['require', fields, 'requires'],
    ['reqiures', fields, 'requires'],
    ['Requires', fields, 'requires'],
    ['REQUIRES', fields, 'requires'],
    ['afetr', fields, 'after'],
    ['aftr', fields, 'after'],
    ['onlyfi', fields, 'onlyif'],
    ['notify', fields, undefined],
    ['', fields, undefined],
    ['requires', [], undefined],
    ['b', ['a'], 'a'],
    ['b', ['long'], undefined],
    ['file.manged', ['file.directory', 'file.managed', 'pkg.installed'], 'file.managed'],
  ])('of "%s" among %j is %j', (name, known, found) => {
    expect(nearest(name, known)).toBe(found)
  })

  it('is the first of those that are equally near', () => {
    expect(nearest('web3', ['web1', 'web2'])).toBe('web1')
  })

  it('is the exact one, though a near one comes first', () => {
    expect(nearest('web2', ['web1', 'web2'])).toBe('web2')
  })

  it('is found in what can only be walked through once', () => {
    expect(nearest('aftr', new Set(fields).values())).toBe('after')
  })
})

describe('the hint', () => {
  it.each<[string, string | undefined]>([
    ['require', 'did you mean "requires"?'],
    ['notify', undefined],
  ])('for "%s" is %j', (name, hint) => {
    expect(didYouMean(name, fields)).toBe(hint)
  })
})
