import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, judgeKey, knownName, linesAbout, parseKnownHosts, typeOf } from './known-hosts.js'

const text = (word: string): Buffer => {
  const bytes = Buffer.from(word)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

const keyOf = (name: string, type = 'ssh-ed25519'): Buffer => Buffer.concat([text(type), text(name)])

const line = (hosts: string, name: string, type = 'ssh-ed25519'): string =>
  `${hosts} ${type} ${keyOf(name, type).toString('base64')}`

const hashed = (name: string): string => {
  const salt = Buffer.from('twenty bytes of salt').toString('base64')
  return `|1|${salt}|${createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64')}`
}

const verdict = (file: string, host: string, key = keyOf('a'), port = 22): string => {
  const judged = judgeKey(key, linesAbout(knownName(host, port), parseKnownHosts('known_hosts', file)))
  return 'known' in judged ? `${judged.verdict} ${judged.known.file}:${judged.known.line}` : judged.verdict
}

describe('a key that a host shows', () => {
  it.each([
    ['is known by name', line('web1', 'a'), 'web1', 'known'],
    ['is known by one of several names', line('web1,192.0.2.1', 'a'), '192.0.2.1', 'known'],
    ['is known whatever the case of the name', line('Web1', 'a'), 'web1', 'known'],
    ['is known by a pattern', line('*.example.com', 'a'), 'web1.example.com', 'known'],
    ['is known by a pattern of one letter', line('web?', 'a'), 'web1', 'known'],
    ['takes a dot for a dot', line('web.1', 'a'), 'webx1', 'unknown'],
    ['is not known where the name is ruled out', line('web*,!web1', 'a'), 'web1', 'unknown'],
    ['is not known where the name is ruled out before', line('!web1,web*', 'a'), 'web1', 'unknown'],
    ['is known by a hashed name', line(hashed('web1'), 'a'), 'web1', 'known'],
    ['is not known by the hash of another name', line(hashed('web2'), 'a'), 'web1', 'unknown'],
    ['is not known in an empty file', '', 'web1', 'unknown'],
    ['is not known in a remark', `# ${line('web1', 'a')}`, 'web1', 'unknown'],
    ['has changed', line('web1', 'b'), 'web1', 'changed known_hosts:1'],
    ['has changed, in a line behind others', `\n# x\n${line('web1', 'b')}`, 'web1', 'changed known_hosts:3'],
    ['has another type than the known one', line('web1', 'a', 'ssh-rsa'), 'web1', 'changed known_hosts:1'],
    ['is one of several', `${line('web1', 'b', 'ssh-rsa')}\n${line('web1', 'a')}`, 'web1', 'known'],
    ['is revoked', `${line('web1', 'a')}\n@revoked ${line('*', 'a')}`, 'web1', 'revoked known_hosts:2'],
    ['is not known by an authority', `@cert-authority ${line('*', 'a')}`, 'web1', 'unknown'],
    ['is not known by a marker that nobody knows', `@later ${line('web1', 'a')}`, 'web1', 'unknown'],
    ['is known in a file with the ends of lines of Windows', `${line('web1', 'a')}\r\n`, 'web1', 'known'],
    ['is known before a line that is broken', `web1 ssh-ed25519\n${line('web1', 'a')}`, 'web1', 'known'],
  ])('%s', (_title, file, host, expected) => {
    expect(verdict(file, host)).toBe(expected)
  })

  it('is known with the port that is not 22, and only there', () => {
    expect(verdict(line('[web1]:2222', 'a'), 'web1', keyOf('a'), 2222)).toBe('known')
    expect(verdict(line('[web1]:2222', 'a'), 'web1')).toBe('unknown')
    expect(verdict(line('web1', 'a'), 'web1', keyOf('a'), 2222)).toBe('unknown')
    expect(verdict(line(hashed('[web1]:2222'), 'a'), 'web1', keyOf('a'), 2222)).toBe('known')
  })
})

it('a key tells its type', () => {
  expect(typeOf(keyOf('a', 'ecdsa-sha2-nistp256'))).toBe('ecdsa-sha2-nistp256')
})

it('a key has the fingerprint that OpenSSH shows', () => {
  // As "ssh-keygen -l" showed it for this very key.
  const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIOGn6x1xDW5E+MswJSRWW22xAUDNcsbevSOkHZTkDTR2'
  expect(fingerprintOf(Buffer.from(key, 'base64'))).toBe('SHA256:f8n9ebCcgOuzHZUL5IDMJFk9jrOFh+CmT3gbfnnFTHI')
})
