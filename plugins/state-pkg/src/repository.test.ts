import { z } from '@prove/core'
import { blobOf, type ExpectedStep, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import plugin from './index.js'
import { repository } from './repository.js'
import { seenPackages } from './testing/seen.js'
import { repositoryText } from './repository-text.js'

const path = '/etc/apt/sources.list.d/own.sources'
const keyPath = '/etc/apt/keyrings/own.asc'
const key = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n-----END PGP PUBLIC KEY BLOCK-----\n'
const given = { name: 'own', uris: 'https://example.org/debian', suites: 'bookworm', components: ['main', 'extra'] }
const text = `# Kept by Prove; changes by hand will be undone.
Types: deb
URIs: https://example.org/debian
Suites: bookworm
Components: main extra
`
const nowhere = { uris: undefined, suites: undefined, components: undefined }
const host = seenPackages([])
const nothing = { changes: [], steps: [] }
const file = (content: string, at = path) => seenFile({ sha256: blobOf(content).sha256, size: content.length }, at)
const absent = seenEntry({ type: 'absent' }, path)
const noKey = seenEntry({ type: 'absent', parent: 'absent' }, keyPath)
const signed = `${text}Signed-By: ${keyPath}\n`
const step = (fields: Record<string, unknown>): ExpectedStep => ({
  kind: 'pkgrepo.write',
  name: 'own',
  path,
  lock: 120,
  ...fields,
})

stateTable(
  repository,
  given,
  [
    { title: 'converged', seen: { host, now: file(text) }, ...nothing },
    { title: 'not there', seen: { host, now: absent }, changes: ['type'], steps: [step({ update: true })] },
    {
      title: 'another text',
      seen: { host, now: file('x'), old: { text: 'x' } },
      changes: ['content'],
      steps: [step({ update: true })],
    },
    {
      title: 'another mode',
      seen: { host, now: { ...file(text), mode: '0600' } },
      changes: ['mode'],
      steps: [step({})],
    },
    {
      title: 'out of use',
      args: { enabled: false },
      seen: { host, now: absent },
      changes: ['type'],
      steps: [step({ update: false })],
    },
    {
      title: 'a host without APT',
      seen: { host: seenPackages([], { manager: 'dnf' }), now: absent },
      ...nothing,
      blocked: 'kept by dnf, not by APT',
    },
    {
      title: 'a link',
      seen: { host, now: seenEntry({ type: 'link' }, path) },
      ...nothing,
      blocked: 'is a symbolic link',
    },
    {
      title: 'with a key, converged',
      args: { signed_by: key },
      seen: { host, now: file(signed), key: file(key, keyPath) },
      ...nothing,
    },
    {
      title: 'with a key of the catalog, converged',
      args: { signed_by_source: blobOf(key) },
      seen: { host, now: file(signed), key: file(key, keyPath) },
      ...nothing,
    },
    {
      title: 'with a key on the target, converged',
      args: { signed_by: '/usr/share/keyrings/own.gpg' },
      seen: { host, now: file(`${text}Signed-By: /usr/share/keyrings/own.gpg\n`) },
      ...nothing,
    },
    {
      title: 'with a key, not there',
      args: { signed_by: key },
      seen: { host, now: absent, key: noKey },
      changes: ['type', 'key type'],
      steps: [
        step({ key: { path: keyPath, blob: expect.objectContaining({ sha256: blobOf(key).sha256 }) as unknown } }),
      ],
    },
    {
      title: 'with another key',
      args: { signed_by: key },
      seen: { host, now: file(signed), key: file('other', keyPath) },
      changes: ['key content'],
      steps: [step({ update: true })],
    },
    {
      title: 'away, converged',
      args: { ...nowhere, absent: true },
      seen: { host, now: absent, key: noKey },
      ...nothing,
    },
    {
      title: 'away, and there',
      args: { ...nowhere, absent: true },
      seen: { host, now: file(text), key: file(key, keyPath) },
      changes: ['type', 'key type'],
      steps: [{ kind: 'pkgrepo.remove', paths: [path, keyPath] }],
    },
    {
      title: 'away, and a directory',
      args: { ...nowhere, absent: true },
      seen: { host, now: seenEntry({ type: 'directory' }, path), key: noKey },
      ...nothing,
      blocked: 'is a directory',
    },
    {
      title: 'away, where nobody may write',
      args: { ...nowhere, absent: true },
      seen: { host, now: { ...file(text), writable: false }, key: noKey },
      ...nothing,
      blocked: 'may not be written',
    },
  ],
  [plugin],
)

describe('the description of a repository', () => {
  it('has a field for everything that is given', () => {
    const all = {
      name: 'own',
      types: ['deb', 'deb-src'],
      uris: ['https://a.example', 'https://b.example'],
      suites: ['x', 'y'],
      components: ['main'],
      architectures: ['amd64'],
      enabled: false,
      trusted: true,
    }
    expect(repositoryText(all, '/k.asc')).toBe(`# Kept by Prove; changes by hand will be undone.
Enabled: no
Types: deb deb-src
URIs: https://a.example https://b.example
Suites: x y
Components: main
Architectures: amd64
Signed-By: /k.asc
Trusted: yes
`)
  })
})

describe('pkgrepo.apt refuses', () => {
  const schema = z.strictObject(repository.args)
  it.each([
    { name: 'a b' },
    { name: '../own' },
    { name: '-own' },
    { name: 'größe' },
    { uris: 'example.org' },
    { uris: 'https://user:secret@example.org/debian' },
    { uris: 'https://example.org/a\nTrusted: yes' },
    { suites: 'a b' },
    { components: 'main\nTrusted: yes' },
    { types: 'rpm' },
    { signed_by: 'a key' },
    { signed_by: '-----BEGIN PGP PRIVATE KEY BLOCK-----\n' },
  ])('%j', (wrong) => {
    expect(schema.safeParse({ ...given, ...wrong }).success).toBe(false)
  })

  it.each([
    [{ uris: undefined }, /expected "uris"/],
    [{ suites: undefined }, /expected "suites"/],
    [{ components: undefined }, /expected "components"/],
    [{ suites: './' }, /has no components/],
    [{ absent: true }, /"absent" and "uris" exclude/],
    [{ signed_by: key, signed_by_source: blobOf(key) }, /exclude each other/],
  ])('%j together', (more, words) => {
    const all = Object.entries({ ...given, ...more }).filter(([, value]) => value !== undefined)
    expect(repository.conflict?.(schema.parse(Object.fromEntries(all)))).toMatch(words)
  })
})
