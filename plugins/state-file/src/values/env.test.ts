import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { edited } from '../testing/edited.js'
import { env } from './env.js'

const path = '/etc/app.conf'
const now = seenEntry({}, path)
const held = (text: string) => ({ text, encoding: 'utf8' })

stateTable(env, { path, key: 'K', value: 1 }, [
  { title: 'there', seen: { now, held: held('K=1\n') }, changes: [], steps: [] },
  { title: 'another', seen: { now, held: held('K=2\n') }, changes: ['content'], steps: ['file.write /etc/app.conf'] },
])

describe('a variable', () => {
  it.each([
    [
      'is replaced, and all else is kept',
      { key: 'K', value: 'x' },
      '# one\nA=1\nK=2\nKK=3\n',
      '# one\nA=1\nK=x\nKK=3\n',
    ],
    ['is added', { key: 'K', value: 'x' }, 'A=1\n', 'A=1\nK=x\n'],
    ['stays exported', { key: 'K', value: 'x' }, '  export K=1\n', '  export K=x\n'],
    ['is there in quotes', { key: 'K', value: 'x y' }, 'K="x y"\n', 'K="x y"\n'],
    ['is there in other quotes', { key: 'K', value: 'x' }, "K='x'\n", "K='x'\n"],
    ['is there with escapes', { key: 'K', value: 'x"$y' }, 'K="x\\"\\$y"\n', 'K="x\\"\\$y"\n'],
    ['needs quotes', { key: 'K', value: 'x y' }, 'K=1\n', "K='x y'\n"],
    ['needs other quotes', { key: 'K', value: `it's "$5"` }, 'K=1\n', 'K="it\'s \\"\\$5\\""\n'],
    ['may be empty', { key: 'K', value: '' }, 'K=1\n', 'K=\n'],
    ['counts where it stands last', { key: 'K', value: '2' }, 'K=2\nK=1\n', 'K=2\nK=2\n'],
    ['is no part of a remark', { key: 'K', value: '2' }, '#K=1\n', '#K=1\nK=2\n'],
    ['is removed', { key: 'K', absent: true }, 'K=1\nA=1\nexport K=2\n', 'A=1\n'],
    ['keeps CRLF', { key: 'K', value: 2 }, 'K=1\r\n', 'K=2\r\n'],
    ['is a truth', { key: 'K', value: false }, '', 'K=false\n'],
  ])('%s', (_title, args, text, expected) => {
    const fresh = edited(env, args, text)
    expect(fresh).toBe(expected)
    expect(edited(env, args, fresh), 'and nothing more').toBe(fresh)
  })

  it('that goes over several lines is not torn', () => {
    expect(edited(env, { key: 'K', value: 'x' }, 'K="a\nb"\n')).toMatch(/^blocked: line 1 begins a text/)
  })

  it.each([
    [{ key: 'a b', value: 1 }, 'letters'],
    [{ key: 'K' }, '"value" is missing'],
    [{ key: 'K', value: 'a\nb' }, 'one line'],
    [{ key: 'K', value: 'a', absent: true }, 'exclude each other'],
  ])('%j is refused', (args, says) => {
    expect(() => edited(env, args, '')).toThrow(says)
  })
})
