import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { z } from '@prove/core'
import { download } from './download.js'
import plugin from './index.js'
import { fileDownloadKind } from './steps/download.js'

const path = '/opt/app.tgz'
const url = 'https://example.org/app-1.4/app.tgz'
const hello = blobOf('hello\n').sha256
const other = blobOf('other\n').sha256
const long = '0f'.repeat(64)
const tool = 'curl'
const now = seenFile({}, path)
const absent = seenEntry({ type: 'absent' }, path)
const nothing = { changes: [], steps: [] }
const step = { kind: 'file.download', path, request: { url } }
const checksum_url = 'https://example.org/app-1.4/SHA256SUMS'

stateTable(
  download,
  { path, url },
  [
    { title: 'converged: it is there', seen: { now, tool }, ...nothing },
    { title: 'there, though the target could not fetch it', seen: { now, tool: 'none' }, ...nothing },
    {
      title: 'missing',
      seen: { now: absent, tool },
      changes: ['type'],
      steps: [{ ...step, fresh: true, checksum: undefined, noted: false, timeout: 600 }],
    },
    {
      title: 'missing, with a checksum',
      args: { checksum: `sha256:${hello}`, mode: '0600' },
      seen: { now: absent, tool },
      changes: ['type', 'mode'],
      steps: [{ ...step, checksum: { algorithm: 'sha256', hex: hello }, mode: '0600' }],
    },
    { title: 'with its checksum', args: { checksum: `sha256:${hello}` }, seen: { now, tool }, ...nothing },
    {
      title: 'with another checksum',
      args: { checksum: `sha256:${other}` },
      seen: { now, tool },
      changes: ['content'],
      steps: [{ ...step, fresh: false, checksum: { algorithm: 'sha256', hex: other } }],
    },
    {
      title: 'with its longer checksum',
      args: { checksum: `sha512:${long}` },
      seen: { now, tool, digest: long },
      ...nothing,
    },
    {
      title: 'with another longer checksum',
      args: { checksum: `sha512:${long}` },
      seen: { now, tool, digest: long.replaceAll('f', 'e') },
      changes: ['content'],
      steps: [{ ...step, checksum: { algorithm: 'sha512', hex: long } }],
    },
    {
      title: 'as its table has it',
      args: { checksum_url },
      seen: { now, tool, sums: `${hello}  app.tgz\n` },
      ...nothing,
    },
    {
      title: 'other than its table has it, with a backup',
      args: { checksum_url, backup: true },
      seen: {
        now,
        tool,
        sums: `${other}  app.tgz\n`,
        kept: seenEntry({ type: 'absent' }, `${path}.${hello.slice(0, 8)}.bak`),
      },
      changes: ['content'],
      steps: [{ ...step, backup: `${path}.${hello.slice(0, 8)}.bak`, checksum: { algorithm: 'sha256', hex: other } }],
    },
    {
      title: 'a table without it',
      args: { checksum_url },
      seen: { now, tool, sums: `${other}  app.zip\n` },
      ...nothing,
      blocked: 'has no checksum, or no single one, of "app.tgz"',
    },
    { title: 'as the server has it still', args: { refresh: true }, seen: { now, tool, fresh: 'same' }, ...nothing },
    {
      title: 'of which the server has another, with the same content',
      args: { refresh: true },
      seen: { now, tool, fresh: { sha256: hello } },
      ...nothing,
    },
    {
      title: 'of which the server has another',
      args: { refresh: true },
      seen: { now, tool, fresh: { sha256: other } },
      changes: ['content'],
      steps: [{ ...step, noted: true, checksum: { algorithm: 'sha256', hex: other } }],
    },
    {
      title: 'other mode alone',
      args: { mode: '0600' },
      seen: { now, tool: 'none' },
      changes: ['mode'],
      steps: ['file.attributes /opt/app.tgz'],
    },
    { title: 'neither curl nor wget', seen: { now: absent, tool: 'none' }, ...nothing, blocked: 'unavailable: curl' },
    {
      title: 'https and the wget of busybox',
      seen: { now: absent, tool: 'busybox' },
      ...nothing,
      blocked: 'neither checks certificates',
    },
    {
      title: 'http and the wget of busybox',
      args: { url: 'http://example.org/app.tgz' },
      seen: { now: absent, tool: 'busybox' },
      changes: ['type'],
      steps: ['file.download /opt/app.tgz'],
    },
    {
      title: 'a link',
      seen: { now: seenEntry({ type: 'link' }, path), tool },
      ...nothing,
      blocked: 'replace_link would replace it',
    },
    {
      title: 'a link, with replace_link',
      args: { replace_link: true },
      seen: { now: seenEntry({ type: 'link' }, path), tool },
      changes: ['type'],
      steps: [{ ...step, replaceLink: true }],
    },
    {
      title: 'no directory',
      seen: { now: seenEntry({ parent: 'absent' }, path), tool },
      ...nothing,
      blocked: 'create_parents would make it',
    },
    {
      title: 'what cannot be read, with a checksum',
      args: { checksum: `sha256:${hello}` },
      seen: { now: seenEntry({}, path), tool },
      ...nothing,
      blocked: 'may not read "/opt/app.tgz"',
    },
    {
      title: 'other content of a hard-linked file',
      args: { checksum: `sha256:${other}` },
      seen: { now: seenFile({ names: 2 }, path), tool },
      ...nothing,
      blocked: 'has 2 names',
    },
  ],
  [plugin],
)

