import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { csr } from './csr.js'
import plugin from './index.js'

const path = '/etc/ssl/a.csr'
const keyPath = '/etc/ssl/a.key'
const now = seenEntry({}, path)
const key = { time: 1, found: { type: 'ed25519', publicKey: 'AA==' } }
const request = { subject: [['CN', 'a.example']], names: ['DNS:a.example'], publicKey: 'AA==' }
const held = { time: 1, found: request }
const why = (reason: string) => ({ time: 1, why: reason, detail: '' })
const gone = { now: seenEntry({ type: 'absent' }, path), held: why('absent') }
const nothing = { changes: [], steps: [] }
const make = [`tls.make ${path}`]

stateTable(
  csr,
  { path, key: keyPath, names: 'a.example' },
  [
    { title: 'converged', seen: { now, held, key }, ...nothing },
    {
      title: 'missing',
      seen: { ...gone, key },
      changes: ['request'],
      steps: [
        {
          kind: 'tls.make',
          fresh: true,
          recipe: {
            make: 'request',
            key: keyPath,
            subject: '/CN=a.example',
            config: `[req]
prompt = no
distinguished_name = subject
string_mask = utf8only
req_extensions = extensions
[subject]
[extensions]
subjectAltName = @names
[names]
DNS.1 = a.example`,
          },
          leaves: { request },
        },
      ],
    },
    {
      title: 'other names',
      args: { names: ['a.example', 'b.example'] },
      seen: { now, held, key },
      changes: ['names'],
      steps: make,
    },
    {
      title: 'another subject',
      args: { subject: { common_name: 'a', country: 'AT' } },
      seen: { now, held, key },
      changes: ['subject'],
      steps: make,
    },
    {
      title: 'another key',
      seen: { now, held, key: { ...key, found: { ...key.found, publicKey: 'AQ==' } } },
      changes: ['key'],
      steps: make,
    },
    { title: 'no request', seen: { now, held: why('unusable'), key }, changes: ['request'], steps: make },
    {
      title: 'only a subject',
      args: { names: undefined, subject: { common_name: 'a.example' } },
      seen: { now, held, key },
      changes: ['names'],
      steps: make,
    },
    {
      title: 'of another mode',
      args: { mode: '0640' },
      seen: { now, held, key },
      changes: ['mode'],
      steps: [`file.attributes ${path}`],
    },
    {
      title: 'no key',
      seen: { ...gone, key: why('absent') },
      ...nothing,
      blocked: `there is no private key at "${keyPath}"`,
    },
    {
      title: 'a key that nobody can read',
      seen: { ...gone, key: why('unusable') },
      ...nothing,
      blocked: 'without a passphrase',
    },
    {
      title: 'where this user may not read',
      seen: { now, held: why('unreadable'), key },
      ...nothing,
      blocked: `may not read "${path}"`,
    },
  ],
  [plugin],
)

it.each([
  [{ key: path, names: 'a' }, 'are one file'],
  [{ key: keyPath }, '"names" or "subject" is needed'],
  [{ key: keyPath, names: `${'a'.repeat(60)}.${'b'.repeat(60)}` }, 'longer than the 64'],
])('%j is refused', (given, told) => {
  expect(csr.conflict?.({ path, ...given })).toContain(told)
})
