import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { edited } from '../testing/edited.js'
import { yaml } from './yaml.js'

const path = '/etc/app.conf'
const now = seenEntry({}, path)
const held = (text: string) => ({ text, encoding: 'utf8' })

stateTable(yaml, { path, key: 'a.b', value: 1 }, [
  { title: 'there', seen: { now, held: held('a:\n  b: 1\n') }, changes: [], steps: [] },
  {
    title: 'another',
    seen: { now, held: held('a:\n  b: 2\n') },
    changes: ['content'],
    steps: ['file.write /etc/app.conf'],
  },
])

describe('a value of YAML', () => {
  it.each([
    [
      'is replaced, and all else is kept',
      { key: 'a', value: 2 },
      '# one\na:   1   # two\n\nb: [1,  2]\n',
      '# one\na: 2   # two\n\nb: [1,  2]\n',
    ],
    [
      'is replaced deep inside',
      { key: 'a.b.c', value: 'x' },
      'a:\n    b:\n        c: 1\n        d: 2\n',
      'a:\n    b:\n        c: x\n        d: 2\n',
    ],
    ['is added to its map', { key: 'a.c', value: 2 }, 'a:\n  b: 1 # x\n\nd: 3\n', 'a:\n  b: 1 # x\n  c: 2\n\nd: 3\n'],
    ['is added behind the last line', { key: 'b', value: 1 }, 'a: 1', 'a: 1\nb: 1'],
    ['is added to an empty file', { key: 'a.b', value: 1 }, '', 'a:\n  b: 1\n'],
    ['is added below a remark', { key: 'a', value: 1 }, '# only a remark\n', '# only a remark\na: 1\n'],
    ['makes the maps around it', { key: 'a.b.c', value: 1 }, 'x: 1\n', 'x: 1\na:\n  b:\n    c: 1\n'],
    ['takes the place of nothing', { key: 'a', value: 1 }, 'a:\nb: 2\n', 'a: 1\nb: 2\n'],
    ['takes the place of nothing, deeper', { key: 'a.c', value: 1 }, 'a:\nb: 2\n', 'a:\n  c: 1\nb: 2\n'],
    ['is a text that must be quoted', { key: 'a', value: 'yes: no' }, 'a: 1\n', 'a: "yes: no"\n'],
    ['is a text that looks like a number', { key: 'a', value: '1' }, 'a: 1\n', 'a: "1"\n'],
    ['is the text "on"', { key: 'a', value: 'on' }, 'a: on\n', 'a: on\n'],
    ['is a list', { key: 'a', value: [1, 'x'] }, 'a: 1\nb: 2\n', 'a:\n  - 1\n  - x\nb: 2\n'],
    ['takes the place of a list', { key: 'a', value: 'x' }, 'a:\n  - 1\n  - 2\nb: 2\n', 'a: x\nb: 2\n'],
    [
      'takes the place of a list that is not indented',
      { key: 'a', value: [3] },
      'a:\n- 1\n- 2\nb: 2\n',
      'a:\n  - 3\nb: 2\n',
    ],
    [
      'keeps a remark before a map',
      { key: 'a', value: { x: 1 } },
      'a: # of a\n  y: 2\nb: 1\n',
      'a: # of a\n  x: 1\nb: 1\n',
    ],
    ['takes the place of lines', { key: 'a', value: 'x' }, 'a: |\n  one\n  two\nb: 1\n', 'a: x\nb: 1\n'],
    ['is several lines', { key: 'a', value: 'one\ntwo\n' }, 'a: 1\nb: 1\n', 'a: "one\\ntwo\\n"\nb: 1\n'],
    ['is in a map on one line', { key: 'a.b', value: 2 }, 'a: {b: 1, c: 3}\n', 'a: {b: 2, c: 3}\n'],
    ['is added to a map on one line', { key: 'a.d', value: 2 }, 'a: { b: 1 }\n', 'a: { b: 1, d: 2 }\n'],
    ['is added to an empty map', { key: 'a.d', value: 2 }, 'a: {}\n', 'a: { d: 2 }\n'],
    ['is an entry of a list', { key: ['a', 1], value: 9 }, 'a:\n  - 1\n  - 2 # x\n', 'a:\n  - 1\n  - 9 # x\n'],
    [
      'comes behind the last of a list',
      { key: ['a', 2], value: 9 },
      'a:\n  - 1\n  - 2\nb: 1\n',
      'a:\n  - 1\n  - 2\n  - 9\nb: 1\n',
    ],
    ['is in a map of a list', { key: ['a', 0, 'b'], value: 9 }, 'a:\n  - b: 1\n    c: 2\n', 'a:\n  - b: 9\n    c: 2\n'],
    [
      'is added to a map of a list',
      { key: ['a', 0, 'd'], value: 9 },
      'a:\n  - b: 1\n    c: 2\n',
      'a:\n  - b: 1\n    c: 2\n    d: 9\n',
    ],
    ['is removed', { key: 'a', absent: true }, 'a: 1 # x\nb: 2\n', 'b: 2\n'],
    [
      'is removed with all that is in it',
      { key: 'a', absent: true },
      'x: 1\na:\n  b: 1\n  c:\n    - 1\nd: 2\n',
      'x: 1\nd: 2\n',
    ],
    ['is removed from a map on one line', { key: 'a.b', absent: true }, 'a: { b: 1, c: 2 }\n', 'a: { c: 2 }\n'],
    ['leaves an empty map behind', { key: 'a.b', absent: true }, 'a:\n  b: 1\nc: 2\n', 'a:\n  {}\nc: 2\n'],
    [
      'is removed from behind a dash',
      { key: ['a', 0, 'b'], absent: true },
      'a:\n  - b: 1\n    c: 2\n',
      'a:\n  - c: 2\n',
    ],
    ['is not there to be removed', { key: 'x.y', absent: true }, 'a: 1\n', 'a: 1\n'],
    ['keeps CRLF', { key: 'a', value: 2 }, 'a: 1\r\nb: 2\r\n', 'a: 2\r\nb: 2\r\n'],
    ['keeps a head', { key: 'a', value: 2 }, '%YAML 1.2\n---\na: 1\n...\n', '%YAML 1.2\n---\na: 2\n...\n'],
    ['keeps quotes around names', { key: 'a b', value: 2 }, '"a b": 1\n', '"a b": 2\n'],
    ['keeps anchors elsewhere', { key: 'c', value: 2 }, 'a: &x 1\nb: *x\nc: 1\n', 'a: &x 1\nb: *x\nc: 2\n'],
  ])('%s', (_title, args, text, expected) => {
    const fresh = edited(yaml, args, text)
    expect(fresh).toBe(expected)
    expect(edited(yaml, args, fresh), 'and nothing more').toBe(fresh)
  })

  it.each([
    [{ key: 'a.b', value: 1 }, 'a: 1\n', 'what should hold "b" is a number'],
    [{ key: 'b', value: 1 }, 'a: &x 2\nb: *x\n', 'alias'],
    [{ key: 'a', value: 1 }, 'a: &x 2\nb: *x\n', 'anchor'],
    [{ key: 'b.c', value: 2 }, 'a: &x { c: 1 }\nb: *x\n', 'alias'],
    [{ key: 'a', value: 1 }, 'a: !secret x\n', 'tag'],
    [{ key: 'a', value: 1 }, 'a: 2\n---\nb: 1\n', 'several documents'],
    [{ key: 'a', value: 1 }, 'a: [1\n', 'it is no YAML'],
    [{ key: 'a', value: 1 }, 'a: 1\na: 2\n', 'it is no YAML'],
    [{ key: ['a', 0], absent: true }, 'a:\n  - 1\n', 'places in lists move'],
    [{ key: 'a', value: 1 }, '- 1\n', 'what should hold "a" is a list'],
  ])('%j of %j cannot be', (args, text, says) => {
    expect(edited(yaml, args, text)).toContain(says)
    expect(edited(yaml, args, text)).toMatch(/^blocked: /)
  })
})
