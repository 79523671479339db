import type { Facts } from '@prove/core'
import { expect, it } from 'vitest'
import { checkout, checkoutKind, type CheckoutQuery } from './checkout.js'

const facts = {} as Facts
const query: CheckoutQuery = { path: '/srv/app', repository: { url: 'https://x/y' }, submodules: true }
const queries = [query, query]
const commit = 'a'.repeat(40)

const framed = (name: string, text: string): string => `${name} ${Buffer.byteLength(text)}\n${text}\n`
const record = (text: string): string => `${Buffer.byteLength(text)}\n${text}`

/** As a host told it. */
const told = [
  `is checkout\nhead ${commit}\nbranch main\n`,
  framed('url', 'https://x/grüße\n'),
  framed('modified', ' M a.txt\nD  "b c"\n'),
  'own 2\n',
  framed('stale', `-${commit} libs/a\n+${commit} libs/b (v1)\n`),
  framed('inner', ' M libs/b/x\n'),
  framed('remote', `warning: something\nref: refs/heads/main\tHEAD\n${commit}\tHEAD\n${commit}\trefs/heads/main`),
  'end here\n',
].join('')

it('tells what is there, and what the repository has', () => {
  const output = Buffer.from(
    record(told) + record(`is absent\n${framed('unreachable', 'fatal: no\n\nmore')}end here\n`),
  )
  expect(checkoutKind.parse(output, queries, facts)).toEqual([
    {
      ok: true,
      value: {
        is: 'checkout',
        head: commit,
        branch: 'main',
        url: 'https://x/grüße',
        modified: ['M a.txt', 'D "b c"', 'M libs/b/x'],
        own: 2,
        stale: ['libs/a', 'libs/b'],
        remote: { symref: 'main', HEAD: commit, 'refs/heads/main': commit },
      },
    },
    { ok: true, value: { is: 'absent', modified: [], own: 0, stale: [], unreachable: 'fatal: no\n\nmore' } },
  ])
})

it('tells that there is no git', () => {
  expect(checkoutKind.parse(Buffer.from(record('lacks git\n').repeat(2)), queries, facts)[1]).toEqual({
    ok: false,
    problem: 'unavailable',
    detail: 'git',
  })
})

it.each([
  ['nothing', ''],
  ['of one only', record('')],
  ['half of a frame', record(told.slice(0, 70))],
  ['not as long as it says', record(told).slice(0, -10)],
  ['something else', record('su: user x does not exist\n')],
])('says so where the answer is %s', (_title, output) => {
  for (const answer of checkoutKind.parse(Buffer.from(output), queries, facts))
    expect(answer).toMatchObject({ problem: 'failed' })
})

it('shows no password in the key of its question, and asks another one with another password', () => {
  const asked = (password: string): string =>
    checkout({ ...query, repository: { url: 'https://x/y', credentials: { username: 'me', password } } }).key
  expect(asked('geheim')).not.toContain('geheim')
  expect(asked('geheim')).not.toBe(asked('other'))
})
