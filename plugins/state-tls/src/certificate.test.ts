import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { certificate } from './certificate.js'
import plugin from './index.js'
import { keyFacts } from './reads/public-key.js'
import { certificates, publicKeys } from './testing/recorded.js'

const path = '/etc/ssl/a.pem'
const keyPath = '/etc/ssl/a.key'
const day = 86_400
const now = seenEntry({}, path)
const why = (reason: string) => ({ time: 0, why: reason, detail: '' })
const gone = { now: seenEntry({ type: 'absent' }, path), held: why('absent') }
const nothing = { changes: [], steps: [] }
const make = [`tls.make ${path}`]

const key = { time: 0, found: keyFacts(publicKeys.leaf) }
const subject = [
  ['C', 'AT'],
  ['O', 'Bäcker / Söhne'],
  ['CN', 'blog.example'],
]
/** As recorded, but for what does not need its signature. */
const facts = {
  subject,
  issuer: subject,
  names: ['DNS:blog.example'],
  publicKey: key.found.publicKey,
  notBefore: 1000 * day,
  notAfter: 1365 * day,
  isAuthority: false,
  usages: ['server'],
  pem: certificates.leaf,
}
const at = (time: number, more: object = {}) => ({ time: time * day, found: { ...facts, ...more } })
const held = at(1100)

const own = { country: 'AT', organization: 'Bäcker / Söhne', common_name: 'blog.example' }

stateTable(
  certificate,
  { path, key: keyPath, names: 'blog.example', subject: own },
  [
    { title: 'converged', seen: { now, held, key }, ...nothing },
    { title: 'converged, 31 days ahead of its end', seen: { now, held: at(1334), key }, ...nothing },
    { title: '30 days ahead of its end', seen: { now, held: at(1335), key }, changes: ['expires'], steps: make },
    {
      title: 'as many days as declared',
      args: { renew_before: 200 },
      seen: { now, held: at(1200), key },
      changes: ['expires'],
      steps: make,
    },
    { title: 'expired', seen: { now, held: at(2000), key }, changes: ['expires'], steps: make },
    { title: 'not good yet', seen: { now, held: at(999), key }, changes: ['begins'], steps: make },
    {
      title: 'missing',
      args: { days: 90 },
      seen: { now: gone.now, held: { ...gone.held, time: 1000 * day }, key },
      changes: ['certificate'],
      steps: [
        {
          kind: 'tls.make',
          fresh: true,
          recipe: {
            make: 'certificate',
            key: keyPath,
            subject: String.raw`/C=AT/O=Bäcker \/ Söhne/CN=blog.example`,
            days: 90,
            authority: undefined,
            config: `[req]
prompt = no
distinguished_name = subject
string_mask = utf8only
x509_extensions = extensions
[subject]
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
subjectKeyIdentifier = hash
extendedKeyUsage = serverAuth
subjectAltName = @names
[names]
DNS.1 = blog.example`,
          },
          leaves: { certificate: { ...facts, notAfter: 1090 * day, pem: '', signer: facts.publicKey } },
        },
      ],
    },
    {
      title: 'as the step before leaves it',
      seen: { now, held: at(1000, { pem: '', signer: facts.publicKey }), key },
      ...nothing,
    },
    { title: 'no certificate', seen: { now, held: why('unusable'), key }, changes: ['certificate'], steps: make },
    { title: 'empty', seen: { now, held: why('empty'), key }, changes: ['certificate'], steps: make },
    {
      title: 'other names',
      args: { names: ['blog.example', 'b.example'] },
      seen: { now, held, key },
      changes: ['names'],
      steps: make,
    },
    {
      title: 'another subject, and so another issuer',
      args: { subject: { common_name: 'x' } },
      seen: { now, held, key },
      changes: ['subject', 'issuer'],
      steps: make,
    },
    {
      title: 'another usage',
      args: { usage: ['client', 'server'] },
      seen: { now, held, key },
      changes: ['usage'],
      steps: make,
    },
    {
      title: 'that of an authority',
      seen: { now, held: at(1100, { isAuthority: true }), key },
      changes: ['authority'],
      steps: make,
    },
    {
      title: 'another key',
      seen: { now, held, key: { time: 0, found: keyFacts(publicKeys.signed) } },
      changes: ['key', 'issuer'],
      steps: make,
    },
    {
      title: 'a key that is yet to be made',
      seen: { now, held, key: { time: 0, found: { type: 'rsa', bits: 3072, publicKey: 'made:/etc/ssl/a.key' } } },
      changes: ['key', 'issuer'],
      steps: [
        {
          recipe: expect.objectContaining({ config: expect.stringContaining('keyEncipherment') as unknown }) as unknown,
        },
      ],
    },
    {
      title: 'signed by nobody',
      seen: { now, held: at(1100, { pem: certificates.old.slice(0, 200) }), key },
      changes: ['issuer'],
      steps: make,
    },
    {
      title: 'of another mode',
      args: { mode: '0600' },
      seen: { now, held, key },
      changes: ['mode'],
      steps: [`file.attributes ${path}`],
    },
    {
      title: 'with a private key in it',
      seen: { now, held: why('mixed'), key },
      ...nothing,
      blocked: 'holds a private key as well',
    },
    { title: 'no key', seen: { ...gone, key: why('absent') }, ...nothing, blocked: 'there is no private key' },
    {
      title: 'a link',
      seen: { now: seenEntry({ type: 'link', target: '/x' }, path), held, key },
      ...nothing,
      blocked: 'symbolic link',
    },
  ],
  [plugin],
)

