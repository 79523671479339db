import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  createPrivateKey,
  createPublicKey,
  sign,
  X509Certificate,
} from 'node:crypto'

/** A key and its certificate as TLS wants them, and what others know it by. */
export interface Identity {
  /** The private key: PKCS #8 in PEM. */
  readonly key: string
  /** X.509 in PEM. It only carries the key: its name and its dates mean nothing. */
  readonly cert: string
  /** `SHA256:` and the hash of the public key in base64, as ssh writes it. */
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

/** A certificate that a key of Ed25519 signs itself. Clocks are wrong in the field, so it is valid whenever anyone looks. */
const certificateOf = (privateKey: KeyObject): string => {
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.from([1]))
  const validity = sequence(time('500101000000Z'), time('491231235959Z'))
  const name = nameOf('prove')
  const body = sequence(version, serial, ed25519, name, validity, name, spkiOf(createPublicKey(privateKey)))
  return new X509Certificate(sequence(body, ed25519, bits(sign(null, body, privateKey)))).toString()
}

const spkiOf = (publicKey: KeyObject): Buffer => publicKey.export({ type: 'spki', format: 'der' })

const fingerprintOfKey = (publicKey: KeyObject): string =>
  `SHA256:${createHash('sha256').update(spkiOf(publicKey)).digest('base64').replace(/=+$/, '')}`

/** A fresh identity. */
export const makeIdentity = (): Identity =>
  identityOf(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)

/** The identity of a private key in PEM. Throws for what is no key of Ed25519. */
export const identityOf = (key: string): Identity => {
  const privateKey = createPrivateKey(key)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('it is no key of Ed25519')
  return { key, cert: certificateOf(privateKey), fingerprint: fingerprintOfKey(createPublicKey(privateKey)) }
}

/** By which key a certificate was made, as the other side sent it. */
export const fingerprintOf = (certificate: Buffer): string =>
  fingerprintOfKey(new X509Certificate(certificate).publicKey)
