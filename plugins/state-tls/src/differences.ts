import type { Change } from '@prove/core'
import { namesText, subjectText } from './names.js'
import { fingerprint } from './reads/public-key.js'
import type { RequestFacts, Subject } from './reads/x509.js'

const shownNames = (names: readonly string[]): string | null => (names.length === 0 ? null : namesText(names))

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted())

export const isSameSubject = (a: Subject, b: Subject): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A change of this field, where there is one. */
export const changeOf = (field: string, isSame: boolean, from: unknown, to: unknown): readonly Change[] =>
  isSame ? [] : [{ field, from, to }]

/** In what a request, or what a certificate has of one, is not as wanted. */
export const requestChanges = (now: RequestFacts, wanted: RequestFacts): readonly Change[] => [
  ...changeOf('key', now.publicKey === wanted.publicKey, fingerprint(now.publicKey), fingerprint(wanted.publicKey)),
  ...changeOf(
    'subject',
    isSameSubject(now.subject, wanted.subject),
    subjectText(now.subject),
    subjectText(wanted.subject),
  ),
  ...changeOf('names', isSameSet(now.names, wanted.names), shownNames(now.names), shownNames(wanted.names)),
]

export const usageChanges = (now: readonly string[], wanted: readonly string[]): readonly Change[] =>
  changeOf('usage', isSameSet(now, wanted), now.join(', ') || null, wanted.join(', ') || null)
