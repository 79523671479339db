import { describe, expect, it } from 'vitest'
import { editKeys, type KeyLine, parseKeyLine, shownKey, type WantedKeys } from './authorized-keys.js'

const one = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFSGuosjO3BQbaJgYuwihUHxRlHdruoDp/etQK6DEShs key1'
const two = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP/ysE22i7113r19inurjQI9Yq+b25V88+leiLmSYcfh key2'
const bare = one.split(' ').slice(0, 2).join(' ')

const key = (line: string): KeyLine => {
  const found = parseKeyLine(line)
  if (found === undefined) throw new Error(`no key: ${line}`)
  return found
}

describe('a line of authorized_keys', () => {
  it.each<[string, string, Partial<KeyLine>]>([
    ['with a comment of several words', `${one} of Käthe  (work)`, { options: '', comment: 'key1 of Käthe  (work)' }],
    ['without one', bare, { options: '', comment: '' }],
    ['with options', `no-pty,from="10.0.0.*" ${one}`, { options: 'no-pty,from="10.0.0.*"', type: 'ssh-ed25519' }],
    [
      'with blanks in options',
      String.raw`command="a \"b  c\" d" ` + one,
      { options: String.raw`command="a \"b  c\" d"` },
    ],
    ['with tabs and a line end', `\t${one.replaceAll(' ', '\t')}\r\n`, { type: 'ssh-ed25519', comment: 'key1' }],
  ])('%s', (_title, line, expected) => {
    expect(parseKeyLine(line)).toMatchObject(expected)
  })

  it.each([
    ['nothing', ''],
    ['a comment', `# ${one}`],
    ['a type alone', 'ssh-ed25519'],
    ['a key of another type than it says', one.replace('ssh-ed25519', 'ssh-rsa')],
    ['a key that broke off', one.slice(0, 25)],
    ['words', 'once upon a time'],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['a quote that does not end', `command="x ${one}`],
  ])('names no key: %s', (_title, line) => {
    expect(parseKeyLine(line)).toBeUndefined()
  })

  it('is shown as ssh-keygen shows the key', () => {
    expect(shownKey(key(one))).toBe('key1 ssh-ed25519 SHA256:7vGmF1qWOuG7e4GHoaW7iHA627z4ZiB3YY5v4XZT4X8')
  })
})

const wanted = (fields: Partial<WantedKeys> = {}): WantedKeys => ({
  keys: [key(one)],
  options: false,
  absent: false,
  exclusive: false,
  ...fields,
})

describe('authorized_keys', () => {
  const restricted = { ...key(one), options: 'restrict' }
  it.each<[string, string, WantedKeys, string, number]>([
    ['gets a key', '', wanted(), `${one}\n`, 1],
    ['keeps a key', `${one}\n`, wanted(), `${one}\n`, 0],
    ['keeps another comment where none is given', `${bare} old\n`, wanted({ keys: [key(bare)] }), `${bare} old\n`, 0],
    ['gets another comment', `${bare} old\r\n`, wanted(), `${one}\r\n`, 1],
    ['keeps options that nobody speaks of', `restrict ${one}\n`, wanted(), `restrict ${one}\n`, 0],
    ['gets options', `${one}\n`, wanted({ keys: [restricted], options: true }), `restrict ${one}\n`, 1],
    ['loses options', `restrict ${one}\n`, wanted({ options: true }), `${one}\n`, 1],
    ['has a key once', `${one}\n# a\n${one}\n`, wanted(), `${one}\n# a\n`, 1],
    ['loses a key', `# a\n${one}\n${two}`, wanted({ absent: true }), `# a\n${two}`, 1],
    ['keeps these keys only', `# a\n${two}\nodd\n`, wanted({ exclusive: true }), `# a\nodd\n${one}\n`, 2],
    ['keeps no key', `# a\n${two}\n`, wanted({ keys: [], exclusive: true }), '# a\n', 1],
    ['ends a last line before it adds one', '# a', wanted(), `# a\n${one}\n`, 1],
  ])('%s', (_title, text, keys, expected, changes) => {
    const edited = editKeys(text, keys)
    expect(edited.text).toBe(expected)
    expect(edited.changes).toHaveLength(changes)
    expect(editKeys(edited.text, keys)).toEqual({ text: edited.text, changes: [] })
  })
})
