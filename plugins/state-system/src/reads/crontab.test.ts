import type { Facts } from '@prove/core'
import { expect, it } from 'vitest'
import { crontabKind } from './crontab.js'

const facts = { user: 'root' } as Facts
const queries = [{ user: 'a' }, { user: 'b' }, {}]
const record = (status: string, text: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${status} ${Buffer.byteLength(text)}\n`), Buffer.from(text)])
const answers = (...records: readonly Buffer[]): readonly unknown[] =>
  crontabKind.parse(Buffer.concat(records), queries, facts)

const none = { ok: true, value: { text: '', encoding: 'utf8' } }
const broken = { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }

it('tells what each crontab holds', () => {
  expect(
    answers(
      record('file', '# grüß\n5 * * * * x\r\nno end'),
      record('1', 'no crontab for b\n'),
      record('listed', Buffer.from([0x23, 0xff, 0x0a])),
    ),
  ).toEqual([
    { ok: true, value: { text: '# grüß\n5 * * * * x\r\nno end', encoding: 'utf8' } },
    none,
    { ok: true, value: { text: '#\u00ff\n', encoding: 'latin1' } },
  ])
})

it('tells why there is none', () => {
  expect(
    answers(
      record('1', "crontab:  user `a' unknown\n"),
      record('1', "crontab: can't open 'b': No such file or directory\n"),
      record('none', ''),
    ),
  ).toEqual([
    { ok: true, value: { why: "crontab:  user `a' unknown" } },
    none,
    { ok: true, value: { why: 'there is no program "crontab": is cron installed?' } },
  ])
})

it('takes no listing for true in which carriage returns are something else', () => {
  expect(answers(record('listed', 'x\\r\n'), record('listed', 'x\\ry\n'), record('file', 'x\r\n'))).toMatchObject([
    { value: { why: expect.stringContaining('carriage returns') as unknown } },
    { value: { text: 'x\\ry\n' } },
    { value: { text: 'x\r\n' } },
  ])
})

it.each([
  ['nothing', Buffer.alloc(0), [broken, broken, broken]],
  ['half of the first', record('file', 'abcdef').subarray(0, 6), [broken, broken, broken]],
  [
    'half of the second',
    Buffer.concat([record('1', 'no crontab for a\n'), Buffer.from('0 5\nab')]),
    [none, broken, broken],
  ],
  ['something else', Buffer.from('sh: syntax error\n'), [broken, broken, broken]],
])('says so where the answer is %s', (_title, output, expected) => {
  expect(crontabKind.parse(output, queries, facts)).toEqual(expected)
})

const before = { text: 'a\n', encoding: 'utf8' } as const
const after = { text: 'b\n', encoding: 'utf8' }

it.each([
  ['what a step hands in', [{ key: 'crontab:root', fields: after }], after],
  ['not what is of somebody else', [{ key: 'crontab:web', fields: after }], before],
  [
    'nothing where a file of the spool is written',
    [{ key: 'file:/var/spool/cron/crontabs/root', fields: {} }],
    undefined,
  ],
])('foretells %s', (_title, given, expected) => {
  expect(crontabKind.predict?.({}, before, given, facts)).toEqual(expected)
})
