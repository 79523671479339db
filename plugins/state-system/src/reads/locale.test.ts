import type { Facts } from '@prove/core'
import { expect, it } from 'vitest'
import { localeKind } from './locale.js'

const facts = {} as Facts
const queries = ['de_AT.UTF-8', 'de_DE@euro', 'fr_FR.UTF-8', 'xx_XX'].map((name) => ({ name }))

it('tells which are there, and what would make the others', () => {
  const output =
    'C\nC.utf8\nPOSIX\nde_AT.utf8\nde_DE@euro\n---\nlocale-gen\nlocaledef\n---\nde_AT.UTF-8 UTF-8\nde_DE@euro ISO-8859-15\nfr_FR.UTF-8 UTF-8\n---\n'
  expect(localeKind.parse(Buffer.from(output), queries, facts)).toEqual([
    { ok: true, value: { isThere: true, line: 'de_AT.UTF-8 UTF-8', tool: 'locale-gen' } },
    { ok: true, value: { isThere: true, line: 'de_DE@euro ISO-8859-15', tool: 'locale-gen' } },
    { ok: true, value: { isThere: false, line: 'fr_FR.UTF-8 UTF-8', tool: 'locale-gen' } },
    { ok: true, value: { isThere: false, tool: 'locale-gen' } },
  ])
})

it('tells the same of a host that has nothing of it', () => {
  const answers = localeKind.parse(Buffer.from('---\n---\n---\n'), queries, facts)
  expect(answers[0]).toEqual({ ok: true, value: { isThere: false } })
})

it.each(['', 'C\n---\nlocaledef\n', 'C\n---\nlocaledef\n---\nde_A'])('says so where the answer is %j', (text) => {
  for (const answer of localeKind.parse(Buffer.from(text), queries, facts)) expect(answer).toMatchObject({ ok: false })
})
