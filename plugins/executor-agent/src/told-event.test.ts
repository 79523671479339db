import { describe, expect, it } from 'vitest'
import { toldEvent } from './told-event.js'

const hash = 'a'.repeat(64)
const teller = { target: 'web1', contents: new Map([[hash, { sha256: hash, size: 3 }]]) }
const invocation = {
  type: 'invocation',
  target: 'web1',
  state: 'site:f',
  part: 0,
  fn: 'file.managed',
  sequence: 1,
  outcome: 'changed',
  changes: [{ field: 'content', from: null, to: 'x' }],
  with: {},
}
const withText = (text: unknown) => ({ ...invocation, changes: [{ field: 'content', from: null, to: 'x', text }] })

describe('what an agent tells', () => {
  it.each([
    ['of a part', invocation],
    ['of what runs', { type: 'target', target: 'web1', event: 'running', running: ['site:f'] }],
    ['with the texts of this request', withText({ from: '', to: { sha256: hash, size: 3 } })],
    [
      'with a text that comes along',
      withText({ from: '', to: { sha256: hash, size: 1, text: 'x', encoding: 'utf8' } }),
    ],
  ])('is believed %s', (_what, event) => {
    expect(toldEvent(event, teller)).toEqual(event)
  })

  it('is about its own target, whatever it says', () => {
    expect(toldEvent({ ...invocation, target: 'web2' }, teller)).toMatchObject({ target: 'web1' })
  })

  it('shows no content that the request did not speak of', () => {
    const told = toldEvent(withText({ from: '', to: { sha256: 'b'.repeat(64), size: 3 } }), teller)
    expect(told).toMatchObject({ changes: [{ field: 'content', from: null, to: 'x' }] })
    expect(JSON.stringify(told)).not.toContain('bbbb')
  })

  it.each([
    ['a run', { type: 'run', id: '../../x', operation: 'apply', started: '', version: '', targets: [] }],
    ['a summary', { type: 'summary', operation: 'apply', exit: 0, elapsedMs: 1, targets: {} }],
    ['how a target ended', { type: 'target', target: 'web1', event: 'ended', outcome: 'ok' }],
    ['an outcome that there is not', { ...invocation, outcome: 'great' }],
    ['a part without changes', { ...invocation, changes: undefined }],
    ['what nobody knows', { type: 'x' }],
    ['nothing', {}],
  ])('is not heard about %s', (_what, event) => {
    expect(toldEvent(event, teller)).toBeUndefined()
  })
})
