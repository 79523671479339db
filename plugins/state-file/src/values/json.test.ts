import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { edited } from '../testing/edited.js'
import { json } from './json.js'

const path = '/etc/app.conf'
const now = seenEntry({}, path)
const held = (text: string) => ({ text, encoding: 'utf8' })

stateTable(json, { path, key: 'a.b', value: 1 }, [
  { title: 'there', seen: { now, held: held('{"a": {"b": 1}}') }, changes: [], steps: [] },
  {
    title: 'another',
    seen: { now, held: held('{"a": {"b": 2}}') },
    changes: ['content'],
    steps: ['file.write /etc/app.conf'],
  },
])

describe('a value of JSON', () => {
  it.each([
    [
      'is replaced, and all else is kept',
      { key: 'a', value: 2 },
      '{ "a":1 , /* x */ "b" : [1,2,] } // end\n',
      '{ "a":2 , /* x */ "b" : [1,2,] } // end\n',
    ],
    [
      'is added as the others are written',
      { key: 'b', value: true },
      '{\n    "a": 1\n}\n',
      '{\n    "a": 1,\n    "b": true\n}\n',
    ],
    ['is added with tabs', { key: 'b', value: 'x' }, '{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"b": "x"\n}'],
    ['is added with CRLF', { key: 'b', value: 1 }, '{\r\n  "a": 1\r\n}\r\n', '{\r\n  "a": 1,\r\n  "b": 1\r\n}\r\n'],
    [
      'makes the maps around it',
      { key: 'a.b.c', value: 1 },
      '{}\n',
      '{\n  "a": {\n    "b": {\n      "c": 1\n    }\n  }\n}\n',
    ],
    ['takes the place of nothing', { key: 'a.b', value: 1 }, '{"a": null}', '{"a": {"b": 1}}'],
    ['goes into an empty file', { key: 'a', value: 1 }, '', '{\n  "a": 1\n}\n'],
    ['has dots in its name', { key: ['a.b'], value: 1 }, '{"a.b": 2}', '{"a.b": 1}'],
    ['is an entry of a list', { key: ['a', 1], value: 9 }, '{"a": [1, 2, 3]}', '{"a": [1, 9, 3]}'],
    ['comes behind the last of a list', { key: ['a', 2], value: 9 }, '{"a": [1, 2]}', '{"a": [1, 2, 9]}'],
    ['is a map', { key: 'a', value: { x: null } }, '{"a": 1}', '{"a": {"x": null}}'],
    [
      'is equal in another order',
      { key: 'a', value: { x: 1, y: 2 } },
      '{"a": {"y": 2, "x": 1}}',
      '{"a": {"y": 2, "x": 1}}',
    ],
    ['is removed', { key: 'a', absent: true }, '{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "b": 2\n}\n'],
    ['is removed as the last', { key: 'b', absent: true }, '{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "a": 1\n}\n'],
    ['is not there to be removed', { key: 'x.y', absent: true }, '{"a": 1}', '{"a": 1}'],
    ['is nothing to remove from nothing', { key: 'x', absent: true }, '', ''],
    ['keeps a byte order mark', { key: 'a', value: 2 }, '\uFEFF{"a": 1}', '\uFEFF{"a": 2}'],
    [
      'keeps letters as they are',
      { key: 'a', value: 'é"\n' },
      '{"ü": "\\u00e9", "a": 1}',
      '{"ü": "\\u00e9", "a": "é\\"\\n"}',
    ],
    ['has a name that objects have anyway', { key: 'constructor', value: 1 }, '{"a": 1}', '{"a": 1,"constructor": 1}'],
  ])('%s', (_title, args, text, expected) => {
    const fresh = edited(json, args, text)
    expect(fresh.replaceAll(/\s/g, '')).toBe(expected.replaceAll(/\s/g, ''))
    if (expected.includes('\n')) expect(fresh).toBe(expected)
    expect(edited(json, args, fresh), 'and nothing more').toBe(fresh)
  })

  it.each([
    [{ key: 'a.b', value: 1 }, '{"a": 1}', 'what should hold "b" is a number'],
    [{ key: 'a.b', value: 1 }, '{"a": [1]}', 'what should hold "b" is a list'],
    [{ key: ['a', 3], value: 1 }, '{"a": [1]}', 'the list has 1 entries, and no place 3'],
    [{ key: 'a', value: 1 }, '{\n"a" 1\n}', 'it is no JSON: ColonExpected in line 2'],
    [{ key: 'a', value: 1 }, '{"a": 1', 'it is no JSON'],
    [{ key: 'a', value: 1 }, '[]', 'what should hold "a" is a list'],
    [{ key: 'a', value: 1 }, '{"a": 2, "a": 3}', 'cannot be changed in its place'],
  ])('%j of %s cannot be', (args, text, says) => {
    expect(edited(json, args, text)).toContain(says)
    expect(edited(json, args, text)).toMatch(/^blocked: /)
  })

  it.each([
    [{ key: 'a' }, '"value" is missing'],
    [{ key: 'a', value: 1, absent: true }, 'exclude each other'],
    [{ key: '', value: 1 }, 'key'],
    [{ key: [], value: 1 }, 'key'],
    [{ value: 1 }, 'key'],
  ])('%j is refused', (args, says) => {
    expect(() => edited(json, args, '{}')).toThrow(says)
  })
})
