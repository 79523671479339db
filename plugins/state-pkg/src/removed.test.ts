import { stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { removed } from './removed.js'
import { seenPackage, seenPackages, seenTrial } from './testing/seen.js'

const there = seenPackages([seenPackage('cron', { version: '3' })])
const gone = seenTrial(['cron', '3', null])
const nothing = { changes: [], steps: [] }

stateTable(
  removed,
  { name: 'cron' },
  [
    { title: 'converged', seen: { now: seenPackages([seenPackage('cron')]) }, ...nothing },
    {
      title: 'converged, with its configuration left',
      seen: { now: seenPackages([seenPackage('cron', { version: '3', state: 'config' })]) },
      ...nothing,
    },
    {
      title: 'there',
      seen: { now: there, trial: gone },
      changes: ['cron'],
      steps: [{ kind: 'pkg.apt', action: 'remove', packages: [{ name: 'cron' }], lock: 120 }],
    },
    {
      title: 'half there',
      seen: { now: seenPackages([seenPackage('cron', { version: '3', state: 'half' })]), trial: gone },
      changes: ['cron'],
      steps: [{ action: 'remove' }],
    },
    {
      title: 'there, with what depends on it',
      args: { autoremove: true },
      seen: { now: there, trial: seenTrial(['cron', '3', null], ['anacron', '2', null]) },
      changes: ['cron', 'anacron'],
      steps: [{ action: 'remove', autoremove: true }],
    },
    {
      title: 'some of several',
      args: { name: ['at', 'cron'] },
      seen: { now: seenPackages([seenPackage('at'), seenPackage('cron', { version: '3' })]), trial: gone },
      changes: ['cron'],
      steps: [{ packages: [{ name: 'cron' }] }],
    },
    {
      title: 'held',
      seen: { now: seenPackages([seenPackage('cron', { version: '3', held: true })]) },
      ...nothing,
      blocked: '"cron" is held',
    },
    {
      title: 'only provided',
      seen: { now: seenPackages([seenPackage('cron', { providers: ['systemd-cron'] })]) },
      ...nothing,
      blocked: 'name systemd-cron',
    },
    {
      title: 'what APT refuses',
      seen: { now: there, trial: { packages: [], refused: 'Essential packages were removed' } },
      ...nothing,
      blocked: 'apt refuses: Essential packages were removed',
    },
    {
      title: 'as a user who may not',
      seen: { now: { ...there, root: false } },
      ...nothing,
      blocked: 'only root may change packages',
    },
  ],
  [plugin],
)
