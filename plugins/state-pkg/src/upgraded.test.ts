import { stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { seenOffers, seenPackage, seenPackages, seenTrial } from './testing/seen.js'
import { upgraded } from './upgraded.js'

const now = seenPackages([])
const offers = seenOffers([])
const two = seenTrial(['libc6', '2.35', '2.36'], ['curl', '7', '8'])
const nothing = { changes: [], steps: [] }

stateTable(
  upgraded,
  {},
  [
    { title: 'converged', seen: { now, offers, trial: seenTrial() }, ...nothing },
    {
      title: 'converged, by lists that are young enough',
      args: { max_list_age: 7200 },
      seen: { now, offers, trial: seenTrial() },
      ...nothing,
    },
    {
      title: 'something is newer',
      seen: { now, offers, trial: two },
      changes: ['libc6', 'curl'],
      steps: [{ kind: 'pkg.apt', action: 'upgrade', packages: [], lock: 120 }],
    },
    {
      title: 'something is newer, and may remove',
      args: { full: true },
      seen: { now, offers, trial: two },
      changes: ['libc6', 'curl'],
      steps: [{ action: 'upgrade', full: true }],
    },
    {
      title: 'old lists',
      args: { max_list_age: 60 },
      seen: { now, offers },
      changes: ['package lists'],
      steps: [{ action: 'upgrade', update: true }],
    },
    {
      title: 'lists that were never fetched',
      args: { max_list_age: 60 },
      seen: { now, offers: seenOffers([], { outdated: false }) },
      changes: ['package lists'],
      steps: [{ action: 'upgrade', update: true }],
    },
    {
      title: 'one of them',
      args: { name: 'curl' },
      seen: {
        now: seenPackages([seenPackage('curl', { version: '7' })]),
        offers,
        trial: seenTrial(['curl', '7', '8']),
      },
      changes: ['curl'],
      steps: [{ action: 'upgrade', packages: [{ name: 'curl' }] }],
    },
    {
      title: 'one that is not there',
      args: { name: 'curl' },
      seen: { now: seenPackages([seenPackage('curl')]), offers },
      ...nothing,
      blocked: '"curl" is not installed',
    },
    {
      title: 'what APT refuses',
      seen: { now, offers, trial: { packages: [], refused: 'Unmet dependencies' } },
      ...nothing,
      blocked: 'apt refuses: Unmet dependencies',
    },
    {
      title: 'as a user who may not',
      seen: { now: { ...now, root: false }, offers, trial: two },
      ...nothing,
      blocked: 'only root may change packages',
    },
    {
      title: 'converged, as a user who may not',
      seen: { now: { ...now, root: false }, offers, trial: seenTrial() },
      ...nothing,
    },
  ],
  [plugin],
)
