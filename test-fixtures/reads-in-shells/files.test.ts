import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { content, createKernel, definePlugin, entry, type FileAnswer, type Read, type ReadKind } from '@prove/core'
import { afterAll, describe, expect, it } from 'vitest'
import { editable } from '../../core/src/reads/editable.js'
import { noBlobs } from '../../core/src/contracts/blob.js'
import { openSession } from '../../core/src/wire/open-session.js'
import { opener, optionsOf, testShells } from '../shells.js'

const root = realpathSync(mkdtempSync(join(tmpdir(), `prove it's `)))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Links by their names, and where they lead; what each is when it is followed. */
const links: readonly (readonly [name: string, target: string, isThere: boolean])[] = [
  ['to-file', 'file', true],
  ['to-link', 'to-file', true],
  ['absolute', join(root, 'folder'), true],
  ['through', 'absolute/inner', true],
  ['up', 'absolute/../file', true],
  ['slashes', './/folder//inner/', true],
  ['nowhere', 'none/at/all', false],
  ['itself', 'itself', false],
  ['there', 'and-back', false],
  ['and-back', 'there', false],
  [' blank ', 'file with  blanks', true],
  ['-n', '-e', true],
  ['back\\slash', String.raw`b\n\\c`, true],
]

/** A target of two lines, and one that ends with an end of a line. */
const odd: typeof links = [
  ['two-lines', 'a\nb', true],
  ['ends', 'c\n', true],
]

for (const name of ['file', 'file with  blanks', '-e', String.raw`b\n\\c`, 'a\nb', 'c\n']) {
  writeFileSync(join(root, name), name)
}
mkdirSync(join(root, 'folder/inner'), { recursive: true })
for (const [name, target] of [...links, ...odd]) symlinkSync(target, join(root, name))

/** Prints what it is asked to, or ends before, or is no text that a shell can read. */
const said: ReadKind<string, string> = {
  name: 'said',
  tools: [],
  script: ([text = '']) => text,
  parse: (output) => [{ ok: true, value: output.toString('latin1') }],
  restsOn: () => 'everything',
}
const broken: ReadKind<string, string> = { ...said, name: 'broken', script: () => "if '" }
const ends: ReadKind<string, string> = { ...said, name: 'ends', script: () => 'echo a; exit 3; echo b' }
const plugin = definePlugin({ name: 'said', core: '^0.1.0', reads: [said, broken, ends] })
const { kinds } = createKernel([{ asked: 'said', plugin }])
const saying = (kind: string, query = ''): Read => ({ kind, key: kind, query })

const bytes = Buffer.from([0x61, 0xff, 0x00, 0x0a, 0x0a])
writeFileSync(join(root, 'bytes'), bytes)
writeFileSync(join(root, 'empty'), '')

describe.each(testShells())('in $name', (shell) => {
  const asked = async (ctx: Parameters<typeof optionsOf>[0], reads: readonly Read[]): Promise<readonly unknown[]> => {
    const session = await openSession({ open: opener(optionsOf(ctx, shell)), kinds, blobs: noBlobs })
    try {
      return (await session.read(reads)).map((answer) => (answer.ok ? answer.value : answer))
    } finally {
      await session.close()
    }
  }

  it.for<readonly [string, typeof links]>([
    ['one link', links.slice(0, 1)],
    ['links', links],
    ['links, of which some lead to names of several lines', [...links, ...odd]],
  ])('%s: where they lead', async ([, all], ctx) => {
    const answers = (await asked(
      ctx,
      all.flatMap(([name]) => [entry(join(root, name)), entry(join(root, name, 'below'))]),
    )) as readonly FileAnswer[]
    expect(answers.filter((_answer, i) => i % 2 === 0)).toMatchObject(
      all.map(([, target, isThere]) => ({ type: 'link', target, exists: isThere })),
    )
  })

  it('contents, whatever is in them, and why there are none', async (ctx) => {
    const names = ['file', 'bytes', 'empty', 'none', 'folder', 'to-file', '-e', 'a\nb']
    expect(
      await asked(
        ctx,
        names.map((name) => editable(join(root, name))),
      ),
    ).toEqual([
      { text: 'file', encoding: 'utf8' },
      { text: bytes.toString('latin1'), encoding: 'latin1' },
      { text: '', encoding: 'utf8' },
      { why: 'absent' },
      { why: 'other' },
      { why: 'other' },
      { text: '-e', encoding: 'utf8' },
      { text: 'a\nb', encoding: 'utf8' },
    ])
    expect(await asked(ctx, [content(join(root, 'file')), editable(join(root, 'file')), entry(root)])).toMatchObject([
      { text: 'file' },
      { text: 'file' },
      { type: 'directory' },
    ])
  })

  it('what one kind of read prints is not taken for that of another, and none breaks another', async (ctx) => {
    const reads = [saying('ends'), saying('broken'), saying('said', String.raw`printf '3 a\n\0\n'`), entry(root)]
    expect(await asked(ctx, reads)).toMatchObject(['a\n', '', '3 a\n\0\n', { type: 'directory' }])
    expect(await asked(ctx, [saying('broken')])).toEqual([''])
  })

  it('what is too long is no answer', async (ctx) => {
    const long = saying('said', 'head -c 40000000 /dev/zero')
    const tooLong = { ok: false, problem: 'failed', detail: 'the answer of the target was too long' }
    expect(await asked(ctx, [long])).toEqual([tooLong])
    expect(await asked(ctx, [entry(root), long])).toEqual([tooLong, tooLong])
  })
})
