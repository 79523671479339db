import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Facts, Given, Read } from '@prove/core'
import { afterAll, describe, expect, it, type TestContext } from 'vitest'
import { findProgram } from '../../../../test-fixtures/find-program.js'
import { LocalGround } from '../../../../test-fixtures/local-session.js'
import { optionsOf, skipOrFail, type TestShell, testShells } from '../../../../test-fixtures/shells.js'
import plugin from '../index.js'
import { certificates, publicKeys, requests } from '../testing/recorded.js'
import { keyFacts } from './public-key.js'
import { certificateAt, keyAt, requestAt, type TlsAnswer, tlsKind } from './tls.js'

const folder = mkdtempSync(join(tmpdir(), "prove 'tls' "))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

const openssl = findProgram('openssl')
const make = (...words: readonly string[]): void => {
  if (openssl !== undefined) execFileSync(openssl, words, { cwd: folder, stdio: 'ignore' })
}

make('genpkey', '-algorithm', 'ED25519', '-out', 'plain.key')
make(
  'genpkey',
  '-algorithm',
  'RSA',
  '-pkeyopt',
  'rsa_keygen_bits:2048',
  '-aes256',
  '-pass',
  'pass:secret',
  '-out',
  'locked.key',
)
mkdirSync(at('folder'))
mkdirSync(at('bin'))
if (openssl !== undefined) symlinkSync(openssl, at('bin/openssl'))
symlinkSync('leaf.pem', at('linked.pem'))
symlinkSync('nowhere', at('dangling.pem'))
const privateKey = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'
for (const [name, text] of [
  ['empty', ''],
  ['garbage', 'what\0is\xffthis\n'],
  ['leaf.pem', certificates.leaf],
  ['chain.pem', `Subject: of the first\n${certificates.signed}${certificates.ca}`],
  ['crlf.pem', certificates.leaf.replaceAll('\n', '\r\n')],
  ['half.pem', certificates.leaf.slice(0, 300)],
  ['both.pem', `${privateKey}${certificates.leaf}`],
  ['leaf.csr', requests.leaf],
  ['old.csr', requests.leaf.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST')],
] as const)
  writeFileSync(at(name), text, 'latin1')

const ground = new LocalGround([plugin])

const ask = async (ctx: TestContext, shell: TestShell, reads: readonly Read[]) => {
  if (openssl === undefined) return skipOrFail(ctx, 'openssl is not installed')
  const { PATH = '' } = optionsOf(ctx, shell).env
  const session = await ground.open(optionsOf(ctx, shell, { PATH: `${PATH}:${at('bin')}` }))
  const answers = await session.read(reads)
  await session.close()
  return answers.map((one) => (one.ok ? (one.value as TlsAnswer<object>) : one))
}

/** What was found, or why nothing was. */
const told = (answer: Awaited<ReturnType<typeof ask>>[number]): unknown =>
  'found' in answer ? answer.found : 'why' in answer ? answer.why : answer

describe.each(testShells())('in $name', (shell) => {
  it('keys are told by their public halves', async (ctx) => {
    const names = [
      'plain.key',
      'locked.key',
      'none',
      'no/such',
      'empty',
      'garbage',
      'folder',
      'leaf.pem',
      'dangling.pem',
    ]
    const answers = await ask(
      ctx,
      shell,
      names.map((name) => keyAt(at(name))),
    )
    expect(answers.map(told)).toEqual([
      { type: 'ed25519', publicKey: expect.any(String) as unknown },
      'unusable',
      'absent',
      'absent',
      'empty',
      'unusable',
      'other',
      'unusable',
      'other',
    ])
    expect(answers[3]).toMatchObject({ nowhere: true })
    const times = answers.map((one) => ('time' in one ? Math.abs(one.time - Date.now() / 1000) < 600 : one))
    expect(new Set(times)).toEqual(new Set([true]))
  })

  it('certificates and requests are told, and nothing that lies beside them', async (ctx) => {
    const certificate = [
      'leaf.pem',
      'linked.pem',
      'crlf.pem',
      'chain.pem',
      'half.pem',
      'both.pem',
      'leaf.csr',
      'garbage',
    ]
    const request = ['leaf.csr', 'old.csr', 'leaf.pem', 'none']
    const answers = await ask(ctx, shell, [
      ...certificate.map((name) => certificateAt(at(name))),
      ...request.map((name) => requestAt(at(name))),
    ])
    const blog = expect.objectContaining({
      subject: expect.arrayContaining([['CN', 'blog.example']]) as unknown,
    }) as unknown
    const alice = expect.objectContaining({ subject: [['CN', 'alice']], pem: certificates.signed }) as unknown
    expect(answers.map(told)).toEqual([
      ...[blog, blog, blog, alice, 'unusable', 'mixed', 'unusable', 'unusable'],
      ...[blog, blog, 'unusable', 'absent'],
    ])
    expect(JSON.stringify(answers)).not.toContain('PRIVATE')
  })
})

it('without openssl nothing is told', async (ctx) => {
  // Of busybox alone, which has none.
  const [, , shell] = testShells()
  if (shell === undefined) throw new Error('no third shell')
  const session = await ground.open(optionsOf(ctx, shell))
  expect(await session.read([keyAt(at('none'))])).toEqual([{ ok: false, problem: 'unavailable', detail: 'openssl' }])
  await session.close()
})

const facts = {} as Facts
const queryOf = ({ query }: Read) =>
  query as { readonly path: string; readonly holds: 'key' | 'certificate' | 'request' }

it('a recorded answer that breaks off anywhere is a failure of what it lacks', () => {
  const queries = [keyAt('/k'), certificateAt('/c')].map(queryOf)
  const output = Buffer.from(
    `1790000000\ny\n${publicKeys.ca.length} \n${publicKeys.ca}${certificates.leaf.length} \n${certificates.leaf}`,
  )
  expect(tlsKind.parse(output, queries, facts).map(({ ok }) => ok)).toEqual([true, true])
  for (let size = 0; size < output.length; size++) {
    const answers = tlsKind.parse(output.subarray(0, size), queries, facts)
    expect(answers).toHaveLength(2)
    expect(answers[1]?.ok, `${size}`).toBe(false)
  }
})

describe('a plan', () => {
  const key = keyFacts(publicKeys.ca)
  const now: TlsAnswer<object> = { time: 1, found: key }
  const given = (path: string, fields: Given['fields']): Given => ({ key: `file:${path}`, fields })
  const made = { type: 'file', sha256: 'unforeseen', tls: { key: { ...key, publicKey: 'made:/a/k' } } }

  it('knows what is in a directory that it makes', () => {
    const nowhere = { time: 1, why: 'absent', detail: '', nowhere: true } as const
    const steps = [given('/a', { type: 'directory' }), given('/a/other', { type: 'file' })]
    const predict = (answer: object) => tlsKind.predict?.(queryOf(keyAt('/a/k')), answer as never, steps, facts)
    expect(predict(nowhere)).toEqual(nowhere)
    expect(predict({ time: 1, why: 'absent', detail: '' })).toBeUndefined()
  })

  it.each([
    ['a new key', given('/a/k', made), { time: 1, found: { ...key, publicKey: 'made:/a/k' } }],
    ['a certificate in its place', given('/a/k', { type: 'file', sha256: 'x', tls: { certificate: {} } }), undefined],
    ['another content', given('/a/k', { type: 'file', sha256: 'f' }), undefined],
    ['another mode', given('/a/k', { type: 'file', mode: '0600' }), now],
    ['a removal', given('/a/k', { type: 'absent' }), { time: 1, why: 'absent', detail: '' }],
    ['a link in its place', given('/a/k', { type: 'link', target: 'x' }), undefined],
    ['a directory above', given('/a', { type: 'directory' }), now],
    ['a removal above', given('/a', { type: 'absent' }), undefined],
    ['another name of it', given('/b', { type: 'file' }), undefined],
  ])('knows of %s', (_title, step, expected) => {
    expect(tlsKind.predict?.(queryOf(keyAt('/a/k')), now as never, [step], facts)).toEqual(expected)
  })
})
