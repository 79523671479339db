import { describe, expect, it } from 'vitest'
import { withoutCredentials } from './web-address.js'

describe('a text without what lets in', () => {
  it.each([
    ['no address', 'no address'],
    ['https://h/a/b#c', 'https://h/a/b#c'],
    ['https://token@h/a', 'https://secret@h/a'],
    [`https://me:it's"mine"@h/a`, `https://secret@h/a`],
    ['https://me:p@ss@h/a', 'https://secret@h/a'],
    ['https://h/a?key=1&b=2#c', 'https://h/a?secret#c'],
    ['ssh://git@h/a', 'ssh://git@h/a'],
    ['ssh://git:word@h/a', 'ssh://secret@h/a'],
    ['git@h:a/b', 'git@h:a/b'],
    ['  repo: "https://me:word@h/x.git", ref: main', '  repo: "https://secret@h/x.git", ref: main'],
    ['{"a":"https://me:word@h/x","b":"http://h/?k"}', '{"a":"https://secret@h/x","b":"http://h/?secret"}'],
  ])('%s', (text, shown) => expect(withoutCredentials(text)).toBe(shown))

  it('is soon found in a line of a megabyte', () => {
    const line = `key: ${'ab'.repeat(500_000)} `
    expect(withoutCredentials(`${line}https://me:word@h/x`)).toBe(`${line}https://secret@h/x`)
  })
})
