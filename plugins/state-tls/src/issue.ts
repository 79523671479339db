import { blocked, type Blocked, type Change } from '@prove/core'
import { certificateConfiguration } from './configuration.js'
import { changeOf, isSameSubject, requestChanges, usageChanges } from './differences.js'
import { namesText, subjectText, subjectWord } from './names.js'
import { fingerprint, isSignedBy, type KeyFacts } from './reads/public-key.js'
import type { TlsAnswer } from './reads/tls.js'
import type { CertificateFacts, RequestFacts } from './reads/x509.js'
import type { MakeStep } from './steps/make.js'

const daySeconds = 86_400

/** A certificate that is to be. */
export interface Wanted {
  readonly subject: RequestFacts['subject']
  readonly names: readonly string[]
  readonly usages: readonly string[]
  readonly isAuthority: boolean
  readonly days: number
  readonly renewBefore: number
  readonly key: string
  readonly authority?: { readonly certificate: string; readonly key: string } | undefined
}

/** Who signs: whom the certificate is then from, and the public key that proves it. */
export interface Issuer {
  readonly subject: RequestFacts['subject']
  readonly publicKey: string
}

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

const expiry = (
  { notBefore, notAfter }: CertificateFacts,
  time: number,
  { days, renewBefore }: Wanted,
): readonly Change[] => {
  const to = dayOf(time + days * daySeconds)
  return [
    // Of a clock that was wrong when it was made.
    ...changeOf('begins', notBefore <= time, dayOf(notBefore), dayOf(time)),
    ...changeOf('expires', notAfter - time > renewBefore * daySeconds, dayOf(notAfter), to),
  ]
}

/** In what the certificate that is there is not as wanted; all of it where there is none. Pure: the time is that of the target. */
export const issueChanges = (
  held: TlsAnswer<CertificateFacts>,
  wanted: Wanted,
  key: KeyFacts,
  issuer: Issuer,
): readonly Change[] => {
  if (!('found' in held)) {
    const to = namesText(wanted.names) || subjectText(wanted.subject)
    return [{ field: 'certificate', from: held.why === 'absent' ? null : 'something else', to }]
  }
  const now = held.found
  const isFrom = isSameSubject(now.issuer, issuer.subject) && isSignedBy(now, issuer.publicKey)
  return [
    ...requestChanges(now, { ...wanted, publicKey: key.publicKey }),
    ...changeOf('authority', now.isAuthority === wanted.isAuthority, now.isAuthority, wanted.isAuthority),
    ...usageChanges(now.usages, wanted.usages),
    ...changeOf(
      'issuer',
      isFrom,
      subjectText(now.issuer),
      `${subjectText(issuer.subject)} (${fingerprint(issuer.publicKey)})`,
    ),
    ...expiry(now, held.time, wanted),
  ]
}

/** How it is made, and what it will then be. */
export const issueStep = (
  held: TlsAnswer<CertificateFacts>,
  wanted: Wanted,
  key: KeyFacts,
  issuer: Issuer,
): Pick<MakeStep, 'recipe' | 'leaves'> => {
  const { subject, names, usages, isAuthority, days, authority } = wanted
  const config = certificateConfiguration({
    names,
    usages,
    isAuthority,
    keyType: key.type,
    isSigned: authority !== undefined,
  })
  const certificate: CertificateFacts = {
    subject,
    names,
    publicKey: key.publicKey,
    issuer: issuer.subject,
    notBefore: held.time,
    notAfter: held.time + days * daySeconds,
    isAuthority,
    usages,
    pem: '',
    signer: issuer.publicKey,
  }
  return {
    recipe: { make: 'certificate', key: wanted.key, subject: subjectWord(subject), config, days, authority },
    leaves: { certificate },
  }
}

/** The authority that is to sign, or why it cannot. */
export const issuerOf = (
  path: string,
  keyPath: string,
  held: TlsAnswer<CertificateFacts>,
  key: KeyFacts,
): Issuer | Blocked => {
  if (!('found' in held)) {
    return blocked(held.why === 'absent' ? `there is no certificate at "${path}"` : `"${path}" holds no certificate`)
  }
  const { subject, publicKey, isAuthority, notAfter } = held.found
  if (!isAuthority) return blocked(`the certificate at "${path}" is not that of an authority: it may sign no other`)
  if (publicKey !== key.publicKey)
    return blocked(`the key at "${keyPath}" does not belong to the certificate at "${path}"`)
  if (notAfter <= held.time) return blocked(`the certificate at "${path}" has expired on ${dayOf(notAfter)}`)
  return { subject, publicKey }
}
