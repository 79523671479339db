import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import { key } from './key.js'

const path = '/etc/ssl/private/a.key'
const deep = '/srv/keys/a/a.key'
const now = seenEntry({ mode: '0600' }, path)
const absent = seenEntry({ type: 'absent' }, path)
const holds = (type: string, bits?: number) => ({
  time: 1,
  found: { type, ...(bits === undefined ? {} : { bits }), publicKey: 'AA==' },
})
const why = (reason: string) => ({ time: 1, why: reason, detail: '' })
const nothing = { changes: [], steps: [] }
const gone = { now: absent, held: why('absent') }

stateTable(
  key,
  { path },
  [
    { title: 'converged', seen: { now, held: holds('ecdsa', 256) }, ...nothing },
    { title: 'converged, of any kind', seen: { now, held: holds('ed448') }, ...nothing },
    {
      title: 'converged, of the declared kind',
      args: { type: 'rsa' },
      seen: { now, held: holds('rsa', 4096) },
      ...nothing,
    },
    {
      title: 'missing',
      seen: gone,
      changes: ['key'],
      steps: [
        {
          kind: 'tls.make',
          path,
          mode: '0600',
          fresh: true,
          recipe: { make: 'key', type: 'ecdsa', bits: 256 },
          leaves: { key: { type: 'ecdsa', bits: 256, publicKey: `made:${path}` } },
        },
      ],
    },
    {
      title: 'missing, of rsa',
      args: { type: 'rsa' },
      seen: gone,
      changes: ['key'],
      steps: [{ recipe: { make: 'key', type: 'rsa', bits: 3072 } }],
    },
    {
      title: 'missing, of ed25519',
      args: { type: 'ed25519' },
      seen: gone,
      changes: ['key'],
      steps: [{ leaves: { key: { type: 'ed25519', publicKey: `made:${path}` } } }],
    },
    {
      title: 'missing with what is above it',
      args: { path: deep },
      seen: { now: seenEntry({ parent: 'absent' }, deep), held: why('absent') },
      ...nothing,
      blocked: 'create_parents would make it',
    },
    {
      title: 'missing with what is above it, with create_parents',
      args: { path: deep, create_parents: true },
      seen: { now: seenEntry({ parent: 'absent' }, deep), held: why('absent') },
      changes: ['key'],
      steps: [{ parents: ['/srv/keys', '/srv/keys/a'] }],
    },
    {
      title: 'readable by all',
      seen: { now: { ...now, mode: '0644' }, held: holds('rsa', 2048) },
      changes: ['mode'],
      steps: [`file.attributes ${path}`],
    },
    {
      title: 'of another kind',
      args: { type: 'rsa' },
      seen: { now, held: holds('ecdsa', 256) },
      ...nothing,
      blocked: 'is a key of ecdsa 256',
    },
    {
      title: 'of another size',
      args: { type: 'rsa', bits: 4096 },
      seen: { now, held: holds('rsa', 2048) },
      ...nothing,
      blocked: 'is a key of rsa 2048',
    },
    {
      title: 'of another kind, with replace',
      args: { type: 'rsa', replace: true },
      seen: { now, held: holds('ecdsa', 256) },
      changes: ['key'],
      steps: [{ kind: 'tls.make', fresh: false }],
    },
    { title: 'no key', seen: { now, held: why('unusable') }, ...nothing, blocked: 'holds no private key' },
    { title: 'empty', seen: { now, held: why('empty') }, ...nothing, blocked: 'holds no private key' },
    {
      title: 'no key, with replace',
      args: { replace: true },
      seen: { now, held: why('unusable') },
      changes: ['key'],
      steps: [`tls.make ${path}`],
    },
    {
      title: 'unreadable',
      args: { replace: true },
      seen: { now, held: why('unreadable') },
      ...nothing,
      blocked: 'may not read',
    },
    {
      title: 'a link',
      seen: { now: seenEntry({ type: 'link', target: '/x' }, path), held: holds('rsa', 2048) },
      ...nothing,
      blocked: 'is a symbolic link to "/x"',
    },
    {
      title: 'a directory',
      seen: { now: seenEntry({ type: 'directory' }, path), held: why('other') },
      ...nothing,
      blocked: 'is a directory',
    },
    {
      title: 'where this user may not write',
      seen: { now: { ...absent, writable: false }, held: why('absent') },
      ...nothing,
      blocked: 'may not be written',
    },
    {
      title: 'of an owner that does not exist',
      args: { owner: 'web' },
      seen: { ...gone, user: { id: undefined } },
      ...nothing,
      blocked: 'there is no user "web"',
    },
  ],
  [plugin],
)

it.each([
  [{ bits: 256 }, 'needs "type"'],
  [{ type: 'ed25519', bits: 256 }, 'no "bits"'],
  [{ type: 'ecdsa', bits: 2048 }, '256, 384 or 521'],
  [{ type: 'rsa', bits: 1024 }, '2048 to 16384'],
] as const)('%j is refused', (given, told) => {
  expect(key.conflict?.({ path, mode: '0600', ...given })).toContain(told)
})
