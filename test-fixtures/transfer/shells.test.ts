import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { apply } from '../../core/src/engine/apply.js'
import type { Applied } from '../../core/src/engine/applied.js'
import { Interruption } from '../../core/src/engine/interruption.js'
import type { ShellSession } from '../../core/src/wire/shell-session.js'
import { findProgram, systemPath } from '../find-program.js'
import { LocalGround, owner } from '../local-session.js'
import { type LocalOptions, skipOrFail, type TestShell, testShells } from '../shells.js'
import { type ArchiveEntry, tarOf, zipOf } from './archives.js'

const ground = new LocalGround()
const top = mkdtempSync(join(tmpdir(), 'prove-transfer-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

/** Whoever else runs Prove on this machine removes what its state folder names as unfinished: these sessions have one of their own. */
const isolated = (options: LocalOptions, name: string): LocalOptions => {
  const state = join(top, `state-${name}`)
  mkdirSync(state)
  if (process.getuid?.() !== 0) return { ...options, env: { ...options.env, XDG_STATE_HOME: state } }
  mkdirSync('/var/lib/prove', { recursive: true })
  const shell = join(top, `sh-${name}`)
  const inside = `/bin/mount --bind ${state} /var/lib/prove && exec ${options.shell} "$@"`
  writeFileSync(shell, `#!/bin/sh\nexec /usr/bin/unshare -m /bin/sh -c '${inside}' sh "$@"\n`, { mode: 0o755 })
  return { ...options, shell }
}

/** A target that has GNU wget, and no curl. */
const withWget = (): TestShell => {
  const wget = findProgram('wget')
  if (wget === undefined) return { name: 'dash-without-curl', options: undefined }
  const folder = join(top, 'without-curl')
  mkdirSync(folder)
  for (const from of systemPath().filter((each) => existsSync(each))) {
    for (const name of readdirSync(from)) {
      if (name !== 'curl' && !existsSync(join(folder, name))) symlinkSync(join(from, name), join(folder, name))
    }
  }
  return { name: 'dash-without-curl', options: { shell: '/bin/sh', env: { PATH: folder } } }
}

/** The words of every process, as anybody may read them. */
const processes = (): string =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8')
      } catch {
        return ''
      }
    })
    .join('\n')

const release: readonly ArchiveEntry[] = [
  { name: 'app-1/' },
  { name: 'app-1/bin/' },
  { name: 'app-1/bin/app', text: 'program\n', mode: 0o6755 },
  { name: 'app-1/docs/a b.md', text: 'docs\n', mode: 0o666 },
  { name: "app-1/docs/it's", text: 'quote\n' },
  { name: 'app-1/docs/-n', text: 'dash\n' },
  { name: 'app-1/.hidden', text: 'hidden\n' },
  { name: 'app-1/latest', link: 'docs/a b.md' },
  { name: 'app-1/docs/up', link: '../bin/app' },
  { name: 'README', text: 'read me\n' },
]

/** What an archive may try: the names that must not be there afterwards lie beside the destination. */
const attacks: readonly (readonly [string, readonly ArchiveEntry[]])[] = [
  [
    'a name that goes up',
    [
      { name: 'ok', text: 'x' },
      { name: '../evil', text: 'x' },
    ],
  ],
  ['a name that goes up later', [{ name: 'a/b/../../../evil', text: 'x' }]],
  ['an absolute name', [{ name: `${top}/evil`, text: 'x' }]],
  ['an absolute link', [{ name: 'l', link: top }]],
  ['a link that goes up', [{ name: 'l', link: '../evil' }]],
  ['a link that goes up from below', [{ name: 'a/l', link: '../../evil' }]],
  [
    'a link that goes up behind another',
    [{ name: 'a/b/c/' }, { name: 'a/b/c/d', link: '../../..' }, { name: 'l', link: 'a/b/c/d/../../evil' }],
  ],
  [
    'a file behind a link',
    [
      { name: 'l', link: top },
      { name: 'l/evil', text: 'x' },
    ],
  ],
  [
    'a file behind a link that goes up',
    [
      { name: 'l', link: '..' },
      { name: 'l/evil', text: 'x' },
    ],
  ],
]

