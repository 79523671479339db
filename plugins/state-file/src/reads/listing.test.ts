import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Facts, Given } from '@prove/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testShells } from '../../../../test-fixtures/shells.js'
import { listing, listingKind, parseListings } from './listing.js'

const query = (path: string): { path: string } => ({ path })
const file = (path: string): object => ({ path, type: 'file' })
const directory = (path: string): object => ({ path, type: 'directory' })

describe('the parser of listings', () => {
  const said = 'd\0/srv/a\0f\0/srv/a/b c\0/srv/a/d\ne\0l\0/srv/end\0o\0/srv/pipe\0end ok \0end ok \0'
  const queries = [query('/srv'), query('/none')]

  it('reads what is there, sorted', () => {
    expect(parseListings(Buffer.from(said), queries)).toEqual([
      {
        ok: true,
        value: [
          directory('a'),
          file('a/b c'),
          file('a/d\ne'),
          { path: 'end', type: 'link' },
          { path: 'pipe', type: 'other' },
        ],
      },
      { ok: true, value: [] },
    ])
  })

  it('reads the root directory', () => {
    const found = parseListings(Buffer.from('d\0/etc\0f\0/etc/motd\0l\0o\0end ok \0'), [query('/')])
    expect(found).toEqual([{ ok: true, value: [directory('etc'), file('etc/motd')] }])
  })

  it('tells what find could not see, of that directory alone', () => {
    const words = 'find: ‘/srv/x’: Permission denied'
    expect(parseListings(Buffer.from(`d\0/srv/x\0f\0l\0o\0end failed ${words}\0end ok \0`), queries)).toEqual([
      { ok: false, problem: 'failed', detail: words },
      { ok: true, value: [] },
    ])
  })

  it.each([0, 3, 12, 30, said.length - 10, said.length - 1])('believes nothing after %i characters', (length) => {
    const found = parseListings(Buffer.from(said.slice(0, length)), queries)
    expect(found).toHaveLength(2)
    expect(found[1]).toEqual({ ok: false, problem: 'failed', detail: 'the answer of the target broke off' })
  })
})

describe('a listing after earlier steps', () => {
  const now = [directory('a'), file('a/b'), file('c')] as never
  const after = (...given: readonly [string, string][]): unknown => {
    const steps: readonly Given[] = given.map(([path, type]) => ({ key: `file:${path}`, fields: { type } }))
    return listingKind.predict?.({ path: '/srv' }, now, steps, {} as Facts)
  }

  it('has what they make, and not what they remove', () => {
    expect(after(['/srv/d', 'file'], ['/srv/a', 'absent'])).toEqual([file('c'), file('d')])
  })

  it('keeps what is in a directory that changes, and nothing of one that becomes something else', () => {
    expect(after(['/srv', 'directory'], ['/srv/a', 'directory'])).toEqual(now)
    expect(after(['/srv/a', 'link'])).toEqual([{ path: 'a', type: 'link' }, file('c')])
    expect(after(['/srv', 'absent'])).toEqual([])
  })

  it('is not known where a step reaches it by another name', () => {
    expect(after(['/mnt/other', 'file'])).toBeUndefined()
  })
})

describe('the script of listings', () => {
  const root = mkdtempSync(join(tmpdir(), 'prove-listing-'))
  const shells = testShells()
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  beforeAll(() => {
    mkdirSync(join(root, "it's/a b"), { recursive: true })
    writeFileSync(join(root, "it's/a b/-n"), '')
    writeFileSync(join(root, 'new\nline'), '')
    symlinkSync('/etc', join(root, 'link'))
  })

  it.each(shells)('sees all in $name', ({ options }) => {
    if (options === undefined) throw new Error('the shell is missing')
    const queries = [root, join(root, 'none'), join(root, 'link'), join(root, "it's")].map(
      (path) => listing(path).query,
    )
    const text = listingKind.script(queries as never, {} as Facts)
    const { stdout } = spawnSync(options.shell, ['-c', text], { env: { ...options.env, D: tmpdir() } })
    expect(listingKind.parse(stdout, queries as never, {} as Facts)).toEqual([
      {
        ok: true,
        value: [
          directory("it's"),
          directory("it's/a b"),
          file("it's/a b/-n"),
          { path: 'link', type: 'link' },
          file('new\nline'),
        ],
      },
      { ok: true, value: [] },
      { ok: true, value: [] },
      { ok: true, value: [directory('a b'), file('a b/-n')] },
    ])
  })
})
