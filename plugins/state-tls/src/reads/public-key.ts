import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

/** What is known of a key without seeing it. */
export interface KeyFacts {
  /** `rsa`, `ecdsa`, `ed25519`, or what else openssl reads. */
  readonly type: string
  /** Of rsa, and of ecdsa on the usual curves. */
  readonly bits?: number
  /** The public key as it stands in certificates, in base64; `made:PATH` of one that is yet to be made. */
  readonly publicKey: string
}

const curves: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }

const keyOf = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })

/** Of a public key in PEM. Throws for what is none. */
export const keyFacts = (pem: string): KeyFacts => {
  const key = createPublicKey(pem)
  const { modulusLength, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  const type = key.asymmetricKeyType ?? 'unknown'
  const bits = modulusLength ?? curves[namedCurve]
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64')
  return { type: type === 'ec' ? 'ecdsa' : type, ...(bits === undefined ? {} : { bits }), publicKey }
}

/** A public key that does not exist yet: it is equal to no other. */
export const keyToBe = (path: string): string => `made:${path}`

const isToBe = (publicKey: string): boolean => publicKey.startsWith('made:')

/** A public key to show: the first digits of the SHA-256 of what stands in certificates. */
export const fingerprint = (publicKey: string): string =>
  isToBe(publicKey) ? 'new' : createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 12)

/** Whether the certificate was signed with the private key of this public key. */
export const isSignedBy = (
  { pem, signer }: { readonly pem: string; readonly signer?: string },
  publicKey: string,
): boolean => {
  if (signer !== undefined || isToBe(publicKey)) return signer === publicKey
  try {
    return new X509Certificate(pem).verify(keyOf(publicKey))
  } catch {
    return false
  }
}