const tarAttacks: typeof attacks = [
  ...attacks,
  [
    'a hard link to outside',
    [
      { name: 'h', same: `${top}/secret` },
      { name: 'h', text: 'changed' },
    ],
  ],
  [
    'a hard link that goes up',
    [
      { name: 'h', same: '../secret' },
      { name: 'h', text: 'changed' },
    ],
  ],
  ['a pipe', [{ name: 'p', type: '6' }]],
]

describe.each([...testShells(), withWget()])('in $name', ({ name: shell, options }) => {
  let session: ShellSession
  let server: Server
  let root: string
  let at: string
  let served: Record<string, Buffer | 'cut'>
  let seen: { readonly url: string; readonly headers: IncomingHttpHeaders; readonly processes: string }[]

  beforeAll(async () => {
    if (options === undefined) return
    session = await ground.open(isolated(options, shell))
    server = createServer((request, response) => {
      const { url = '', headers } = request
      const body = served[url]
      seen.push({ url, headers, processes: processes() })
      const tag = Buffer.isBuffer(body) ? `"${body.toString('base64').slice(0, 8)}"` : ''
      if (body !== undefined && headers['if-none-match'] === tag) response.writeHead(304).end()
      else if (body === undefined) response.writeHead(404, 'Not here').end()
      else if (body === 'cut') {
        response.writeHead(200, { 'content-length': 1000 }).write('half', () => response.destroy())
      } else response.writeHead(200, { etag: tag }).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await session?.close()
    server?.close()
  })
  beforeEach((ctx) => {
    if (options === undefined) skipOrFail(ctx, 'the shell is missing')
    served = {}
    seen = []
    root = mkdtempSync(join(top, 'case-'))
    writeFileSync(join(top, 'secret'), 'secret')
    writeFileSync(join(root, 'secret'), 'secret')
  })
  afterEach(() => {
    expect(existsSync(join(top, 'evil'))).toBe(false)
    expect(existsSync(join(root, 'evil'))).toBe(false)
    expect(readFileSync(join(top, 'secret'), 'utf8')).toBe('secret')
    expect(readFileSync(join(root, 'secret'), 'utf8')).toBe('secret')
  })

  const run = async (states: Record<string, unknown>): Promise<Applied> => {
    const last = new Map<number, Applied>()
    await apply(ground.turns(states), {
      session,
      facts: session.facts,
      kinds: ground.kernel.kinds,
      interruption: new Interruption(),
      owner,
      speculate: true,
      report: (one) => last.set(one.invocation.sequence, one),
    })
    const [one] = last.values()
    if (one === undefined) throw new Error('nothing ran')
    return one
  }

  /** Applies twice: changed, and then nothing. */
  const changes = async (fn: string, args: Record<string, unknown>): Promise<void> => {
    const { outcome, reason } = await run({ it: { [fn]: args } })
    expect(`${outcome} ${reason ?? ''}`).toBe('changed ')
    expect((await run({ it: { [fn]: args } })).outcome).toBe('ok')
  }
  const fails = async (fn: string, args: Record<string, unknown>): Promise<string> => {
    const { outcome, reason } = await run({ it: { [fn]: args } })
    expect(outcome).toBe('failed')
    return reason ?? ''
  }
  const out = (): string => join(root, 'out')
  const elsewhere = (): string => {
    mkdirSync(join(root, 'elsewhere'))
    return join(root, 'elsewhere')
  }
  const archive = (bytes: Buffer): string => {
    writeFileSync(join(root, 'archive'), bytes)
    return join(root, 'archive')
  }
  const read = (name: string): string => readFileSync(join(out(), name), 'utf8')

  it.each<[string, Buffer]>([
    ['tar', tarOf(release)],
    ['tar with gzip', gzipSync(tarOf(release))],
    ['zip', zipOf(release)],
  ])('extracts %s', async (_kind, bytes) => {
    await changes('archive.extracted', { path: out(), archive: archive(bytes), strip: 1 })
    expect(readdirSync(out()).toSorted()).toEqual(['.hidden', '.prove-extracted', 'bin', 'docs', 'latest'])
    expect([read('bin/app'), read('docs/a b.md'), read("docs/it's"), read('docs/-n')]).toEqual([
      'program\n',
      'docs\n',
      'quote\n',
      'dash\n',
    ])
    expect(readlinkSync(join(out(), 'docs/up'))).toBe('../bin/app')
    const modes = ['.', 'bin', 'bin/app', 'docs/a b.md', '.prove-extracted'].map(
      (name) => statSync(join(out(), name)).mode & 0o7777,
    )
    expect(modes).toEqual([0o755, 0o755, 0o755, 0o644, 0o644])
    expect(lstatSync(join(out(), 'latest')).uid).toBe(process.getuid?.())
    expect(lstatSync(join(out(), 'bin/app')).uid).toBe(process.getuid?.())
    expect(readdirSync(root).toSorted()).toEqual(['archive', 'out', 'secret'])
  })

  it('extracts what is included and not excluded', async () => {
    const args = { include: ['docs', '*.txt', 'bin'], exclude: ['*.md', '/bin/app'] }
    const more = [...release, { name: 'app-1/x/y/z.txt', text: 'z' }, { name: 'app-1/empty/' }]
    await changes('archive.extracted', { path: out(), archive: archive(tarOf(more)), strip: 1, ...args })
    expect((readdirSync(out(), { recursive: true }) as string[]).toSorted()).toEqual([
      '.prove-extracted',
      'bin',
      'docs',
      'docs/-n',
      "docs/it's",
      'docs/up',
      'x',
      'x/y',
      'x/y/z.txt',
    ])
  })

  it('extracts into what is there, with what is there', async () => {
    mkdirSync(join(out(), 'app-1/bin'), { recursive: true })
    chmodSync(join(out(), 'app-1/bin'), 0o700)
    writeFileSync(join(out(), 'app-1/bin/app'), 'old')
    writeFileSync(join(out(), 'app-1/bin/mine'), 'mine')
    symlinkSync('/nowhere', join(out(), 'README'))
    await changes('archive.extracted', { path: out(), archive: archive(gzipSync(tarOf(release))) })
    expect([read('app-1/bin/app'), read('app-1/bin/mine'), read('README')]).toEqual(['program\n', 'mine', 'read me\n'])
    expect(statSync(join(out(), 'app-1/bin')).mode & 0o777).toBe(0o700)
    expect(readdirSync(out()).toSorted()).toEqual(['.prove-extracted', 'README', 'app-1'])
  })

  it('extracts again when the archive has changed, or how', async () => {
    const args = { path: out(), archive: archive(tarOf([{ name: 'a', text: '1' }])) }
    await changes('archive.extracted', args)
    archive(tarOf([{ name: 'a', text: '2' }]))
    await changes('archive.extracted', args)
    expect(read('a')).toBe('2')
    await changes('archive.extracted', { ...args, file_mode: '0600' })
    expect(statSync(join(out(), 'a')).mode & 0o777).toBe(0o600)
  })

  it('extracts many files into a directory that has some of them', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ name: `d/f${i}`, text: String(i) }))
    mkdirSync(join(out(), 'd'), { recursive: true })
    writeFileSync(join(out(), 'd/f7'), 'old')
    await changes('archive.extracted', { path: out(), archive: archive(tarOf(many)) })
    expect(readdirSync(join(out(), 'd'))).toHaveLength(1000)
    expect(read('d/f7')).toBe('7')
  })

  it.each(tarAttacks)('refuses a tar with %s', async (_title, entries) => {
    await fails('archive.extracted', { path: out(), archive: archive(tarOf(entries)) })
    expect(existsSync(out())).toBe(false)
    expect(readdirSync(root).toSorted()).toEqual(['archive', 'secret'])
  })

  it.each(attacks)('refuses a zip with %s', async (_title, entries) => {
    mkdirSync(out())
    await fails('archive.extracted', { path: out(), archive: archive(zipOf(entries)) })
    expect(readdirSync(out())).toEqual([])
  })

  it.each<[string, (folder: string) => void, RegExp]>([
    ['a link to a directory', (folder) => symlinkSync(elsewhere(), join(folder, 'd')), /is a symbolic link/],
    ['a file', (folder) => writeFileSync(join(folder, 'd'), ''), /is a file/],
    ['a directory', (folder) => mkdirSync(join(folder, 'd/evil/x'), { recursive: true }), /is a directory/],
  ])('does not write where %s is in the way', async (_title, prepare, words) => {
    mkdirSync(out())
    prepare(out())
    const before = readdirSync(out(), { recursive: true })
    const bytes = tarOf([
      { name: 'a', text: 'x' },
      { name: 'd/evil', text: 'x' },
    ])
    expect(await fails('archive.extracted', { path: out(), archive: archive(bytes) })).toMatch(words)
    expect(readdirSync(out(), { recursive: true })).toEqual(before)
  })

  it.each<[string, Buffer, RegExp]>([
    ['is no archive', Buffer.from('hello'), /it is no archive/],
    ['is empty', Buffer.alloc(0), /it is no archive/],
    ['breaks off', gzipSync(tarOf(release)).subarray(0, 200), /./],
    ['is a zip that breaks off', zipOf(release).subarray(0, 300), /./],
    ['has nothing below its top', tarOf([{ name: 'a', text: 'x' }]), /nothing of the archive is left/],
  ])('fails where it %s', async (_title, bytes, words) => {
    expect(await fails('archive.extracted', { path: out(), archive: archive(bytes), strip: 1 })).toMatch(words)
    expect(existsSync(out())).toBe(false)
    expect(readdirSync(root).toSorted()).toEqual(['archive', 'secret'])
  })

  it('extracts what a server has', async () => {
    served['/app.tgz'] = gzipSync(tarOf(release))
    await changes('archive.extracted', { path: out(), url: `${at}/app.tgz`, strip: 1 })
    expect(read('bin/app')).toBe('program\n')
    expect(await fails('archive.extracted', { path: out(), url: `${at}/none.tgz` })).toMatch(/none\.tgz: .*404/)
  })

  it('downloads what a server has, as long as it comes whole', async () => {
    served['/a'] = Buffer.from('hello\n')
    served['/cut'] = 'cut'
    await changes('file.download', { path: out(), url: `${at}/a`, mode: '0600' })
    expect(readFileSync(out(), 'utf8')).toBe('hello\n')
    expect(await fails('file.download', { path: join(root, 'cut'), url: `${at}/cut` })).toContain('/cut: ')
    expect(readdirSync(root).toSorted()).toEqual(['out', 'secret'])
  })

  it('reads the sums of a server, and whether it has something else', async () => {
    served['/a'] = Buffer.from('hello\n')
    served['/sums'] = Buffer.from('5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  a\n')
    await changes('file.download', { path: out(), url: `${at}/a`, checksum_url: `${at}/sums` })
    served['/a'] = Buffer.from('other\n')
    await changes('file.download', { path: out(), url: `${at}/a`, refresh: true })
    expect(readFileSync(out(), 'utf8')).toBe('other\n')
    expect(await fails('file.download', { path: out(), url: `${at}/a`, checksum_url: `${at}/none` })).toContain('404')
  })

  it('asks a server whether it has something else, and hears that it has not', async () => {
    served['/a'] = Buffer.from('hello\n')
    await changes('file.download', { path: out(), url: `${at}/a`, refresh: true })
    // The wget of busybox tells nothing of what a server says.
    const expected = shell === 'busybox' ? undefined : '"aGVsbG8K"'
    expect(seen.at(-1)?.headers['if-none-match']).toBe(expected)
  })

  it('shows no secret to whoever lists processes', async () => {
    const secrets = { username: 'me', password: `p"a's\\s $x`, headers: { 'X-Token': 'to"ken', 'X-Empty': '' } }
    served['/a?key=hidden'] = Buffer.from('hello\n')
    const args = { path: out(), url: `${at}/a?key=hidden`, ...secrets }
    if (shell === 'busybox') {
      expect(await fails('file.download', args)).toContain('unavailable: curl')
      return
    }
    await changes('file.download', args)
    const [asked] = seen
    const basic = Buffer.from(`me:${secrets.password}`).toString('base64')
    expect(asked?.headers).toMatchObject({ authorization: `Basic ${basic}`, 'x-token': 'to"ken', 'x-empty': '' })
    expect(asked?.processes).toMatch(/wget|curl/)
    for (const word of ['hidden', secrets.password, 'to"ken']) expect(asked?.processes).not.toContain(word)
    expect(await fails('file.download', { ...args, path: join(root, 'b'), url: `${at}/none?key=hidden` })).toMatch(
      /^exit \d+: \S+\/none\?…: 404 Not here$/,
    )
  })

  it('copies a file', async () => {
    writeFileSync(join(root, "it's"), 'hello\n')
    await changes('file.copy', { path: out(), source: join(root, "it's"), mode: '0600' })
    expect(readFileSync(out(), 'utf8')).toBe('hello\n')
  })
})
