import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { ca } from './ca.js'
import plugin from './index.js'
import { keyFacts } from './reads/public-key.js'
import { certificates, publicKeys } from './testing/recorded.js'

const path = '/etc/ssl/ca.pem'
const keyPath = '/etc/ssl/ca.key'
const day = 86_400
const now = seenEntry({}, path)
const key = { time: 0, found: keyFacts(publicKeys.ca) }
const subject = [['CN', 'Example CA']]
const facts = {
  subject,
  issuer: subject,
  names: [],
  usages: [],
  isAuthority: true,
  publicKey: key.found.publicKey,
  notBefore: 1000 * day,
  notAfter: 4650 * day,
  pem: certificates.ca,
}
const held = { time: 1100 * day, found: facts }
const absent = { time: 1000 * day, why: 'absent', detail: '' }
const nothing = { changes: [], steps: [] }
const make = [`tls.make ${path}`]

stateTable(
  ca,
  { path, key: keyPath, subject: { common_name: 'Example CA' } },
  [
    { title: 'converged', seen: { now, held, key }, ...nothing },
    {
      title: 'missing',
      seen: { now: seenEntry({ type: 'absent' }, path), held: absent, key },
      changes: ['certificate'],
      steps: [
        {
          kind: 'tls.make',
          recipe: expect.objectContaining({
            days: 3650,
            config: expect.stringContaining('CA:TRUE\nkeyUsage = critical, keyCertSign, cRLSign\n') as unknown,
          }) as unknown,
          leaves: { certificate: { ...facts, pem: '', signer: facts.publicKey } },
        },
      ],
    },
    {
      title: 'a year ahead of its end',
      seen: { now, held: { ...held, time: 4285 * day }, key },
      changes: ['expires'],
      steps: make,
    },
    {
      title: 'another key',
      seen: { now, held, key: { time: 0, found: keyFacts(publicKeys.leaf) } },
      changes: ['key', 'issuer'],
      steps: make,
    },
    {
      title: 'another subject',
      args: { subject: { common_name: 'Other CA' } },
      seen: { now, held, key },
      changes: ['subject', 'issuer'],
      steps: make,
    },
    {
      title: 'no authority',
      seen: { now, held: { ...held, found: { ...facts, isAuthority: false } }, key },
      changes: ['authority'],
      steps: make,
    },
    { title: 'no key', seen: { now, held, key: absent }, ...nothing, blocked: 'there is no private key' },
    {
      title: 'of another owner',
      args: { group: '33' },
      seen: { now, held, key },
      changes: ['group'],
      steps: [`file.attributes ${path}`],
    },
  ],
  [plugin],
)

it('a key and its certificate are two files', () => {
  const args = { path, key: path, subject: { common_name: 'a' }, days: 2, renew_before: 1 }
  expect(ca.conflict?.(args)).toContain('are one file')
})
