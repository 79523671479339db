import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeIdentity } from '@prove/core/identity'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Hello } from '../wire/greet.js'
import { admit } from './admit.js'
import { joinString, parseJoinString } from './join-string.js'
import { KeyRing } from './key-ring.js'
import { ownIdentity } from './own-identity.js'

let folder: string
let ring: KeyRing
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prove-keys-'))
  ring = new KeyRing(join(folder, 'keys'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const key = (name: string) => ({ fingerprint: makeIdentity().fingerprint, name, hostname: name })
const hello = (more: Partial<Hello> = {}): Hello => ({
  kind: 'hello',
  role: 'agent',
  protocol: 1,
  version: '0.1.0',
  name: 'web1',
  ...more,
})
const later = new Date(Date.now() + 60_000).toISOString()
const before = new Date(Date.now() - 1000).toISOString()

describe('the key of a side', () => {
  it('is made once, for its owner alone, and is the same afterwards', () => {
    const file = join(folder, 'own.key')
    const { fingerprint } = ownIdentity(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(ownIdentity(file).fingerprint).toBe(fingerprint)
    expect(fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
  })

  it('is refused when others may read it, with what to do', () => {
    const file = join(folder, 'own.key')
    ownIdentity(file)
    chmodSync(file, 0o640)
    const hint = expect.stringContaining('chmod 600') as string
    expect(() => ownIdentity(file)).toThrow(expect.objectContaining({ code: 'PRV_KEY_FILE', hint }))
  })

  it('is refused when it is none', () => {
    const file = join(folder, 'own.key')
    writeFileSync(file, 'not-a-key', { mode: 0o600 })
    expect(() => ownIdentity(file)).toThrow(expect.objectContaining({ code: 'PRV_KEY_FILE' }))
  })
})

describe('a join string', () => {
  const join1 = { addresses: ['tcp://10.0.0.5:4505'], master: makeIdentity().fingerprint, token: 'a'.repeat(22) }

  it('says what was put into it', () => {
    expect(parseJoinString(` ${joinString(join1)}\n`)).toEqual(join1)
  })

  it.each([
    ['is something else', 'ssh-ed25519 AAAA'],
    ['is cut', joinString(join1).slice(0, -20)],
    ['is empty', ''],
    ['has a word that leads elsewhere', joinString({ ...join1, token: '../../../../../etc/x1' })],
  ])('that %s is refused, and not repeated', (_what, text) => {
    const message =
      text.length > 20 ? (expect.not.stringContaining(text.slice(12)) as string) : (expect.anything() as string)
    expect(() => parseJoinString(text)).toThrow(expect.objectContaining({ code: 'PRV_JOIN_STRING', message }))
  })
})

describe('a master', () => {
  it('lets a stranger wait, and speaks with it once it was accepted', () => {
    const { fingerprint: peer } = key('web1')
    expect(admit(ring, { peer, hello: hello() })).toHaveProperty('refusal')
    expect(ring.all()).toMatchObject([{ fingerprint: peer, name: 'web1', state: 'waiting' }])
    ring.accept(ring.find('web1', 'waiting'))
    expect(admit(ring, { peer, hello: hello() })).toMatchObject({ key: { name: 'web1', state: 'accepted' } })
  })

  it('does not let more than a thousand strangers wait', () => {
    for (let i = 0; i < 1000; i++) ring.noteWaiting({ fingerprint: `SHA256:${i}`, hostname: `h${i}` })
    expect(ring.noteWaiting({ fingerprint: 'SHA256:more', hostname: 'more' })).toBe(false)
    expect(ring.all()).toHaveLength(1000)
  })

  it('does not speak with a key that was revoked, whatever it brings', () => {
    const agent = key('web1')
    ring.revoke(ring.accept(agent))
    const token = ring.tokens.make({ expires: later, many: true })
    expect(admit(ring, { peer: agent.fingerprint, hello: hello({ token }) })).toHaveProperty('refusal')
  })

  it('lets one in by a word: once', () => {
    const token = ring.tokens.make({ expires: later, many: false, name: 'db1' })
    expect(admit(ring, { peer: key('x').fingerprint, hello: hello({ token }) })).toMatchObject({ key: { name: 'db1' } })
    expect(admit(ring, { peer: key('y').fingerprint, hello: hello({ token, name: 'y' }) })).toHaveProperty('refusal')
  })

  it('lets many in by a word for many', () => {
    const token = ring.tokens.make({ expires: later, many: true })
    for (const name of ['a', 'b', 'c']) {
      const shown = { peer: key(name).fingerprint, hello: hello({ token, name }) }
      expect(admit(ring, shown)).toMatchObject({ key: { name } })
    }
  })

  it('lets nobody in by a word that has expired, or that it never gave', () => {
    const token = ring.tokens.make({ expires: before, many: true })
    for (const word of [token, 'b'.repeat(22), '../agents/x'.padEnd(22, 'x')]) {
      expect(admit(ring, { peer: key('x').fingerprint, hello: hello({ token: word }) })).toHaveProperty('refusal')
    }
    expect(ring.all()).toEqual([])
  })

  it('does not let a word take the name of another agent over', () => {
    const first = ring.accept(key('web1'))
    const token = ring.tokens.make({ expires: later, many: true })
    expect(admit(ring, { peer: key('x').fingerprint, hello: hello({ token }) })).toHaveProperty('refusal')
    expect(ring.acceptedOf('web1')?.fingerprint).toBe(first.fingerprint)
    expect(() => ring.accept(key('web1'))).toThrow(expect.objectContaining({ code: 'PRV_KEY_STATE' }))
  })

  it('keeps no word that it has given, only what it can be recognised by', () => {
    const token = ring.tokens.make({ expires: later, many: true })
    ring.accept(key('web1'))
    const files = filesBelow(ring.folder)
    expect(files.length).toBeGreaterThan(1)
    for (const { path, text, mode } of files) {
      expect(`${path} ${text}`).not.toContain(token)
      expect(mode).toBe(0o600)
    }
  })

  it('tells who watches that a key was revoked', async () => {
    const agent = ring.accept(key('web1'))
    const told = new Promise<void>((resolve) => {
      const end = ring.watch(() => {
        if (ring.byFingerprint(agent.fingerprint)?.state !== 'revoked') return
        end()
        resolve()
      })
    })
    ring.revoke(agent)
    await told
  })

  it('finds a key by its name, or by the beginning of its fingerprint, and says when there are several', () => {
    const { fingerprint } = ring.accept(key('web1'))
    expect(ring.find('web1', 'accepted').fingerprint).toBe(fingerprint)
    expect(ring.find(fingerprint.slice(0, 12), 'accepted').name).toBe('web1')
    expect(() => ring.find('web2', 'accepted')).toThrow(expect.objectContaining({ code: 'PRV_KEY_UNKNOWN' }))
    ring.noteWaiting(key('web1'))
    // What a command is for decides between them, and a whole fingerprint decides always.
    expect(ring.find('web1', 'accepted').fingerprint).toBe(fingerprint)
    expect(ring.find(fingerprint, 'waiting').state).toBe('accepted')
    ring.noteWaiting(key('web1'))
    expect(() => ring.find('web1', 'waiting')).toThrow(/several/)
  })
})

const filesBelow = (below: string) =>
  readdirSync(below, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(below, name)
    const found = statSync(path)
    return found.isFile() ? [{ path, text: readFileSync(path, 'utf8'), mode: found.mode & 0o777 }] : []
  })
