import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { readlinkSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest'
import { LocalGround } from '../../../test-fixtures/local-session.js'
import { optionsOf, type TestShell, testShells } from '../../../test-fixtures/shells.js'
import type { Step, StepResult } from '../contracts/step.js'
import { makeBlob } from '../made-blob.js'
import { quote } from '../wire/quote.js'
import type { FileLinkStep, FileRemoveStep, FileWriteStep } from './file.js'

const ground = new LocalGround()
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "prove 'confirm' "))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string): string => join(folder, name)

const perform = async (ctx: TestContext, shell: TestShell, step: Step): Promise<StepResult> => {
  const [result] = await ground.perform(optionsOf(ctx, shell), [step])
  if (result === undefined) throw new Error('no result')
  return result
}

const write = (more: Partial<FileWriteStep> = {}): FileWriteStep => ({
  kind: 'file.write',
  path: at('site'),
  blob: makeBlob('new\n'),
  ...more,
})

const link = (more: Partial<FileLinkStep> = {}): FileLinkStep => ({
  kind: 'file.link',
  path: at('link'),
  target: 'new',
  ...more,
})

const remove = (more: Partial<FileRemoveStep> = {}): FileRemoveStep => ({
  kind: 'file.remove',
  path: at('site'),
  ...more,
})

const refuse = { command: 'echo "site:3: unknown word" >&2; exit 9' }

/** Keeps what it sees at the path, then ends as it is told. */
const looks = (name: string, exit: number): { command: string } => {
  const seen = quote(at('seen'))
  return { command: `cat ${quote(at(name))} >${seen} 2>/dev/null || echo gone >${seen}; exit ${exit}` }
}

/** A file with a mode, an owner and a time of its own. */
const older = (name: string): void => {
  writeFileSync(at(name), 'old\n')
  if (process.getuid?.() === 0) chownSync(at(name), 1234, 4321)
  chmodSync(at(name), 0o640)
  utimesSync(at(name), 1e9, 1e9)
}

const attributesOf = (name: string): unknown => {
  const { mode, uid, gid, mtimeMs } = lstatSync(at(name))
  return { mode, uid, gid, mtimeMs }
}

describe.each(testShells())('what is to be confirmed, in $name', (shell) => {
  it('is in place when the command looks, and stays when it agrees', async (ctx) => {
    older('site')
    const { status } = await perform(ctx, shell, write({ confirm: looks('site', 0) }))
    expect(status).toBe('done')
    expect(readFileSync(at('seen'), 'utf8')).toBe('new\n')
    expect(readFileSync(at('site'), 'utf8')).toBe('new\n')
    expect(lstatSync(at('site')).mode & 0o7777).toBe(0o640)
    expect(readdirSync(folder).toSorted()).toEqual(['seen', 'site'])
  })

  it('is taken back with mode, owner and time where the command fails, in whose words and status the step ends', async (ctx) => {
    older('site')
    const before = attributesOf('site')
    const { status, exit, stderr } = await perform(ctx, shell, write({ mode: '0600', confirm: refuse }))
    expect([status, exit]).toEqual(['failed', 9])
    expect(stderr).toContain('site:3: unknown word')
    expect(stderr).toContain('taken back')
    expect(readFileSync(at('site'), 'utf8')).toBe('old\n')
    expect(attributesOf('site')).toEqual(before)
    expect(readdirSync(folder)).toEqual(['site'])
  })

  it('is removed where nothing was before', async (ctx) => {
    const { status } = await perform(ctx, shell, write({ fresh: true, confirm: looks('site', 1) }))
    expect(status).toBe('failed')
    expect(readFileSync(at('seen'), 'utf8')).toBe('new\n')
    expect(readdirSync(folder)).toEqual(['seen'])
  })

  it('gives way to the link that it replaced', async (ctx) => {
    older('elsewhere')
    symlinkSync('elsewhere', at('site'))
    const { status } = await perform(ctx, shell, write({ replaceLink: true, confirm: refuse }))
    expect(status).toBe('failed')
    expect(readlinkSync(at('site'))).toBe('elsewhere')
    expect(readFileSync(at('elsewhere'), 'utf8')).toBe('old\n')
    expect(readdirSync(folder).toSorted()).toEqual(['elsewhere', 'site'])
  })

  it('is a link: it stays when the command agrees', async (ctx) => {
    symlinkSync('old', at('link'))
    writeFileSync(at('new'), 'content\n')
    const { status } = await perform(ctx, shell, link({ confirm: looks('link', 0) }))
    expect(status).toBe('done')
    expect(readFileSync(at('seen'), 'utf8')).toBe('content\n')
    expect(readlinkSync(at('link'))).toBe('new')
    expect(readdirSync(folder).toSorted()).toEqual(['link', 'new', 'seen'])
  })

  it('is a link: it leads again where it led, where the command fails', async (ctx) => {
    symlinkSync('old', at('link'))
    writeFileSync(at('new'), 'content\n')
    const { status, exit, stderr } = await perform(ctx, shell, link({ confirm: refuse }))
    expect([status, exit]).toEqual(['failed', 9])
    expect(stderr).toContain('site:3: unknown word')
    expect(readlinkSync(at('link'))).toBe('old')
    expect(readdirSync(folder).toSorted()).toEqual(['link', 'new'])
  })

  it('is a link: it is removed where nothing was before', async (ctx) => {
    const { status } = await perform(ctx, shell, link({ confirm: refuse }))
    expect(status).toBe('failed')
    expect(readdirSync(folder)).toEqual([])
  })

  it('is a link in place of the file that it leads to: the file is there again', async (ctx) => {
    older('link')
    const before = attributesOf('link')
    const { status } = await perform(ctx, shell, link({ target: at('link'), confirm: refuse }))
    expect(status).toBe('failed')
    expect(readFileSync(at('link'), 'utf8')).toBe('old\n')
    expect(attributesOf('link')).toEqual(before)
    expect(readdirSync(folder)).toEqual(['link'])
  })

  it('is a removal: it is gone when the command looks, and stays gone when it agrees', async (ctx) => {
    older('site')
    const { status } = await perform(ctx, shell, remove({ confirm: looks('site', 0) }))
    expect(status).toBe('done')
    expect(readFileSync(at('seen'), 'utf8')).toBe('gone\n')
    expect(readdirSync(folder)).toEqual(['seen'])
  })

  it.for(['file', 'link'])(
    'is a removal of a %s, which is put back as it was where the command fails',
    async (kind, ctx) => {
      if (kind === 'file') older('site')
      else symlinkSync('nowhere', at('site'))
      const before = lstatSync(at('site'))
      const { status, exit, stderr } = await perform(ctx, shell, remove({ confirm: refuse }))
      expect([status, exit]).toEqual(['failed', 9])
      expect(stderr).toContain('site:3: unknown word')
      expect(lstatSync(at('site'))).toMatchObject({ ino: before.ino, mode: before.mode, uid: before.uid })
      expect(readdirSync(folder)).toEqual(['site'])
    },
  )

  it('is no directory', async (ctx) => {
    mkdirSync(at('site'))
    const { status } = await perform(ctx, shell, remove({ recurse: true, confirm: { command: 'true' } }))
    expect(status).toBe('failed')
    expect(readdirSync(folder)).toEqual(['site'])
  })
})
