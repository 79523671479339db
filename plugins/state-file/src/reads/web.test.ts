import { describe, expect, it } from 'vitest'
import { freshness, parseFreshness, parseTexts, webText } from './web.js'

const broke = { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }

describe('the parser of texts', () => {
  const said = 'ok 8\né\nok 3\nfailed http://x/sums: 404 Not Found\nok 0\n'
  const three = [0, 0, 0]
  const all = [
    { ok: true, value: 'é\nok 3\n' },
    { ok: false, problem: 'failed', detail: 'http://x/sums: 404 Not Found' },
    { ok: true, value: '' },
  ]

  it('reads texts that look like its own lines', () => {
    expect(parseTexts(Buffer.from(said), three)).toEqual(all)
  })

  it.each([0, 3, 6, 10, 12])('believes nothing that was cut after %i bytes', (length) => {
    expect(parseTexts(Buffer.from(said).subarray(0, length), three)).toEqual([broke, broke, broke])
  })

  it('believes no answer of something else', () => {
    expect(parseTexts(Buffer.from('sh: 1: fetch: not found\nok x\n'), three)).toEqual([broke, broke, broke])
  })
})

it('reads whether a server has something else', () => {
  const hash = 'a'.repeat(64)
  const said = `same\nsha256 ${hash}\nfailed http://x/y: 503 Later\nsha256 ${hash.slice(1)}\nsam`
  expect(parseFreshness(Buffer.from(said), [0, 0, 0, 0, 0])).toEqual([
    { ok: true, value: 'same' },
    { ok: true, value: { sha256: hash } },
    { ok: false, problem: 'failed', detail: 'http://x/y: 503 Later' },
    broke,
    broke,
  ])
})

describe('the key of a request', () => {
  const url = 'https://h/p?token=sesame'
  const headers = { Authorization: 'Bearer sesame' }
  const keys = [
    webText({ url, headers, username: 'user', password: 'sesame' }),
    freshness({ url, headers, path: '/a', note: 'n', urlHash: 'h' }),
  ].map(({ key }) => key)

  // The secrets are words that no hash in hexadecimal digits can hold by chance.
  it.each(keys)('shows nothing secret: %s', (key) => expect(key).not.toMatch(/sesame|Bearer|user/))
  it('is another for other secrets', () => {
    expect(webText({ url, headers }).key).not.toBe(webText({ url }).key)
    expect(webText({ url, headers }).key).toBe(webText({ url, headers: { ...headers } }).key)
  })
})
