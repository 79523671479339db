import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { replace } from './replace.js'
import { edited } from './testing/edited.js'

const path = '/etc/app.conf'
const now = seenEntry({}, path)

stateTable(replace, { path, regex: 'a', with: 'b' }, [
  { title: 'replaced', seen: { now, held: { text: 'b\n', encoding: 'utf8' } }, changes: [], steps: [] },
  {
    title: 'to be replaced',
    seen: { now, held: { text: 'a\n', encoding: 'utf8' } },
    changes: ['content'],
    steps: ['file.write /etc/app.conf'],
  },
])

describe('a replacement', () => {
  it.each([
    ['is made everywhere', { regex: 'a', with: 'b' }, 'a a\na', 'b b\nb'],
    ['is made in lines', { regex: '^p .*$', with: 'p 1' }, 'p 2\nq 2\np 3\n', 'p 1\nq 2\np 1\n'],
    ['is made over lines', { regex: '<a>[^]*</a>', with: '<a/>' }, '<a>\nx\n</a>\n', '<a/>\n'],
    ['uses groups', { regex: '(\\w+)@old', with: '$1@new' }, 'x@old y@old', 'x@new y@new'],
    ['uses names', { regex: '(?<n>\\w+)@old', with: '$<n>@new' }, 'x@old', 'x@new'],
    ['has dollars', { regex: 'a', with: '$$1' }, 'a', '$1'],
    ['keeps a dollar that means nothing', { regex: 'a', with: '$HOME $9' }, 'a', '$HOME $9'],
    ['uses all of it', { regex: '^[^#].*', with: '#$&' }, 'x\n#y\n', '#x\n#y\n'],
    ['heeds the first ones', { regex: 'a=\\d', with: 'a=1', count: 1 }, 'a=2 a=3', 'a=1 a=3'],
    ['heeds no capitals', { regex: 'A', with: 'b', ignore_case: true }, 'a A', 'b b'],
    ['heeds what stands before', { regex: '(?<=x)1', with: '2', count: 2 }, 'x1 y1 x1 x2', 'x2 y1 x2 x2'],
    ['keeps CRLF', { regex: 'a', with: 'b' }, 'a\r\n', 'b\r\n'],
    ['matches nothing', { regex: 'z', with: 'b' }, 'a', 'a'],
  ])('%s', (_title, args, text, expected) => {
    expect(edited(replace, args, text)).toBe(expected)
    expect(edited(replace, args, expected), 'and nothing more').toBe(expected)
  })

  it.each([
    [{ regex: 'a', with: 'aa' }, 'a'],
    [{ regex: 'a', with: 'b', count: 1 }, 'a a'],
    [{ regex: '$', with: 'x' }, 'a'],
  ])('%j of %j would never end', (args, text) => {
    expect(edited(replace, args, text)).toMatch(/^blocked: it would replace something in every run/)
  })

  it.each([
    [{ regex: '[', with: '' }, 'regular expression'],
    [{ regex: 'a', with: '', count: 0 }, 'count'],
  ])('%j is refused', (args, says) => {
    expect(() => edited(replace, args, '')).toThrow(says)
  })
})
