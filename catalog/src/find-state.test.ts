import { describe, expect, it } from 'vitest'
import { findState } from './find-state.js'

const ids = ['web/site:dir', 'web/site:conf', 'db/site:conf', 'web/site:reload', 'web/site:g/undo', 'web/site:g']

describe('a state is found', () => {
  it.each([
    ['web/site:conf', 'web/site:conf'],
    ['reload', 'web/site:reload'],
    ['g/undo', 'web/site:g/undo'],
    ['undo', 'web/site:g/undo'],
  ])('by %s', (wanted, id) => expect(findState(ids, wanted, 'web1')).toBe(id))

  it.each([
    ['conf', '"conf" may be any of web/site:conf, db/site:conf', 'write the full id'],
    ['site:conf', '"site:conf" may be any of web/site:conf, db/site:conf', 'write the full id'],
    ['relaod', 'web1 has no state "relaod"', 'did you mean "reload"?'],
    ['xyz', 'web1 has no state "xyz"', '"prove graph -t web1" lists the states'],
  ])('not by %s', (wanted, message, hint) => {
    expect(() => findState(ids, wanted, 'web1')).toThrow(expect.objectContaining({ message, hint }))
  })
})
