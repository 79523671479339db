import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { yamlCases } from '../../../../test-fixtures/file-cases/yaml-cases.js'
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
  it.each(yamlCases)('%s', (_title, args, text, expected) => {
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
