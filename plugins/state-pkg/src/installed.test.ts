import { type ExpectedStep, stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { installed } from './installed.js'
import { offered, seenOffers, seenPackage, seenPackages, seenTrial } from './testing/seen.js'

const there = seenPackages([seenPackage('nginx', { version: '1.22-1' })])
const missing = seenPackages([seenPackage('nginx')])
const offer = seenOffers([offered('nginx', '1.24-1', '1.22-1', '1.20-1')])
const neverFetched = { outdated: false }
const old = { age: 3 * 24 * 3600, outdated: false }
const nothing = { changes: [], steps: [] }
const step = (fields: Record<string, unknown>): ExpectedStep => ({ kind: 'pkg.apt', action: 'install', ...fields })
const plain = step({ packages: [{ name: 'nginx' }], lock: 120 })

stateTable(
  installed,
  { name: 'nginx' },
  [
    { title: 'converged', seen: { now: there }, ...nothing },
    { title: 'converged, with another version offered', args: { max_list_age: 0 }, seen: { now: there }, ...nothing },
    {
      title: 'not there',
      seen: { now: missing, offers: offer, trial: seenTrial(['nginx', null, '1.24-1']) },
      changes: ['nginx'],
      steps: [plain],
    },
    {
      title: 'removed, with its configuration left',
      seen: {
        now: seenPackages([seenPackage('nginx', { state: 'config', version: '1.20-1' })]),
        offers: offer,
        trial: seenTrial(['nginx', null, '1.24-1']),
      },
      changes: ['nginx'],
      steps: [plain],
    },
    {
      title: 'half there, and in no repository',
      seen: {
        now: seenPackages([seenPackage('nginx', { state: 'half', version: '1.20-1' })]),
        offers: seenOffers([offered('nginx')]),
        trial: seenTrial(),
      },
      changes: ['nginx'],
      steps: [plain],
    },
    {
      title: 'what comes along, what is upgraded and what goes',
      seen: {
        now: missing,
        offers: offer,
        trial: seenTrial(
          ['libc6', '2.35', '2.36'],
          ['apache2', '2.4', null],
          ['nginx-common', null, '1.24-1'],
          ['nginx', null, '1.24-1'],
        ),
      },
      changes: ['nginx', 'libc6', 'apache2', 'along with it'],
      steps: [plain],
    },
    {
      title: 'some of several',
      args: { name: ['nginx', 'cron', 'curl'], recommends: false },
      seen: {
        now: seenPackages([seenPackage('nginx', { version: '1' }), seenPackage('cron'), seenPackage('curl')]),
        offers: seenOffers([offered('cron', '3'), offered('curl', '7')]),
        trial: seenTrial(['cron', null, '3'], ['curl', null, '7']),
      },
      changes: ['cron', 'curl'],
      steps: [step({ packages: [{ name: 'cron' }, { name: 'curl' }], recommends: false })],
    },
    {
      title: 'as a user who may not',
      seen: { now: { ...missing, root: false }, offers: offer },
      ...nothing,
      blocked: 'only root may change packages',
    },
    { title: 'converged, as a user who may not', seen: { now: { ...there, root: false } }, ...nothing },
    {
      title: 'what APT refuses',
      seen: { now: missing, offers: offer, trial: { packages: [], refused: 'nginx : Depends: moon' } },
      ...nothing,
      blocked: 'apt refuses: nginx : Depends: moon',
    },
    {
      title: 'what APT refuses by old lists',
      seen: {
        now: missing,
        offers: seenOffers([offered('nginx', '1.24-1')], old),
        trial: { packages: [], refused: 'no' },
      },
      changes: ['package lists', 'nginx'],
      steps: [step({ packages: [{ name: 'nginx' }], update: true })],
    },
    {
      title: 'unknown',
      seen: { now: missing, offers: seenOffers([offered('nginx')]) },
      ...nothing,
      blocked: 'there is no package "nginx" in the package lists',
    },
    {
      title: 'unknown to lists that were never fetched',
      seen: { now: missing, offers: seenOffers([offered('nginx')], neverFetched) },
      changes: ['package lists', 'nginx'],
      steps: [step({ packages: [{ name: 'nginx' }], update: true })],
    },
    {
      title: 'unknown to lists that are older than a day',
      seen: { now: missing, offers: seenOffers([offered('nginx')], old) },
      changes: ['package lists', 'nginx'],
      steps: [step({ update: true })],
    },
    {
      title: 'unknown to lists that are older than the repositories',
      seen: { now: missing, offers: seenOffers([offered('nginx')], { age: 60, outdated: true }) },
      changes: ['package lists', 'nginx'],
      steps: [step({ update: true })],
    },
    {
      title: 'known to old lists',
      seen: {
        now: missing,
        offers: seenOffers([offered('nginx', '1.24-1')], old),
        trial: seenTrial(['nginx', null, '1.24-1']),
      },
      changes: ['nginx'],
      steps: [plain],
    },
    {
      title: 'known to lists that are older than they may be',
      args: { max_list_age: 60 },
      seen: { now: missing, offers: offer },
      changes: ['package lists', 'nginx'],
      steps: [step({ update: true })],
    },
    {
      title: 'provided by one that is there',
      seen: { now: seenPackages([seenPackage('nginx', { providers: ['nginx-full'] })]) },
      ...nothing,
    },
    {
      title: 'provided by one that could be there',
      seen: {
        now: missing,
        offers: seenOffers([{ ...offered('nginx'), providers: ['nginx-full'] }]),
        trial: seenTrial(['nginx-full', null, '1']),
      },
      changes: ['nginx'],
      steps: [step({ packages: [{ name: 'nginx-full' }] })],
    },
    {
      title: 'provided by several that could be there',
      seen: { now: missing, offers: seenOffers([{ ...offered('nginx'), providers: ['a', 'b'] }]) },
      ...nothing,
      blocked: 'name one of a, b',
    },
  ],
  [plugin],
)
