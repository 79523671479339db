import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { errorPage } from './error-page.js'
import { errorTable } from './error-table.js'

const root = join(import.meta.dirname, '../..')

const sources = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules') && !name.includes('dist'))
    .filter((name) => !name.endsWith('error-table.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))

it('is what its docs page says', () => {
  expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(errorPage())
})

it('holds every code that is used, and no other', () => {
  const used = ['core/src', 'catalog/src', 'link/src', 'agent/src', 'cli/src', 'plugins']
    .flatMap(sources)
    .flatMap((text) => text.match(/PRV_[A-Z_]+/g) ?? [])
    .filter((code) => !code.endsWith('_'))
    .filter((code) => code !== 'PRV_AREA_PROBLEM')
  expect([...new Set(used)].toSorted()).toEqual(Object.keys(errorTable).toSorted())
})
