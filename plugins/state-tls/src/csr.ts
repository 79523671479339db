import { type Args, type Change, defineState, path, type StateFunction } from '@prove/core'
import { modeArgument, ownershipArguments, parentsArgument } from '@prove/core/files'
import { requestConfiguration } from './configuration.js'
import { requestChanges } from './differences.js'
import { csrExamples } from './examples.js'
import { namesOf, namesText, namingArguments, namingConflict, subjectOf, subjectText, subjectWord } from './names.js'
import { contentObstacle, isObstacle, keyIn } from './obstacles.js'
import { placedChanges, placedSteps, placeObstacle, placeReads } from './placed.js'
import type { KeyFacts } from './reads/public-key.js'
import { keyAt, requestAt, type TlsAnswer } from './reads/tls.js'
import type { RequestFacts } from './reads/x509.js'

const csrArguments = {
  path: path('The file.'),
  key: path('The private key that it is for, on the target.'),
  ...namingArguments,
  ...ownershipArguments,
  ...modeArgument,
  ...parentsArgument,
}

type CsrArguments = Args<typeof csrArguments>

const wantedOf = (given: CsrArguments, { publicKey }: KeyFacts): RequestFacts => ({
  subject: subjectOf(given),
  names: namesOf(given),
  publicKey,
})

const contentChanges = (held: TlsAnswer<RequestFacts>, wanted: RequestFacts): readonly Change[] => {
  if ('found' in held) return requestChanges(held.found, wanted)
  return [
    {
      field: 'request',
      from: held.why === 'absent' ? null : 'something else',
      to: namesText(wanted.names) || subjectText(wanted.subject),
    },
  ]
}

/** Keep a request for a certificate. */
export const csr: StateFunction = defineState({
  name: 'tls.csr',
  about: 'Keep a request for a certificate, to be signed elsewhere.',
  details: `It is made anew when it is for another key, another subject or other names than declared. Names of hosts with letters beyond ASCII are written as
certificates have them.`,
  main: 'path',
  args: csrArguments,
  examples: csrExamples,

  owns: (given) => given.path,

  conflict: (given) => (given.path === given.key ? '"path" and "key" are one file' : namingConflict(given)),

  reads: (given) => ({ ...placeReads(given), held: requestAt(given.path), key: keyAt(given.key) }),

  check: (given, seen) => {
    const obstacle = placeObstacle(given, seen) ?? contentObstacle(given.path, seen.held)
    if (obstacle !== undefined) return obstacle
    const key = keyIn(given.key, seen.key)
    return isObstacle(key) ? key : placedChanges(given, seen, contentChanges(seen.held, wantedOf(given, key)))
  },

  apply: (given, seen, changes) => {
    const key = keyIn(given.key, seen.key)
    if (isObstacle(key)) return []
    const config = requestConfiguration(namesOf(given))
    return placedSteps(given, seen, changes, {
      recipe: { make: 'request', key: given.key, subject: subjectWord(subjectOf(given)), config },
      leaves: { request: wantedOf(given, key) },
    })
  },
})
