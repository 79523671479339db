import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { jsonCases } from '../../../../test-fixtures/file-cases/json-cases.js'
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
  it.each(jsonCases)('%s', (_title, args, text, expected) => {
    const fresh = edited(json, args, text)
    expect(fresh).toBe(expected)
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
