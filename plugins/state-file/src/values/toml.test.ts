import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { tomlCases } from '../../../../test-fixtures/file-cases/toml-cases.js'
import { edited } from '../testing/edited.js'
import { toml } from './toml.js'

const path = '/etc/app.conf'
const now = seenEntry({}, path)
const held = (text: string) => ({ text, encoding: 'utf8' })

stateTable(toml, { path, key: 'a.b', value: 1 }, [
  { title: 'there', seen: { now, held: held('[a]\nb = 1\n') }, changes: [], steps: [] },
  {
    title: 'another',
    seen: { now, held: held('[a]\nb = 2\n') },
    changes: ['content'],
    steps: ['file.write /etc/app.conf'],
  },
])

describe('a value of TOML', () => {
  it.each(tomlCases)('%s', (_title, args, text, expected) => {
    const fresh = edited(toml, args, text)
    expect(fresh).toBe(expected)
    expect(edited(toml, args, fresh), 'and nothing more').toBe(fresh)
  })

  it.each([
    [{ key: 'a.b', value: 1 }, 'a = { c = 1 }\n', 'cannot be changed in its place'],
    [{ key: 'a.b', value: 1 }, 'a = 1\n', 'what should hold "b" is a number'],
    [{ key: 'a', value: 1 }, 'a = \n', 'it is no TOML: line 1'],
    [{ key: 'a', value: null }, 'a = 1\n', 'TOML has no null'],
  ])('%j of %j cannot be', (args, text, says) => {
    expect(edited(toml, args, text)).toContain(says)
    expect(edited(toml, args, text)).toMatch(/^blocked: /)
  })
})
