import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { cronEntry } from './cron-entry.js'
import plugin from './index.js'

const utf8 = 'utf8'
const table = (text: string): Readonly<Record<string, unknown>> => ({ table: { text, encoding: utf8 } })
const block = (line: string): string => `# prove: poll\n${line}\n# prove end: poll\n`
const path = '/etc/cron.d/app'
const step = (text: string): Readonly<Record<string, unknown>> => ({
  kind: 'cron.crontab',
  blob: expect.objectContaining({ text }) as unknown,
})

stateTable(
  cronEntry,
  { name: 'poll', user: 'web', minute: '*/5', command: 'poll --all' },
  [
    { title: 'converged', seen: table(`x\n${block('*/5 * * * * poll --all')}`), changes: [], steps: [] },
    {
      title: 'no crontab yet',
      seen: table(''),
      changes: ['entry'],
      steps: [step(block('*/5 * * * * poll --all'))],
    },
    {
      title: 'another schedule',
      seen: table(block('0 * * * * poll --all')),
      changes: ['entry'],
      steps: [step(block('*/5 * * * * poll --all'))],
    },
    {
      title: 'a name that is no ASCII, in a crontab that is no UTF-8',
      args: { name: 'größe', command: 'echo ä' },
      seen: { table: { text: '#\u00ff\n', encoding: 'latin1' } },
      changes: ['entry'],
      steps: [
        {
          blob: expect.objectContaining({
            encoding: 'latin1',
            text: Buffer.from('# prove: größe\n*/5 * * * * echo ä\n# prove end: größe\n')
              .toString('latin1')
              .replace(/^/, '#\u00ff\n'),
          }) as unknown,
        },
      ],
    },
    {
      title: 'a special schedule, disabled',
      args: { minute: undefined, special: 'daily', disabled: true },
      seen: table(block('@daily poll --all')),
      changes: ['entry'],
      steps: [step(block('# @daily poll --all'))],
    },
    {
      title: 'variables of its own',
      args: { variables: { A: "it's", B: 5, C: '100%' } },
      seen: table(''),
      changes: ['entry'],
      steps: [step(block(String.raw`*/5 * * * * export A='it'\''s' B=5 C=100\%; poll --all`))],
    },
    {
      title: 'absent, and not there',
      args: { absent: true },
      seen: table('0 * * * * other\n'),
      changes: [],
      steps: [],
    },
    {
      title: 'absent: only its own lines go',
      args: { absent: true },
      seen: table(`0 * * * * poll\n${block('1 * * * * x')}y`),
      changes: ['entry'],
      steps: [step('0 * * * * poll\ny\n')],
    },
    {
      title: 'absent, of a user that does not exist',
      args: { absent: true },
      seen: { table: { why: "crontab:  user `web' unknown" } },
      changes: [],
      steps: [],
    },
    {
      title: 'of a user that does not exist',
      seen: { table: { why: "crontab:  user `web' unknown" } },
      changes: [],
      steps: [],
      blocked: 'unknown',
    },
    {
      title: 'in a new file',
      args: { file: 'app', user: undefined },
      seen: { now: seenEntry({ type: 'absent' }, path), held: { why: 'absent' } },
      changes: ['entry'],
      steps: [
        {
          kind: 'file.write',
          path,
          mode: '0644',
          blob: expect.objectContaining({ text: block('*/5 * * * * root poll --all') }) as unknown,
        },
      ],
    },
    {
      title: 'in a file, as it is',
      args: { file: 'app' },
      seen: { now: seenEntry({}, path), held: { text: block('*/5 * * * * web poll --all'), encoding: utf8 } },
      changes: [],
      steps: [],
    },
    {
      title: 'absent, in a file that holds nothing else',
      args: { file: 'app', absent: true },
      seen: { now: seenEntry({}, path), held: { text: block('x'), encoding: utf8 } },
      changes: ['entry'],
      steps: [`file.remove ${path}`],
    },
    {
      title: 'in a file that is a link',
      args: { file: 'app' },
      seen: { now: seenEntry({ type: 'link', target: 'b' }, path), held: { why: 'other' } },
      changes: [],
      steps: [],
      blocked: 'is a symbolic link to "b"',
    },
  ],
  [plugin],
)

const parse = (args: object): ReturnType<z.ZodObject['safeParse']> =>
  z.strictObject(cronEntry.args).safeParse({ name: 'a', minute: 1, command: 'x', ...args })

describe('cron.entry', () => {
  it.each([
    { name: 'two\nlines' },
    { name: ' a' },
    { command: 'a\nb' },
    { command: '' },
    { file: 'a.b' },
    { file: '../x' },
    { variables: { 'A-B': 'x' } },
    { variables: { A: 'a\nb' } },
    { user: '-x' },
    { minutes: 5 },
  ])('refuses %j', (args) => {
    expect(parse(args).success).toBe(false)
  })

  it.each([
    [{ minute: 1 }, '"command"'],
    [{ command: 'x' }, 'schedule'],
    [{ command: 'x', minute: 1, special: 'daily' }, 'exclude'],
    [{ command: 'x', minute: 1, variables: { MAILTO: 'me' } }, 'cron.variable'],
    [{ absent: true }, undefined],
    [{ command: 'x', minute: '0' }, undefined],
  ])('of %j says %s', (args, says) => {
    const told = cronEntry.conflict?.({ name: 'a', ...args })
    if (says === undefined) expect(told).toBeUndefined()
    else expect(told).toContain(says)
  })
})
