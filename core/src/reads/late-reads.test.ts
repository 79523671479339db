import { describe, expect, it } from 'vitest'
import type { LateRead } from '../contracts/late.js'
import { commandKind } from './command.js'
import { contentKind } from './content.js'
import { entry, fileKind } from './file.js'

const kinds: Readonly<Record<string, LateRead | undefined>> = {
  file: fileKind.late,
  content: contentKind.late,
  command: commandKind.late,
}

const nothing = { type: 'absent', parent: 'directory', writable: true, mine: true, by: 0, exists: false } as const

describe('late values ask', () => {
  it.each<[string, readonly unknown[], unknown]>([
    ['file', ['/a//b/'], entry('/a/b')],
    ['content', ['/a'], { kind: 'content', key: 'text:/a', query: { path: '/a', exact: true } }],
    ['command', ['id'], { kind: 'command', key: 'command:{"command":"id"}', query: { command: 'id' } }],
    ['command', [['id', '-u']], expect.objectContaining({ query: { command: ['id', '-u'] } })],
  ])('%s of %j', (kind, args, read) => {
    expect(kinds[kind]?.read(...args)).toEqual(read)
  })

  it.each<[string, readonly unknown[], RegExp]>([
    ['file', [], /expected one argument, the path, found none/],
    ['file', ['/a', 1], /found 2/],
    ['file', ['a'], /expected an absolute path/],
    ['content', ['/a/../secret'], /^expected an absolute path without "." and ".."$/],
    ['command', [''], /expected a text for a shell, or a list of words/],
    ['command', [['id', 3]], /list of words/],
  ])('%s of %j, and are refused', (kind, args, message) => {
    expect(() => kinds[kind]?.read(...args)).toThrow(message)
  })

  it.each<[string, unknown, unknown]>([
    [
      'file',
      {
        ...nothing,
        type: 'file',
        exists: true,
        mode: '0644',
        owner: 'root',
        group: 'root',
        size: 3,
      },
      { exists: true, type: 'file', mode: '0644', owner: 'root', group: 'root', size: 3, target: null },
    ],
    [
      'file',
      nothing,
      { exists: false, type: 'absent', mode: null, owner: null, group: null, size: null, target: null },
    ],
    ['content', { text: '' }, ''],
    ['content', {}, null],
    ['command', { exit: 0, stdout: 'a\n\n', stderr: '' }, { exit: 0, stdout: 'a', stderr: '', succeeded: true }],
    ['command', { exit: 1, stdout: '', stderr: 'x\n' }, { exit: 1, stdout: '', stderr: 'x', succeeded: false }],
  ])('%s and get from %j', (kind, answer, value) => {
    const asked = kinds[kind]
    expect(asked?.value(answer)).toStrictEqual(value)
    const members = asked?.members ?? []
    if (members.length > 0) expect(Object.keys(value as object).toSorted()).toEqual(members.toSorted())
  })
})

describe('the text of a file as a value', () => {
  const exact = { path: '/a', exact: true } as const
  const failed = (detail: RegExp): unknown => ({ ok: false, problem: 'failed', detail: expect.stringMatching(detail) })

  it.each<[string, string, unknown]>([
    ['a text', 'mark\nhi\nmark text\n', { ok: true, value: { text: 'hi' } }],
    ['an empty file', 'mark\n\nmark text\n', { ok: true, value: { text: '' } }],
    ['nothing', 'mark\n\nmark absent\n', { ok: true, value: {} }],
    ['a link', 'mark\n\nmark other\n', failed(/no regular file/)],
    ['a closed file', 'mark\n\nmark unreadable\n', failed(/permission denied/)],
    ['no text', 'mark\n\0\nmark text\n', failed(/no text/)],
    ['half an answer', 'mark\nhi', failed(/broke off/)],
    ['no answer', '', failed(/broke off/)],
  ])('%s', (_title, output, answered) => {
    expect(contentKind.parse(Buffer.from(output), [exact], {} as never)).toEqual([answered])
  })

  it('is not predicted, as a diff is', () => {
    expect(contentKind.predict?.(exact, { text: 'a' }, [], {} as never)).toBeUndefined()
    expect(contentKind.predict?.({ path: '/a' }, { text: 'a' }, [], {} as never)).toEqual({})
  })
})
