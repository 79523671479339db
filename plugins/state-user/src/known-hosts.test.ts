import { describe, expect, it } from 'vitest'
import { editHosts, hostName, parseHostKey, type WantedHost } from './known-hosts.js'

const one = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFSGuosjO3BQbaJgYuwihUHxRlHdruoDp/etQK6DEShs'
const two = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP/ysE22i7113r19inurjQI9Yq+b25V88+leiLmSYcfh'
const rsa =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDXuymAD5R6XM1OPgQP5sRrhtIjEMWlEMhTB0PD1BknAss5L9zi27Yu65TbXzAZn14VjszPkSyFBbUgqPvXT4OJyKyJ6qlXbL59RCs0B09+q1Q1UvErVmntFirerzpPxO3DC0ZxaM1N4f/vcJA8VLuRYZvkra2UgQkylplYnYGfcQ=='
/** As ssh-keygen -H has written 10.0.0.7 and [git.example.org]:2222. */
const hashed = '|1|8SwdYaFMVs1XfxSs44YdZ5XIopc=|9qPOJ0UsqarIu+5NlnDEwzCqsoU='
const hashedPort = '|1|zDZVTmL9jN18kLVAeuAN1uiKlLY=|pM/vcv8JzoShOtwKJ6OsX+mTPDI='

const wanted = (host: string, keys: readonly string[], fields: Partial<WantedHost> = {}): WantedHost => ({
  host,
  keys: keys.flatMap((key) => parseHostKey(key) ?? []),
  absent: false,
  exclusive: false,
  ...fields,
})

describe('a key of a host', () => {
  it.each([one, rsa, `${one} comment of it`])('is read: %s', (text) => {
    expect(parseHostKey(text)).toMatchObject({ key: text.split(' ')[1] })
  })

  it.each(['', 'ssh-ed25519', 'ssh-ed25519 AAAA', one.replace('ssh-ed25519', 'ssh-rsa'), `host ${one}`])(
    'is none: %s',
    (text) => {
      expect(parseHostKey(text)).toBeUndefined()
    },
  )

  it('stands behind a name, and a port that is not 22', () => {
    expect([hostName('Git.Example.org', 22), hostName('10.0.0.7', 2222)]).toEqual([
      'git.example.org',
      '[10.0.0.7]:2222',
    ])
  })
})

describe('known_hosts', () => {
  it.each<[string, string, WantedHost, string, number]>([
    ['gets a host', '', wanted('a', [one]), `a ${one}\n`, 1],
    ['gets a host behind a last line without an end', '# x', wanted('a', [one]), `# x\na ${one}\n`, 1],
    ['keeps a host', `a ${one} note\n`, wanted('a', [one]), `a ${one} note\n`, 0],
    ['keeps a host by another case of its name', `A ${one}\n`, wanted('a', [one]), `A ${one}\n`, 0],
    ['gets another key', `a ${one}\n`, wanted('a', [two]), `a ${two}\n`, 2],
    ['keeps the others of a line', `b,a,c ${one}\r\n`, wanted('a', [two]), `b,c ${one}\r\na ${two}\n`, 2],
    ['keeps a key of another type', `a ${rsa}\n`, wanted('a', [one]), `a ${rsa}\na ${one}\n`, 1],
    ['keeps these keys only', `a ${rsa}\n`, wanted('a', [one], { exclusive: true }), `a ${one}\n`, 2],
    ['knows a hashed name', `${hashed} ${one}\n`, wanted('10.0.0.7', [one]), `${hashed} ${one}\n`, 0],
    [
      'knows a hashed name with its port',
      `${hashedPort} ${one}\n`,
      wanted('[git.example.org]:2222', [two]),
      `[git.example.org]:2222 ${two}\n`,
      2,
    ],
    [
      'does not take one hash for another',
      `${hashed} ${one}\n`,
      wanted('10.0.0.8', [], { absent: true }),
      `${hashed} ${one}\n`,
      0,
    ],
    ['loses a host', `# a\na ${one}\nb ${one}\na ${rsa}\n`, wanted('a', [], { absent: true }), `# a\nb ${one}\n`, 2],
    ['loses one key of a host', `a ${one}\na ${rsa}\n`, wanted('a', [rsa], { absent: true }), `a ${one}\n`, 1],
    [
      'leaves patterns, markers and what is no line',
      `* ${one}\n!a,* ${one}\n@revoked a ${one}\na\n \n`,
      wanted('a', [], { absent: true }),
      `* ${one}\n!a,* ${one}\n@revoked a ${one}\na\n \n`,
      0,
    ],
  ])('%s', (_title, text, host, expected, changes) => {
    const edited = editHosts(text, host)
    expect(edited.text).toBe(expected)
    expect(edited.changes).toHaveLength(changes)
    expect(editHosts(edited.text, host)).toEqual({ text: edited.text, changes: [] })
  })
})
