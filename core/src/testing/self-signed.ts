import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto'

/** A key and its certificate as TLS wants them, and what others know it by. */
export interface SelfSigned {
  readonly key: string
  readonly cert: string
  /** SHA-256 of the public key, in hexadecimal. */
  readonly fingerprint: string
}

/** One value in the distinguished encoding of ASN.1: tag, length, content. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), content])
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts)

const ed25519 = sequence(der(0x06, Buffer.from([0x2b, 0x65, 0x70])))

const commonName = Buffer.from([0x55, 0x04, 0x03])

const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(der(0x06, commonName), der(0x0c, Buffer.from(name)))))

const bits = (bytes: Buffer): Buffer => der(0x03, Buffer.from([0]), bytes)

const time = (text: string): Buffer => der(0x17, Buffer.from(text))

/** A fresh key with a certificate that it signs itself: for tests, where nobody looks at its dates. */
export const selfSigned = (name: string): SelfSigned => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.from([1]))
  const validity = sequence(time('200101000000Z'), time('491231235959Z'))
  const body = sequence(version, serial, ed25519, nameOf(name), validity, nameOf(name), spki)
  const certificate = sequence(body, ed25519, bits(sign(null, body, privateKey)))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: new X509Certificate(certificate).toString(),
    fingerprint: keyFingerprint(spki),
  }
}

const keyFingerprint = (spki: Buffer): string => createHash('sha256').update(spki).digest('hex')

/** By which key a certificate, as the other side sent it, was made. */
export const fingerprintOf = (certificate: Buffer): string =>
  keyFingerprint(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }))
