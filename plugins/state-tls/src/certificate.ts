import { type Args, type Blocked, defineState, path, type Read, z } from '@prove/core'
import { modeArgument, ownershipArguments, parentsArgument } from '@prove/core/files'
import { certificateExamples } from './examples.js'
import { type Issuer, issueChanges, issueStep, issuerOf, type Wanted } from './issue.js'
import { namesOf, namingArguments, namingConflict, subjectOf } from './names.js'
import { contentObstacle, isObstacle, keyIn } from './obstacles.js'
import { placedChanges, placedSteps, placeObstacle, placeReads } from './placed.js'
import type { KeyFacts } from './reads/public-key.js'
import { certificateAt, keyAt, type TlsAnswer } from './reads/tls.js'
import type { CertificateFacts } from './reads/x509.js'
import { usages, validityArguments, validityConflict } from './validity.js'

const certificateArguments = {
  path: path('The file.'),
  key: path('The private key that it is for, on the target.'),
  ...namingArguments,
  usage: z
    .union([usages, z.array(usages).min(1)])
    .default('server')
    .meta({ description: 'What it may be used for.' }),
  ...validityArguments(365, 30),
  ca_certificate: path(
    'The certificate of the authority that signs it, on the target; it signs itself unless given.',
  ).optional(),
  ca_key: path('The private key of that authority, on the target.').optional(),
  ...ownershipArguments,
  ...modeArgument,
  ...parentsArgument,
}

type CertificateArguments = Args<typeof certificateArguments>

const wantedOf = (given: CertificateArguments): Wanted => {
  const { ca_certificate: certificate, ca_key: key } = given
  return {
    subject: subjectOf(given),
    names: namesOf(given),
    usages: [given.usage].flat(),
    isAuthority: false,
    days: given.days,
    renewBefore: given.renew_before,
    key: given.key,
    ...(certificate === undefined || key === undefined ? {} : { authority: { certificate, key } }),
  }
}

interface Seen {
  readonly held: TlsAnswer<CertificateFacts>
  readonly key: TlsAnswer<KeyFacts>
  readonly authority?: TlsAnswer<CertificateFacts> | undefined
  readonly authorityKey?: TlsAnswer<KeyFacts> | undefined
}

interface Ready {
  readonly wanted: Wanted
  readonly key: KeyFacts
  readonly issuer: Issuer
}

/** All that it takes to make one, or what is missing of it. */
const readyOf = (given: CertificateArguments, seen: Seen): Ready | Blocked => {
  const wanted = wantedOf(given)
  const key = keyIn(given.key, seen.key)
  if (isObstacle(key)) return key
  const { authority, authorityKey } = seen
  if (wanted.authority === undefined || authority === undefined || authorityKey === undefined) {
    return { wanted, key, issuer: { subject: wanted.subject, publicKey: key.publicKey } }
  }
  const signing = keyIn(wanted.authority.key, authorityKey)
  if (isObstacle(signing)) return signing
  const issuer = issuerOf(wanted.authority.certificate, wanted.authority.key, authority, signing)
  return isObstacle(issuer) ? issuer : { wanted, key, issuer }
}

/** Keep a certificate. */
export const certificate = defineState({
  name: 'tls.certificate',
  about: 'Keep a certificate: signed by itself, or by an authority on the target.',
  details: `It is made anew \`renew_before\` days ahead of its end, by the clock of the target; and when it is for another key, subject, other names or another usage
than declared, or not signed by who is to sign it. Until the new one is complete, the old one stays in place; owner and mode stay as they are.

A web server reads its certificates when it is reloaded: \`notify\` a state that does it.`,
  main: 'path',
  args: certificateArguments,
  examples: certificateExamples,

  owns: (given) => given.path,

  conflict: (given) => {
    if (given.path === given.key) return '"path" and "key" are one file'
    if ((given.ca_certificate === undefined) !== (given.ca_key === undefined)) {
      return '"ca_certificate" and "ca_key" need each other'
    }
    return validityConflict(given) ?? namingConflict(given)
  },

  reads: (
    given,
  ): ReturnType<typeof placeReads> & {
    readonly held: Read<TlsAnswer<CertificateFacts>>
    readonly key: Read<TlsAnswer<KeyFacts>>
    readonly authority?: Read<TlsAnswer<CertificateFacts>>
    readonly authorityKey?: Read<TlsAnswer<KeyFacts>>
  } => ({
    ...placeReads(given),
    held: certificateAt(given.path),
    key: keyAt(given.key),
    ...(given.ca_certificate === undefined ? {} : { authority: certificateAt(given.ca_certificate) }),
    ...(given.ca_key === undefined ? {} : { authorityKey: keyAt(given.ca_key) }),
  }),

  check: (given, seen) => {
    const obstacle = placeObstacle(given, seen) ?? contentObstacle(given.path, seen.held)
    if (obstacle !== undefined) return obstacle
    const ready = readyOf(given, seen)
    if (isObstacle(ready)) return ready
    return placedChanges(given, seen, issueChanges(seen.held, ready.wanted, ready.key, ready.issuer))
  },

  apply: (given, seen, changes) => {
    const ready = readyOf(given, seen)
    if (isObstacle(ready)) return []
    return placedSteps(given, seen, changes, issueStep(seen.held, ready.wanted, ready.key, ready.issuer))
  },
})
