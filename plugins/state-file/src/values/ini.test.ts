import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { iniCases } from '../../../../test-fixtures/file-cases/ini-cases.js'
import { edited } from '../testing/edited.js'
import { ini } from './ini.js'

const path = '/etc/app.conf'
const now = seenEntry({}, path)
const held = (text: string) => ({ text, encoding: 'utf8' })

stateTable(ini, { path, section: 's', key: 'k', value: 1 }, [
  { title: 'there', seen: { now, held: held('[s]\nk = 1\n') }, changes: [], steps: [] },
  {
    title: 'another',
    seen: { now, held: held('[s]\nk = 2\n') },
    changes: ['content'],
    steps: ['file.write /etc/app.conf'],
  },
])

describe('a setting of an ini file', () => {
  it.each(iniCases)('%s', (_title, args, text, expected) => {
    const fresh = edited(ini, args, text)
    expect(fresh).toBe(expected)
    expect(edited(ini, args, fresh), 'and nothing more').toBe(fresh)
  })

  it.each([
    [{ section: 's', key: 'k' }, '"value" is missing'],
    [{ section: 's', value: 'x' }, '"key" is missing'],
    [{ absent: true }, 'what to remove'],
    [{ section: 's]', key: 'k', value: 1 }, 'without'],
    [{ section: 's', key: 'a=b', value: 1 }, 'without'],
    [{ section: 's', key: 'k', value: 'a\nb' }, 'one line'],
    [{ section: 's', key: 'k', value: 'a', absent: true }, 'exclude each other'],
  ])('%j is refused', (args, says) => {
    expect(() => edited(ini, args, '')).toThrow(says)
  })
})
