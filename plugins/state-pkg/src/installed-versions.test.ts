import { type ExpectedStep, stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { installed } from './installed.js'
import { offered, seenOffers, seenPackage, seenPackages, seenTrial } from './testing/seen.js'

const there = seenPackages([seenPackage('nginx', { version: '1.22-1' })])
const missing = seenPackages([seenPackage('nginx')])
const offer = seenOffers([offered('nginx', '1.24-1', '1.22-1', '1.20-1')])
const old = { age: 3 * 24 * 3600, outdated: false }
const nothing = { changes: [], steps: [] }
const step = (fields: Record<string, unknown>): ExpectedStep => ({ kind: 'pkg.apt', action: 'install', ...fields })

stateTable(
  installed,
  { name: 'nginx' },
  [
    { title: 'a version that fits', args: { version: '>=1.20, <2' }, seen: { now: there }, ...nothing },
    { title: 'the version itself', args: { version: '1.22-1' }, seen: { now: there }, ...nothing },
    {
      title: 'a version that does not fit',
      args: { version: '>1.22-1' },
      seen: { now: there, offers: offer, trial: seenTrial(['nginx', '1.22-1', '1.24-1']) },
      changes: ['nginx'],
      steps: [step({ packages: [{ name: 'nginx', version: '1.24-1' }] })],
    },
    {
      title: 'an older version',
      args: { version: '1.20*' },
      seen: { now: there, offers: offer, trial: seenTrial(['nginx', '1.22-1', '1.20-1']) },
      changes: ['nginx'],
      steps: [step({ packages: [{ name: 'nginx', version: '1.20-1' }], downgrade: true })],
    },
    {
      title: 'the newest of those that fit, where the candidate does not',
      args: { version: '<1.24' },
      seen: {
        now: missing,
        offers: seenOffers([offered('nginx', '1.24-1', '1.9-1', '1.20-1')]),
        trial: seenTrial(['nginx', null, '1.20-1']),
      },
      changes: ['nginx'],
      steps: [step({ packages: [{ name: 'nginx', version: '1.20-1' }] })],
    },
    {
      title: 'a version that nobody offers',
      args: { version: '2' },
      seen: { now: there, offers: offer },
      ...nothing,
      blocked: 'no version of "nginx" that is offered is 2: there is 1.24-1, 1.22-1, 1.20-1',
    },
    {
      title: 'a version that newer lists may have',
      args: { version: '2-1' },
      seen: { now: there, offers: seenOffers([offered('nginx', '1.24-1')], old) },
      changes: ['package lists', 'nginx'],
      steps: [step({ packages: [{ name: 'nginx', version: '2-1' }], update: true })],
    },
    {
      title: 'the latest',
      args: { latest: true },
      seen: { now: seenPackages([seenPackage('nginx', { version: '1.24-1' })]), offers: offer },
      ...nothing,
    },
    {
      title: 'newer than the latest',
      args: { latest: true },
      seen: { now: seenPackages([seenPackage('nginx', { version: '2' })]), offers: offer },
      ...nothing,
    },
    {
      title: 'not the latest',
      args: { latest: true },
      seen: { now: there, offers: offer, trial: seenTrial(['nginx', '1.22-1', '1.24-1']) },
      changes: ['nginx'],
      steps: [step({ packages: [{ name: 'nginx', replaces: '1.22-1', newest: '1.24-1' }] })],
    },
    {
      title: 'the latest by lists that are older than they may be',
      args: { latest: true, max_list_age: 60 },
      seen: { now: seenPackages([seenPackage('nginx', { version: '1.24-1' })]), offers: offer },
      changes: ['package lists'],
      steps: [step({ packages: [{ name: 'nginx' }], update: true })],
    },
    {
      title: 'held',
      args: { hold: true },
      seen: { now: seenPackages([seenPackage('nginx', { version: '1.22-1', held: true })]) },
      ...nothing,
    },
    {
      title: 'not held',
      args: { hold: true },
      seen: { now: there },
      changes: ['nginx hold'],
      steps: [step({ action: 'mark', hold: ['nginx'] })],
    },
    {
      title: 'not to be held',
      args: { hold: false },
      seen: { now: seenPackages([seenPackage('nginx', { version: '1.22-1', held: true })]) },
      changes: ['nginx hold'],
      steps: [step({ action: 'mark', release: ['nginx'] })],
    },
    {
      title: 'held by somebody, and not the latest',
      args: { latest: true },
      seen: {
        now: seenPackages([seenPackage('nginx', { version: '1.22-1', held: true })]),
        offers: offer,
      },
      ...nothing,
      blocked: '"nginx" is held at 1.22-1',
    },
    {
      title: 'held again in another version',
      args: { version: '1.24-1', hold: true },
      seen: {
        now: seenPackages([seenPackage('nginx', { version: '1.22-1', held: true })]),
        offers: offer,
        trial: seenTrial(['nginx', '1.22-1', '1.24-1']),
      },
      changes: ['nginx'],
      steps: [step({ packages: [{ name: 'nginx', version: '1.24-1' }], held: true, hold: ['nginx'] })],
    },
  ],
  [plugin],
)
