import { namesSection } from './names.js'

/** What the extensions of a certificate say. */
export interface Extensions {
  readonly names: readonly string[]
  readonly isAuthority: boolean
  /** `server`, `client`, …; none for any. */
  readonly usages: readonly string[]
  /** Of the key that the certificate is for. */
  readonly keyType: string
  /** Signed by another key than its own. */
  readonly isSigned: boolean
}

const request = (line: string): readonly string[] => [
  '[req]',
  'prompt = no',
  'distinguished_name = subject',
  'string_mask = utf8only',
  line,
  '[subject]',
]

/** How openssl names what a certificate may be used for. */
const usageNames: Readonly<Record<string, string>> = {
  server: 'serverAuth',
  client: 'clientAuth',
  code: 'codeSigning',
  email: 'emailProtection',
}

const keyUsage = ({ isAuthority, keyType }: Extensions): string => {
  if (isAuthority) return 'keyCertSign, cRLSign'
  // Only with RSA is anything ever encrypted to the key.
  return keyType === 'rsa' ? 'digitalSignature, keyEncipherment' : 'digitalSignature'
}

/** Configuration of openssl for a certificate. */
export const certificateConfiguration = (wanted: Extensions): string => {
  const { names, isAuthority, usages, isSigned } = wanted
  return [
    ...request('x509_extensions = extensions'),
    '[extensions]',
    `basicConstraints = critical, CA:${isAuthority ? 'TRUE' : 'FALSE'}`,
    `keyUsage = critical, ${keyUsage(wanted)}`,
    'subjectKeyIdentifier = hash',
    ...(isSigned ? ['authorityKeyIdentifier = keyid'] : []),
    ...(usages.length === 0 ? [] : [`extendedKeyUsage = ${usages.map((usage) => usageNames[usage]).join(', ')}`]),
    ...(names.length === 0 ? [] : ['subjectAltName = @names', ...namesSection(names)]),
  ].join('\n')
}

/** And for a request. */
export const requestConfiguration = (names: readonly string[]): string =>
  names.length === 0
    ? request('').join('\n')
    : [
        ...request('req_extensions = extensions'),
        '[extensions]',
        'subjectAltName = @names',
        ...namesSection(names),
      ].join('\n')
