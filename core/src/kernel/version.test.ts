import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { coreVersion, inRange } from './version.js'

it('is the version of the package', () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  expect((JSON.parse(manifest) as { version: string }).version).toBe(coreVersion)
})

it.each<[version: string, range: string, fits: boolean | undefined]>([
  ['1.2.3', '*', true],
  ['1.2.3', '1.2.3', true],
  ['1.2.3', '1.2.4', false],
  ['1.3.3', '1.2.3', false],
  ['2.2.3', '1.2.3', false],
  ['1.2.3', '^1.2.3', true],
  ['1.2.4', '^1.2.3', true],
  ['1.3.0', '^1.2.3', true],
  ['1.2.2', '^1.2.3', false],
  ['1.1.9', '^1.2.3', false],
  ['2.0.0', '^1.2.3', false],
  ['0.9.9', '^1.0.0', false],
  ['0.1.0', '^0.1.0', true],
  ['0.1.7', '^0.1.2', true],
  ['0.1.1', '^0.1.2', false],
  ['0.2.0', '^0.1.0', false],
  ['0.0.3', '^0.0.3', true],
  ['0.0.4', '^0.0.3', false],
  ['10.20.30', '^10.3.4', true],
  ['1.2.3-beta.1', '^1.2.0', true],
  ['1.2.3', '', undefined],
  ['1.2.3', '^1', undefined],
  ['1.2.3', '^1.2', undefined],
  ['1.2.3', '~1.2.3', undefined],
  ['1.2.3', '>=1.2.3', undefined],
  ['1.2.3', '^1.2.3 || ^2.0.0', undefined],
  ['1.2.3', ' ^1.2.3', undefined],
  ['1.2.3', 'latest', undefined],
])('%s in "%s": %s', (version, range, fits) => {
  expect(inRange(version, range)).toBe(fits)
})