describe('the arguments of file.download', () => {
  const schema = z.strictObject(download.args)
  const isValid = (more: object): boolean => schema.safeParse({ path, url, ...more }).success

  it.each([
    'ftp://x/y',
    'file:///etc/passwd',
    '/etc/passwd',
    'https://',
    'https://me:pass@host/x',
    'http://host/a b',
    'http://host/"x',
    'http://host/x\nurl = "file:///etc/shadow"',
  ])('refuse the address %j', (wrong) => expect(isValid({ url: wrong })).toBe(false))

  it.each([
    { headers: { 'X-A': 'b\nX-C: d' } },
    { headers: { 'X A': 'b' } },
    { headers: { '@/etc/shadow': 'x' } },
    { username: 'a:b' },
    { password: 'x\ny' },
    { ca: 'relative' },
  ])('refuse %j', (wrong) => expect(isValid(wrong)).toBe(false))

  it('exclude each other where they contradict', () => {
    const conflict = (more: object): unknown => download.conflict?.({ path, url, ...more })
    expect(conflict({ checksum: `sha256:${hello}`, refresh: true })).toContain('exclude each other')
    expect(conflict({ checksum: `sha256:${hello}`, checksum_url })).toContain('exclude each other')
    expect(conflict({ password: 'x' })).toContain('"username"')
    expect(conflict({ checksum: `sha256:${hello}`, refresh: false })).toBeUndefined()
  })

  it('send credentials to no other server', () => {
    const secret = { username: 'me', password: 'x', headers: { A: 'b' }, ca: '/etc/ca' }
    const sumsOf = (address: string): unknown =>
      download.reads({ path, url, checksum_url: address, ...secret }, {})['sums']?.query
    expect(sumsOf(checksum_url)).toMatchObject(secret)
    for (const address of ['https://other.org/S', 'http://example.org/S', 'https://example.org:444/S']) {
      expect(sumsOf(address)).toEqual({
        url: address,
        ca: '/etc/ca',
        headers: undefined,
        username: undefined,
        password: undefined,
      })
    }
  })
})

it('says what it leaves only where that is known', () => {
  const gives = (checksum?: object): unknown => fileDownloadKind.gives?.({ ...step, checksum } as never, {} as never)
  expect(gives()).toBeUndefined()
  expect(gives({ algorithm: 'sha512', hex: long })).toBeUndefined()
  expect(gives({ algorithm: 'sha256', hex: hello })).toMatchObject([{ key: `file:${path}`, fields: { sha256: hello } }])
})
