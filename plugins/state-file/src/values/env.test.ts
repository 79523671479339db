import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { envCases } from '../../../../test-fixtures/file-cases/env-cases.js'
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
  it.each(envCases)('%s', (_title, args, text, expected) => {
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
