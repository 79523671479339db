import { blobOf, seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
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
  it.each([
    ['goes to the end', { line: 'c' }, 'a\nb\n', 'a\nb\nc\n'],
    ['goes into an empty file', { line: 'c' }, '', 'c\n'],
    ['ends as the others do', { line: 'c' }, 'a\r\nb\r\n', 'a\r\nb\r\nc\r\n'],
    ['comes behind a line without an end, and has none', { line: 'c' }, 'a\nb', 'a\nb\nc'],
    ['is there without an end', { line: 'b' }, 'a\nb', 'a\nb'],
    ['is there with CRLF', { line: 'b' }, 'a\r\nb\r\n', 'a\r\nb\r\n'],
    ['goes to the beginning', { line: 'c', at: 'beginning' }, 'a\nb\n', 'c\na\nb\n'],
    ['goes to the end where that is said', { line: 'c', at: 'end' }, 'a\n', 'a\nc\n'],
    ['goes after the last match', { line: 'c', after: '^a' }, 'a\na\nb\n', 'a\na\nc\nb\n'],
    ['goes after the first match', { line: 'c', after: '^a', which: 'first' }, 'a\na\nb\n', 'a\nc\na\nb\n'],
    ['goes before a match', { line: 'c', before: 'b' }, 'a\nb\n', 'a\nc\nb\n'],
    ['goes after the last line, which has no end', { line: 'c', after: 'b' }, 'a\nb', 'a\nb\nc'],
    ['goes before the last line, which has no end', { line: 'c', before: 'b' }, 'a\nb', 'a\nc\nb'],
    ['goes nowhere else than it should', { line: 'c', after: 'x' }, 'a\n', 'blocked: no line matches after: x'],
    ['is there, so that it does not matter where', { line: 'a', after: 'x' }, 'a\n', 'a\n'],
    ['takes the place of the last match', { line: 'k=2', regex: '^k=' }, 'k=0\nk=1\n', 'k=0\nk=2\n'],
    ['takes the place of the first match', { line: 'k=2', regex: '^k=', which: 'first' }, 'k=0\nk=1\n', 'k=2\nk=1\n'],
    ['keeps the end of what it replaces', { line: 'k=2', regex: '^k=' }, 'a\r\nk=1', 'a\r\nk=2'],
    ['is there where it is the match', { line: 'k=2', regex: '^k=' }, 'k=2\n', 'k=2\n'],
    ['is added where nothing matches', { line: 'k=2', regex: '^k=' }, 'a\n', 'a\nk=2\n'],
    ['is there although nothing matches', { line: 'a', regex: '^k=' }, 'a\n', 'a\n'],
    ['keeps dollars', { line: 'p=$1', regex: '^p=' }, 'p=\n', 'p=$1\n'],
    ['uses groups', { line: '$1=2', regex: '^(k)=.*', backrefs: true }, 'k=1\n', 'k=2\n'],
    ['uses names of groups', { line: '$<key>=2', regex: '^(?<key>k)=.*', backrefs: true }, 'k=1\n', 'k=2\n'],
    [
      'changes a part of the line',
      { line: '$1 2', regex: '(k =) 1', backrefs: true },
      '  k = 1 # one\n',
      '  k = 2 # one\n',
    ],
    ['is not added with groups', { line: '$1', regex: '^(k)', backrefs: true }, 'a\n', 'a\n'],
    ['is kept out', { line: 'b', absent: true }, 'a\nb\nc\nb\n', 'a\nc\n'],
    ['is kept out by a match', { regex: '^#', absent: true }, '#a\nb\n#c\n', 'b\n'],
    ['is kept out of the end', { line: 'b', absent: true }, 'a\nb', 'a\n'],
    ['is no part of another line', { line: 'a', absent: true }, 'ab\n', 'ab\n'],
    ['may be empty', { line: '', after: 'a' }, 'a\nb\n', 'a\n\nb\n'],
    ['keeps a BOM', { line: 'c' }, '\uFEFFa\n', '\uFEFFa\nc\n'],
    ['keeps tabs and spaces at ends', { line: 'c' }, 'a \t\n', 'a \t\nc\n'],
    ['keeps a lone carriage return', { line: 'c' }, 'a\rb\n', 'a\rb\nc\n'],
  ])('%s', (_title, args, text, expected) => {
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
    [{ line: 'a', after: 'x', before: 'y' }, 'exclude each other'],
    [{ line: 'a', at: 'end', before: 'y' }, 'exclude each other'],
    [{ line: 'a', at: 'middle' }, 'beginning'],
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
