import { type Args, defineState, path, type StateFunction } from '@prove/core'
import { modeArgument, ownershipArguments, parentsArgument } from '@prove/core/files'
import { caExamples } from './examples.js'
import { type Issuer, issueChanges, issueStep, type Wanted } from './issue.js'
import { subjectArgument, subjectOf } from './names.js'
import { contentObstacle, isObstacle, keyIn } from './obstacles.js'
import { placedChanges, placedSteps, placeObstacle, placeReads } from './placed.js'
import type { KeyFacts } from './reads/public-key.js'
import { certificateAt, keyAt } from './reads/tls.js'
import { validityArguments, validityConflict } from './validity.js'

const caArguments = {
  path: path('The file.'),
  key: path('The private key of the authority, on the target.'),
  subject: subjectArgument('What the authority is called.'),
  ...validityArguments(3650, 365),
  ...ownershipArguments,
  ...modeArgument,
  ...parentsArgument,
}

const wantedOf = (given: Args<typeof caArguments>): Wanted => ({
  subject: subjectOf(given),
  names: [],
  usages: [],
  isAuthority: true,
  days: given.days,
  renewBefore: given.renew_before,
  key: given.key,
})

const issuerOf = ({ subject }: Wanted, { publicKey }: KeyFacts): Issuer => ({ subject, publicKey })

/** Keep the certificate of an authority. */
export const ca: StateFunction = defineState({
  name: 'tls.ca',
  about: 'Keep the certificate of an authority of your own, which signs others.',
  details: `Give it to those who are to trust what it signs; the key stays on the target. It is made anew \`renew_before\` days ahead of its end, and when its key or
its subject is another. Certificates that it has signed stay good as long as its key and its subject stay.`,
  main: 'path',
  args: caArguments,
  examples: caExamples,

  owns: (given) => given.path,

  conflict: (given) => (given.path === given.key ? '"path" and "key" are one file' : validityConflict(given)),

  reads: (given) => ({ ...placeReads(given), held: certificateAt(given.path), key: keyAt(given.key) }),

  check: (given, seen) => {
    const obstacle = placeObstacle(given, seen) ?? contentObstacle(given.path, seen.held)
    if (obstacle !== undefined) return obstacle
    const key = keyIn(given.key, seen.key)
    if (isObstacle(key)) return key
    const wanted = wantedOf(given)
    return placedChanges(given, seen, issueChanges(seen.held, wanted, key, issuerOf(wanted, key)))
  },

  apply: (given, seen, changes) => {
    const key = keyIn(given.key, seen.key)
    if (isObstacle(key)) return []
    const wanted = wantedOf(given)
    return placedSteps(given, seen, changes, issueStep(seen.held, wanted, key, issuerOf(wanted, key)))
  },
})