const caPath = '/etc/ssl/ca.pem'
const caKeyPath = '/etc/ssl/ca.key'
const authorityKey = { time: 0, found: keyFacts(publicKeys.ca) }
const named = [['CN', 'Example CA']]
const ca = {
  ...facts,
  subject: named,
  issuer: named,
  isAuthority: true,
  usages: [],
  names: [],
  publicKey: authorityKey.found.publicKey,
  notAfter: 9000 * day,
  pem: certificates.ca,
}
const authority = { time: 1100 * day, found: ca }
const signed = {
  ...facts,
  subject: [['CN', 'alice']],
  names: ['email:alice@example.org'],
  issuer: named,
  usages: ['client'],
  pem: certificates.signed,
}
const signedHeld = { time: 1100 * day, found: signed }
const ready = { now, held: signedHeld, key, authority, authorityKey }

stateTable(
  certificate,
  {
    path,
    key: keyPath,
    names: 'alice@example.org',
    subject: { common_name: 'alice' },
    usage: 'client',
    ca_certificate: caPath,
    ca_key: caKeyPath,
  },
  [
    { title: 'signed: converged', seen: ready, ...nothing },
    {
      title: 'signed: missing',
      seen: { ...ready, ...gone },
      changes: ['certificate'],
      steps: [{ recipe: expect.objectContaining({ authority: { certificate: caPath, key: caKeyPath } }) as unknown }],
    },
    {
      title: 'signed: by another authority',
      seen: { ...ready, held: { ...signedHeld, found: { ...signed, issuer: [['CN', 'Other CA']] } } },
      changes: ['issuer'],
      steps: make,
    },
    {
      title: 'signed: by another of the same name',
      seen: {
        ...ready,
        authority: { ...authority, found: { ...ca, publicKey: keyFacts(publicKeys.leaf).publicKey } },
        authorityKey: key,
      },
      changes: ['issuer'],
      steps: make,
    },
    {
      title: 'signed: by one that is yet to be made',
      seen: {
        ...ready,
        authority: { ...authority, found: { ...ca, publicKey: 'made:/etc/ssl/ca.key', pem: '' } },
        authorityKey: { time: 0, found: { type: 'rsa', bits: 3072, publicKey: 'made:/etc/ssl/ca.key' } },
      },
      changes: ['issuer'],
      steps: make,
    },
    {
      title: 'signed: by one that is made anew under the same key',
      seen: { ...ready, authority: { ...authority, found: { ...ca, pem: '', signer: ca.publicKey } } },
      ...nothing,
    },
    {
      title: 'signed: no authority',
      seen: { ...ready, authority: why('absent') },
      ...nothing,
      blocked: 'there is no certificate at',
    },
    {
      title: 'signed: an authority that is nonsense',
      seen: { ...ready, authority: why('unusable') },
      ...nothing,
      blocked: 'holds no certificate',
    },
    {
      title: 'signed: no key of the authority',
      seen: { ...ready, authorityKey: why('absent') },
      ...nothing,
      blocked: caKeyPath,
    },
    {
      title: 'signed: a key of somebody else',
      seen: { ...ready, authorityKey: key },
      ...nothing,
      blocked: 'does not belong',
    },
    {
      title: 'signed: by one that is no authority',
      seen: { ...ready, authority: { ...authority, found: { ...ca, isAuthority: false } } },
      ...nothing,
      blocked: 'not that of an authority',
    },
    {
      title: 'signed: by an authority that has expired',
      seen: { ...ready, authority: { ...authority, time: 9001 * day } },
      ...nothing,
      blocked: 'has expired on 1994-08-23',
    },
  ],
  [plugin],
)

it.each([
  [{ key: path }, 'are one file'],
  [{ ca_key: '/k' }, 'need each other'],
  [{ ca_certificate: '/c' }, 'need each other'],
  [{ days: 30 }, 'must be less than "days"'],
  [{ names: undefined }, '"names" or "subject"'],
])('%j is refused', (given, told) => {
  const args = { path, key: keyPath, names: 'a', usage: 'server' as const, days: 365, renew_before: 30, ...given }
  expect(certificate.conflict?.(args)).toContain(told)
})
