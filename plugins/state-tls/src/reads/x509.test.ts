import { describe, expect, it } from 'vitest'
import { certificates, publicKeys, requests } from '../testing/recorded.js'
import { fingerprint, isSignedBy, keyFacts, keyToBe } from './public-key.js'
import { parseCertificate, parseRequest } from './x509.js'

const der = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----.*-----|\n/g, ''), 'base64')
const seconds = (text: string): number => Date.parse(text) / 1000

describe('certificates', () => {
  it('with everything', () => {
    expect(parseCertificate(der(certificates.leaf))).toEqual({
      subject: [
        ['C', 'AT'],
        ['O', 'Bäcker / Söhne'],
        ['CN', 'blog.example'],
      ],
      issuer: [
        ['C', 'AT'],
        ['O', 'Bäcker / Söhne'],
        ['CN', 'blog.example'],
      ],
      names: [
        'DNS:blog.example',
        'DNS:*.blog.example',
        'IP:192.0.2.1',
        'IP:2001:db8::1',
        'email:web@blog.example',
        'URI:https://blog.example/x',
      ],
      publicKey: keyFacts(publicKeys.leaf).publicKey,
      notBefore: seconds('2026-01-01T00:00:00Z'),
      notAfter: seconds('2027-01-01T00:00:00Z'),
      isAuthority: false,
      usages: ['server'],
    })
  })

  it('of an authority, which ends in the next century', () => {
    expect(parseCertificate(der(certificates.ca))).toMatchObject({
      isAuthority: true,
      names: [],
      usages: [],
      notAfter: seconds('2125-12-08T00:00:00Z'),
    })
  })

  it('that has ended', () => {
    expect(parseCertificate(der(certificates.old))).toMatchObject({ notAfter: seconds('2020-01-01T00:00:00Z') })
  })

  it('that another has signed', () => {
    expect(parseCertificate(der(certificates.signed))).toMatchObject({
      subject: [['CN', 'alice']],
      issuer: [['CN', 'Example CA']],
      names: ['email:alice@example.org'],
      usages: ['client'],
      isAuthority: false,
    })
  })
})

describe('requests', () => {
  it('with names', () => {
    expect(parseRequest(der(requests.leaf))).toEqual({
      subject: [
        ['O', 'Bäcker'],
        ['CN', 'blog.example'],
      ],
      names: ['DNS:blog.example', 'IP:192.0.2.1'],
      publicKey: keyFacts(publicKeys.leaf).publicKey,
    })
  })

  it('without', () => {
    expect(parseRequest(der(requests.bare))).toEqual({
      subject: [['CN', 'alice']],
      names: [],
      publicKey: keyFacts(publicKeys.signed).publicKey,
    })
  })
})

it.each([
  ['certificate', parseCertificate, certificates.leaf],
  ['request', parseRequest, requests.leaf],
] as const)('a %s that breaks off anywhere is an error, and so is one with a wrong length', (_title, parse, pem) => {
  const whole = der(pem)
  for (let size = 0; size < whole.length; size++) expect(() => parse(whole.subarray(0, size)), `${size}`).toThrow()
  // Whatever a byte of it becomes, there is an end to it, and no other error than one of the parser.
  for (let at = 0; at < whole.length; at++) {
    const broken = Buffer.from(whole)
    broken[at] = 0xff
    try {
      parse(broken)
    } catch (error) {
      expect(error).toBeInstanceOf(Error)
    }
  }
})

it.each([
  ['ca', { type: 'rsa', bits: 2048 }],
  ['leaf', { type: 'ecdsa', bits: 256 }],
  ['p384', { type: 'ecdsa', bits: 384 }],
  ['k1', { type: 'ecdsa' }],
  ['signed', { type: 'ed25519' }],
  ['ed448', { type: 'ed448' }],
] as const)('the key %s', (name, expected) => {
  const { publicKey, ...facts } = keyFacts(publicKeys[name])
  expect(facts).toEqual(expected)
  expect(fingerprint(publicKey)).toMatch(/^[0-9a-f]{12}$/)
})

describe('who has signed', () => {
  const keyIn = (pem: string): string => parseCertificate(der(pem)).publicKey
  it.each([
    ['an authority', certificates.signed, keyIn(certificates.ca), true],
    ['another of the same name', certificates.signed, keyIn(certificates.other), false],
    ['itself', certificates.leaf, keyIn(certificates.leaf), true],
    ['not itself', certificates.signed, keyIn(certificates.signed), false],
    ['a key that is yet to be made', certificates.signed, keyToBe('/ca.key'), false],
    ['nobody, for it is no certificate', 'nonsense', keyIn(certificates.ca), false],
  ])('%s', (_title, pem, publicKey, expected) => {
    expect(isSignedBy({ pem }, publicKey)).toBe(expected)
  })

  it('is known of one that is yet to be made', () => {
    expect(isSignedBy({ pem: '', signer: keyToBe('/ca.key') }, keyToBe('/ca.key'))).toBe(true)
    expect(isSignedBy({ pem: '', signer: keyToBe('/ca.key') }, keyIn(certificates.ca))).toBe(false)
  })
})
