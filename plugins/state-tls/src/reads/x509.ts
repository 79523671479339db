import { type Element, elements, expected, inside, oidOf, stringOf, tags, timeOf } from './der.js'

/** Whom a certificate is about: short names of fields and their values, in order. */
export type Subject = readonly (readonly [field: string, value: string])[]

/** What a request asks for. */
export interface RequestFacts {
  readonly subject: Subject
  /** Alternative names, `DNS:`, `IP:`, `email:` or `URI:` in front. */
  readonly names: readonly string[]
  /** The public key as it stands in certificates, in base64; `made:PATH` of one that is yet to be made. */
  readonly publicKey: string
}

/** What a certificate says. */
export interface CertificateFacts extends RequestFacts {
  readonly issuer: Subject
  /** Seconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly isAuthority: boolean
  readonly usages: readonly string[]
  /** Empty where it is yet to be made. */
  readonly pem: string
  /** Only where it is yet to be made: the public key that belongs to the key it will be signed with. */
  readonly signer?: string
}

const fields: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '1.2.840.113549.1.9.1': 'emailAddress',
}

const usages: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'server',
  '1.3.6.1.5.5.7.3.2': 'client',
  '1.3.6.1.5.5.7.3.3': 'code',
  '1.3.6.1.5.5.7.3.4': 'email',
}

const oids = {
  extensionRequest: '1.2.840.113549.1.9.14',
  names: '2.5.29.17',
  constraints: '2.5.29.19',
  usage: '2.5.29.37',
}

const subjectOf = (element: Element | undefined): Subject =>
  inside(element).flatMap((set) =>
    inside(set, tags.set).map((pair) => {
      const [field, value] = inside(pair)
      if (value === undefined) throw new RangeError('a field without a value')
      return [fields[oidOf(field)] ?? oidOf(field), stringOf(value)] as const
    }),
  )

const addressOf = (body: Buffer): string => {
  if (body.length === 4) return [...body].join('.')
  if (body.length !== 16) throw new RangeError('no address')
  const groups = Array.from({ length: 8 }, (_, i) => body.readUInt16BE(i * 2).toString(16))
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}

const nameOf = ({ tag, body }: Element): string => {
  switch (tag) {
    case 0x81:
      return `email:${body.toString('latin1')}`
    case 0x82:
      return `DNS:${body.toString('latin1').toLowerCase()}`
    case 0x86:
      return `URI:${body.toString('latin1')}`
    case 0x87:
      return `IP:${addressOf(body)}`
    default:
      return `other:${body.toString('hex')}`
  }
}

/** Extensions by their identifiers. */
const extensionsOf = (list: Element | undefined): ReadonlyMap<string, Element> =>
  new Map(
    inside(list).map((extension) => {
      const parts = inside(extension)
      const [value] = elements(expected(parts.at(-1), tags.octets).body)
      if (value === undefined) throw new RangeError('an empty extension')
      return [oidOf(parts[0]), value]
    }),
  )

const namesIn = (extensions: ReadonlyMap<string, Element>): readonly string[] => {
  const list = extensions.get(oids.names)
  return list === undefined ? [] : inside(list).map(nameOf)
}

const publicKeyOf = (element: Element | undefined): string => expected(element, tags.sequence).raw.toString('base64')

/** Throws for what is no certificate. */
export const parseCertificate = (der: Buffer): Omit<CertificateFacts, 'pem'> => {
  const [signed] = inside(elements(der)[0])
  const all = inside(signed)
  const [, , issuer, validity, subject, key, ...rest] = all[0]?.tag === 0xa0 ? all.slice(1) : all
  const [from, until] = inside(validity)
  const [list] = rest.filter(({ tag }) => tag === 0xa3).map(({ body }) => elements(body)[0])
  const extensions = list === undefined ? new Map<string, Element>() : extensionsOf(list)
  const constraints = extensions.get(oids.constraints)
  const usage = extensions.get(oids.usage)
  return {
    subject: subjectOf(subject),
    issuer: subjectOf(issuer),
    names: namesIn(extensions),
    publicKey: publicKeyOf(key),
    notBefore: timeOf(from),
    notAfter: timeOf(until),
    isAuthority: constraints !== undefined && inside(constraints)[0]?.tag === tags.boolean,
    usages: usage === undefined ? [] : inside(usage).map((one) => usages[oidOf(one)] ?? oidOf(one)),
  }
}

/** Throws for what is no request. */
export const parseRequest = (der: Buffer): RequestFacts => {
  const [asked] = inside(elements(der)[0])
  const [, subject, key, attributes] = inside(asked)
  const wanted = (attributes === undefined ? [] : elements(attributes.body)).map((one) => inside(one))
  const extensions = wanted.find(([kind]) => oidOf(kind) === oids.extensionRequest)?.[1]
  const list = extensions === undefined ? undefined : inside(extensions, tags.set)[0]
  return {
    subject: subjectOf(subject),
    names: list === undefined ? [] : namesIn(extensionsOf(list)),
    publicKey: publicKeyOf(key),
  }
}
