import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { replaceCases } from '../../../test-fixtures/file-cases/replace-cases.js'
import { replace } from './replace.js'
import { edited } from './testing/edited.js'

const path = '/etc/app.conf'
const now = seenEntry({}, path)

stateTable(replace, { path, regex: 'a', replacement: 'b' }, [
  { title: 'replaced', seen: { now, held: { text: 'b\n', encoding: 'utf8' } }, changes: [], steps: [] },
  {
    title: 'to be replaced',
    seen: { now, held: { text: 'a\n', encoding: 'utf8' } },
    changes: ['content'],
    steps: ['file.write /etc/app.conf'],
  },
])

describe('a replacement', () => {
  it.each(replaceCases)('%s', (_title, args, text, expected) => {
    expect(edited(replace, args, text)).toBe(expected)
    expect(edited(replace, args, expected), 'and nothing more').toBe(expected)
  })

  it.each([
    [{ regex: 'a', replacement: 'aa' }, 'a'],
    [{ regex: 'a', replacement: 'b', count: 1 }, 'a a'],
    [{ regex: '$', replacement: 'x' }, 'a'],
  ])('%j of %j would never end', (args, text) => {
    expect(edited(replace, args, text)).toMatch(/^blocked: it would replace something in every run/)
  })

  it.each([
    [{ regex: '[', replacement: '' }, 'regular expression'],
    [{ regex: 'a', replacement: '', count: 0 }, 'count'],
  ])('%j is refused', (args, says) => {
    expect(() => edited(replace, args, '')).toThrow(says)
  })
})
