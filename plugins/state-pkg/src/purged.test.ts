import { stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { purged } from './purged.js'
import { seenPackage, seenPackages, seenTrial } from './testing/seen.js'

const left = seenPackage('cron', { version: '3', state: 'config' })

stateTable(
  purged,
  { name: 'cron' },
  [
    { title: 'converged', seen: { now: seenPackages([seenPackage('cron')]) }, changes: [], steps: [] },
    {
      title: 'there',
      seen: { now: seenPackages([seenPackage('cron', { version: '3' })]), trial: seenTrial(['cron', '3', null]) },
      changes: ['cron'],
      steps: [{ kind: 'pkg.apt', action: 'purge', packages: [{ name: 'cron' }] }],
    },
    {
      title: 'only its configuration is left',
      seen: { now: seenPackages([left]), trial: seenTrial(['cron', null, null]) },
      changes: ['cron'],
      steps: [{ action: 'purge' }],
    },
    {
      title: 'only its configuration is left, and it is held',
      seen: { now: seenPackages([{ ...left, held: true }]) },
      changes: [],
      steps: [],
      blocked: '"cron" is held',
    },
  ],
  [plugin],
)
