import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Facts, Given } from '@prove/core'
import { afterAll, describe, expect, it } from 'vitest'
import { LocalGround } from '../../../../test-fixtures/local-session.js'
import { optionsOf, testShells } from '../../../../test-fixtures/shells.js'
import plugin from '../index.js'
import { type LinkAnswer, linkAt, linkKind } from './link.js'

const folder = mkdtempSync(join(tmpdir(), "prove 'links' "))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

mkdirSync(at('enabled'))
writeFileSync(at('enabled/file'), '')
symlinkSync('../available/münchen', at('enabled/münchen'))
symlinkSync("it's\nodd", at('enabled/-n'))
symlinkSync('file', at('enabled/last'))

const ground = new LocalGround([plugin])
const queryOf = (path: string) => linkAt(path).query as { readonly path: string }
const facts = (dialect: string): Facts => ({ dialect }) as Facts

describe.each(testShells())('links, in $name', (shell) => {
  it('are told with what they lead to', async (ctx) => {
    const names = ['none', 'münchen', 'file', '-n', 'last', 'no/such'].map((name) => at(`enabled/${name}`))
    const session = await ground.open(optionsOf(ctx, shell))
    const found = (await session.read(names.map(linkAt))).map((one) => (one.ok ? (one.value as LinkAnswer) : one))
    await session.close()
    expect(found.map((one) => ('type' in one ? [one.type, one.target] : one))).toEqual([
      ['absent', undefined],
      ['link', '../available/münchen'],
      ['other', undefined],
      ['link', "it's\nodd"],
      ['link', 'file'],
      ['absent', undefined],
    ])
    expect(found.map((one) => 'writable' in one && one.writable)).toEqual([true, true, true, true, true, false])
  })
})

describe('an answer that broke off', () => {
  const queries = ['/a', '/b'].map(queryOf)
  it.each(['', 'link w\n', 'link w\nlink w\n---\n', 'link w\nlink w\n---\nx\0', 'what\n---\n'])('%j', (output) => {
    const answers = linkKind.parse(Buffer.from(output), queries, facts('gnu'))
    expect(answers).toHaveLength(2)
    expect(answers.some(({ ok }) => !ok)).toBe(true)
  })
})

describe('a plan', () => {
  const now: LinkAnswer = { type: 'link', target: '/etc/nginx/sites-available/a', writable: true }
  const given = (path: string, fields: Given['fields']): Given => ({ key: `file:${path}`, fields })
  const predict = (answer: LinkAnswer, ...steps: readonly Given[]) =>
    linkKind.predict?.(queryOf('/etc/nginx/sites-enabled/a'), answer, steps, facts('gnu'))

  it.each([
    ['a new link', given('/etc/nginx/sites-enabled/a', { type: 'link', target: '/b' }), { ...now, target: '/b' }],
    ['a removal', given('/etc/nginx/sites-enabled/a', { type: 'absent' }), { type: 'absent', writable: true }],
    ['a file in its place', given('/etc/nginx/sites-enabled/a', { type: 'file' }), { type: 'other', writable: true }],
    ['what it leads to', given('/etc/nginx/sites-available/a', { type: 'file' }), now],
    ['a directory above it', given('/etc/nginx', { type: 'directory' }), now],
    ['a file above it', given('/etc/nginx', { type: 'file' }), undefined],
    ['something by another name', given('/srv/a', { type: 'file' }), undefined],
    ['a step that does not say', given('/etc/nginx/sites-enabled/a', {}), undefined],
  ])('knows of %s', (_title, step, expected) => {
    expect(predict(now, step)).toEqual(expected)
  })
})
