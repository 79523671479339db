import { blobOf, type ExpectedStep, stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { installed } from './installed.js'
import { seenOffers, seenPackage, seenPackages, seenTrial } from './testing/seen.js'

const there = seenPackages([seenPackage('nginx', { version: '1.22-1' })])
const missing = seenPackages([seenPackage('nginx')])
const nothing = { changes: [], steps: [] }
const step = (fields: Record<string, unknown>): ExpectedStep => ({ kind: 'pkg.apt', action: 'install', ...fields })

stateTable(
  installed,
  { name: 'nginx' },
  [
    {
      title: 'a package of the catalog',
      args: { source: blobOf('package') },
      seen: { now: missing, offers: seenOffers([]) },
      changes: ['nginx'],
      steps: [step({ blob: { sha256: blobOf('package').sha256, size: 7 }, packages: [{ name: 'nginx' }] })],
    },
    {
      title: 'a package of the catalog that is there',
      args: { source: blobOf('package') },
      seen: { now: there },
      ...nothing,
    },
    {
      title: 'a package of the catalog in another version',
      args: { source: blobOf('package'), version: '1.24-1' },
      seen: { now: there, offers: seenOffers([]) },
      changes: ['nginx'],
      steps: [step({ packages: [{ name: 'nginx', version: '1.24-1' }] })],
    },
  ],
  [plugin],
)

const file = '/srv/nginx.deb'
const held = { name: 'nginx', version: '1.22-1' }

stateTable(
  installed,
  { file },
  [
    { title: 'a file: converged', seen: { held, now: there }, ...nothing },
    {
      title: 'a file: not there',
      seen: { held, now: missing, offers: seenOffers([]), trial: seenTrial(['nginx', null, '1.22-1']) },
      changes: ['nginx'],
      steps: [step({ file, packages: [{ name: 'nginx', version: '1.22-1' }] })],
    },
    {
      title: 'a file: newer',
      seen: {
        held: { ...held, version: '1.23-1' },
        now: there,
        offers: seenOffers([]),
        trial: seenTrial(['nginx', '1.22-1', '1.23-1']),
      },
      changes: ['nginx'],
      steps: [step({ file })],
    },
    { title: 'a file: older', seen: { held: { ...held, version: '1.21-1' }, now: there }, ...nothing },
    {
      title: 'a file: older, and wanted',
      args: { version: '1.21-1' },
      seen: {
        held: { ...held, version: '1.21-1' },
        now: there,
        offers: seenOffers([]),
        trial: seenTrial(['nginx', '1.22-1', '1.21-1']),
      },
      changes: ['nginx'],
      steps: [step({ file, downgrade: true })],
    },
    {
      title: 'a file: not the version that is wanted',
      args: { version: '>=2' },
      seen: { held, now: there },
      ...nothing,
      blocked: 'the file holds version 1.22-1 of "nginx", and not >=2',
    },
    { title: 'a file: missing', seen: { held: { why: 'absent' } }, ...nothing, blocked: 'does not exist' },
    {
      title: 'a file: none of packages',
      seen: { held: { why: 'unreadable' } },
      ...nothing,
      blocked: 'is no package file',
    },
    {
      title: 'a file: of another package',
      args: { name: 'apache2' },
      seen: { held },
      ...nothing,
      blocked: 'holds the package "nginx"',
    },
  ],
  [plugin],
)
