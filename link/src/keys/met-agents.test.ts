import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KeyRing } from './key-ring.js'

let folder: string
let ring: KeyRing
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prove-met-'))
  ring = new KeyRing(folder)
})
afterEach(() => rmSync(folder, { recursive: true }))

const fingerprint = 'SHA256:one'
const said = { version: '0.1.0', node: '24.0.0', plugins: [{ name: 'state-file', build: '0.1.0 aaaa' }] }
const theFile = (): string => {
  const [name = ''] = readdirSync(join(folder, 'met'))
  return join(folder, 'met', name)
}
const longAgo = new Date('2020-01-01T00:00:00.000Z')

describe('what an agent says of itself', () => {
  beforeEach(() => void ring.accept({ fingerprint, name: 'web1' }))

  it('is kept beside its key, for the owner alone, with the time', () => {
    ring.noteMet(fingerprint, said)
    utimesSync(theFile(), longAgo, longAgo)
    expect(ring.lastMet(fingerprint)).toEqual({ ...said, at: longAgo.toISOString() })
    expect(statSync(theFile()).mode & 0o777).toBe(0o600)
  })

  it('is not written again while it says the same, and its time moves all the same', () => {
    ring.noteMet(fingerprint, said)
    const { ino } = statSync(theFile())
    utimesSync(theFile(), longAgo, longAgo)
    ring.noteMet(fingerprint, said)
    expect(statSync(theFile()).ino).toBe(ino)
    expect(Date.parse(ring.lastMet(fingerprint)?.at ?? '')).toBeGreaterThan(longAgo.getTime())
    ring.noteMet(fingerprint, { ...said, version: '0.2.0' })
    expect(ring.lastMet(fingerprint)?.version).toBe('0.2.0')
    expect(readdirSync(join(folder, 'met'))).toHaveLength(1)
  })

  it('is kept of nobody whose key is not accepted', () => {
    ring.noteWaiting({ fingerprint: 'SHA256:two', hostname: 'web2' })
    ring.noteMet('SHA256:two', said)
    ring.noteMet('SHA256:three', said)
    expect(ring.lastMet('SHA256:two')).toBeUndefined()
    expect(ring.lastMet('SHA256:three')).toBeUndefined()
  })

  it('goes over to the next key of the agent, and is forgotten with a key', () => {
    ring.noteMet(fingerprint, said)
    ring.succeed(ring.find('web1', 'accepted'), 'SHA256:next')
    expect(ring.lastMet('SHA256:next')).toMatchObject(said)
    ring.forget({ fingerprint: 'SHA256:next' })
    expect(ring.lastMet('SHA256:next')).toBeUndefined()
    expect(ring.lastMet(fingerprint)).toMatchObject(said)
  })

  it.each([
    ['was cut short by a crash', () => writeFileSync(theFile(), '{"version":')],
    ['may have been changed by others', () => chmodSync(theFile(), 0o666)],
  ])('is as if it was never said where it %s, until the next meeting', (_what, spoil) => {
    ring.noteMet(fingerprint, said)
    spoil()
    expect(ring.lastMet(fingerprint)).toBeUndefined()
    ring.noteMet(fingerprint, said)
    expect(ring.lastMet(fingerprint)).toMatchObject(said)
    expect(statSync(theFile()).mode & 0o777).toBe(0o600)
  })
})
