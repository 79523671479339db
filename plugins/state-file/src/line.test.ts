import { blobOf, seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { lineCases } from '../../../test-fixtures/file-cases/line-cases.js'
import { line } from './line.js'
import { edited } from './testing/edited.js'

const path = '/etc/app.conf'
const held = (text: string) => ({ text, encoding: 'utf8' })
const file = seenEntry({}, path)
const absent = seenEntry({ type: 'absent' }, path)

stateTable(line, { path, line: 'b' }, [
  { title: 'there', seen: { now: file, held: held('a\nb\n') }, changes: [], steps: [] },
  {
    title: 'not there',
    seen: { now: file, held: held('a\n') },
    changes: ['content'],
    steps: [{ kind: 'file.write', replaces: blobOf('a\n').sha256, fresh: false }],
  },
  { title: 'no file', seen: { now: absent, held: { why: 'absent' } }, changes: [], steps: [], blocked: 'create would' },
  {
    title: 'no file, and it may be made',
    args: { create: true, mode: '0600' },
    seen: { now: absent, held: { why: 'absent' } },
    changes: ['type', 'content', 'mode'],
    steps: [{ kind: 'file.write', fresh: true, mode: '0600', replaces: undefined }],
  },
  {
    title: 'nothing to remove of no file',
    args: { absent: true },
    seen: { now: absent, held: { why: 'absent' } },
    changes: [],
    steps: [],
  },
  {
    title: 'a secret, of which no diff is made',
    args: { secret: true },
    seen: { now: file, held: held('a\n') },
    changes: ['content'],
    steps: ['file.write /etc/app.conf'],
  },
  {
    title: 'only the mode',
    args: { mode: '0600' },
    seen: { now: file, held: held('b\n') },
    changes: ['mode'],
    steps: ['file.attributes /etc/app.conf'],
  },
  {
    title: 'with a backup',
    args: { backup: true },
    seen: { now: file, held: held('a\n'), kept: absent },
    changes: ['content'],
    steps: [{ kind: 'file.write', backup: `${path}.${blobOf('a\n').sha256.slice(0, 8)}.bak` }],
  },
  {
    title: 'a link',
    seen: { now: seenEntry({ type: 'link', target: 'real' }, path), held: { why: 'other' } },
    changes: [],
    steps: [],
    blocked: 'name the file that it leads to',
  },
  {
    title: 'a file with two names',
    seen: { now: seenEntry({ names: 2 }, path), held: held('a\n') },
    changes: [],
    steps: [],
    blocked: 'break_hard_link',
  },
  {
    title: 'a file that may not be read',
    seen: { now: file, held: { why: 'unreadable' } },
    changes: [],
    steps: [],
    blocked: 'may not read',
  },
  {
    title: 'a file that is too large',
    seen: { now: file, held: { why: 'large' } },
    changes: [],
    steps: [],
    blocked: '1 MiB',
  },
])

const after = (args: Readonly<Record<string, unknown>>, text: string): string => edited(line, args, text)

describe('a line', () => {
  it.each(lineCases)('%s', (_title, args, text, expected) => {
    expect(after(args, text)).toBe(expected)
    if (!expected.startsWith('blocked')) expect(after(args, expected), 'and nothing more').toBe(expected)
  })

  it.each([
    [{ line: 'a\nb' }, 'one line'],
    [{}, '"line" is missing'],
    [{ absent: true }, 'what to remove'],
    [{ line: 'a', regex: '(' }, 'regular expression'],
    [{ line: 'a', backrefs: true }, 'needs a "regex"'],
    [{ line: 'a', regex: 'a', absent: true, backrefs: true }, 'exclude each other'],
    [{ line: 'a', insert_after: 'x', insert_before: 'y' }, 'exclude each other'],
    [{ line: 'a', insert_at: 'end', insert_before: 'y' }, 'exclude each other'],
    [{ line: 'a', insert_at: 'middle' }, 'beginning'],
  ])('%j is refused', (args, says) => {
    expect(() => after(args, '')).toThrow(says)
  })
})

describe('a file that is no UTF-8', () => {
  it('is edited byte by byte', () => {
    const seen = { now: file, held: { text: 'caf\xE9\n', encoding: 'latin1' } }
    const given = { path, line: 'thé' }
    expect(line.check(given, seen)).toHaveLength(1)
    const [step] = line.apply(given, seen, []) as readonly { blob?: { text: string; encoding: string } }[]
    expect(Buffer.from(step?.blob?.text ?? '', 'latin1')).toEqual(
      Buffer.concat([Buffer.from('caf\xE9\n', 'latin1'), Buffer.from('thé\n')]),
    )
  })
})
