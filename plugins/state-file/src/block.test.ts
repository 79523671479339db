import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { blockCases } from '../../../test-fixtures/file-cases/block-cases.js'
import { block } from './block.js'
import { edited } from './testing/edited.js'

const path = '/etc/app.conf'
const now = seenEntry({}, path)
const whole = '# BEGIN kept by Prove\nx\n# END kept by Prove\n'

stateTable(block, { path, block: 'x' }, [
  { title: 'there', seen: { now, held: { text: `a\n${whole}`, encoding: 'utf8' } }, changes: [], steps: [] },
  {
    title: 'not there',
    seen: { now, held: { text: 'a\n', encoding: 'utf8' } },
    changes: ['content'],
    steps: ['file.write /etc/app.conf'],
  },
])

describe('a block', () => {
  it.each(blockCases)('%s', (_title, args, text, expected) => {
    expect(edited(block, args, text)).toBe(expected)
    if (!expected.startsWith('blocked')) expect(edited(block, args, expected), 'and nothing more').toBe(expected)
  })

  it.each([
    [{}, '"block" is missing'],
    [{ block: 'x', marker: 'no mark' }, '{mark}'],
    [{ block: 'x', name: 'a\nb' }, 'one line'],
    [{ block: 'x', name: 'a', marker: '# {mark}' }, '{name}'],
    [{ block: 'x', insert_at: 'end', insert_after: 'a' }, 'exclude each other'],
  ])('%j is refused', (args, says) => {
    expect(() => edited(block, args, '')).toThrow(says)
  })
})
