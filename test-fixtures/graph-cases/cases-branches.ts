import { type GraphCase, group, late, lateWork, lazy, still, work } from './graph-case.js'

const branches = { rescue: { r: work('r') }, always: { z: work('z') } }

/** Branches of groups that are lazy, named, notified, repeated or conditional. */
export const branchCases: readonly GraphCase[] = [
  {
    title: 'a lazy group that was woken and is good has no rescue',
    states: { g: group({ a: work('a') }, branches, lazy), x: work('x', { notify: 'g' }) },
    ran: ['x changed', 'g/a changed', 'g/z changed'],
  },
  {
    title: 'a lazy group that was woken and failed has one',
    states: { g: group({ a: work('a') }, branches, lazy), x: work('x', { notify: 'g' }) },
    fails: ['a'],
    ran: ['x changed', 'g/a rescued', 'g/r changed', 'g/z changed'],
    waiting: 1,
  },
  {
    title: 'a lazy group that nobody wakes has no always',
    states: { g: group({ a: work('a') }, branches, lazy), x: work('x') },
    ran: ['x changed'],
  },
  {
    title: 'a failure of a part in the middle of a group',
    states: { g: group({ a: [{ 'cmd.run': 'work a1' }, { 'cmd.run': 'work a2' }] }, branches) },
    fails: ['a1'],
    ran: ['g/a rescued', 'g/a skipped', 'g/r changed', 'g/z changed'],
  },
  {
    title: 'handlers that were notified in a group that was then rescued run',
    states: {
      g: group({ a: work('a', { notify: 'handler' }), b: work('b', { requires: 'a' }) }, branches),
      handler: work('handler', lazy),
    },
    fails: ['b'],
    ran: ['g/a changed', 'g/b rescued', 'g/r changed', 'g/z changed', 'handler changed'],
  },
  {
    title: 'handlers that a rescue notifies run',
    states: {
      g: group({ a: work('a') }, { rescue: { r: work('r', { notify: 'handler' }) } }),
      handler: work('handler', lazy),
    },
    fails: ['a'],
    ran: ['g/a rescued', 'g/r changed', 'handler changed'],
  },
  {
    title: 'a rescue that is written elsewhere runs only when it is needed',
    states: {
      mend: work('mend'),
      g: group({ a: work('a') }, { rescue: 'mend' }),
      h: group({ b: work('b') }, { always: ['last'] }),
      last: work('last'),
    },
    ran: ['g/a changed', 'h/b changed', 'last changed'],
  },
  {
    title: 'a rescue that is written elsewhere runs when it is needed',
    states: { mend: work('mend'), g: group({ a: work('a') }, { rescue: ['mend'] }), d: work('d', { requires: 'g' }) },
    fails: ['a'],
    ran: ['g/a rescued', 'mend changed', 'd changed'],
  },
  {
    title: 'a lazy state serves as a rescue, and a notification wakes it as well',
    states: {
      g: group({ a: work('a') }, { rescue: 'mend' }),
      mend: work('mend', lazy),
      x: work('x', { notify: 'mend' }),
    },
    ran: ['g/a changed', 'x changed', 'mend changed'],
  },
  {
    title: 'a member that is notified again runs again, and so does what is always done',
    states: { g: group({ a: work('a') }, branches), x: work('x', { requires: 'g', notify: 'a' }) },
    ran: ['g/a changed', 'g/z changed', 'x changed', 'g/a changed', 'g/z changed'],
  },
  {
    title: 'a member that is notified again and fails then is rescued then',
    states: {
      g: group({ a: { 'cmd.run': 'test -e {root}/good && work a' } }, branches),
      x: { 'cmd.run': 'rm -f {root}/good', requires: 'g', notify: 'a' },
    },
    there: { good: '' },
    ran: ['g/a changed', 'g/z changed', 'x changed', 'g/a rescued', 'g/r changed', 'g/z changed'],
  },
  {
    title: 'a group that failed stays failed while another member of it runs again',
    states: {
      g: group({ a: work('a'), b: work('b') }, { always: { z: still() } }),
      x: work('x', { notify: 'b' }),
      y: work('y', { lazy: true, listen: 'b', requires: 'g' }),
    },
    fails: ['a'],
    ran: ['g/a failed', 'g/b changed', 'g/z ok', 'x changed', 'y skipped', 'g/b changed', 'g/z ok', 'y skipped'],
    waiting: 1,
  },
  {
    title: 'a group that failed is good when the member that did has run well',
    states: {
      g: group({ a: work('a'), b: work('b') }, { always: { z: still() } }),
      x: work('x', { notify: 'a' }),
      y: work('y', { lazy: true, listen: 'a', requires: 'g' }),
    },
    failsTimes: { a: 1 },
    ran: ['g/a failed', 'g/b changed', 'g/z ok', 'x changed', 'y skipped', 'g/a changed', 'g/z ok', 'y changed'],
  },
  {
    title: 'a condition on a group keeps its branches away as well',
    states: {
      g: group({ a: work('a') }, branches, { when: "file('{root}/nothing').exists" }),
      d: work('d', { requires: 'g' }),
    },
    ran: ['g/a skipped', 'g/z skipped', 'd changed'],
    did: ['d'],
  },
  {
    title: 'a condition on a rescue is asked when it is needed',
    states: {
      g: group({ a: work('a') }, { rescue: { r: work('r', { when: late('outputs.a.changed') }) } }),
      d: work('d', { requires: 'g' }),
    },
    fails: ['a'],
    ran: ['g/a rescued', 'g/r changed', 'd changed'],
  },
  {
    title: 'a rescue uses what the failed state said',
    states: {
      g: group(
        { a: { 'cmd.run': 'printf reason && work a' } },
        { rescue: { r: lateWork("'because-' ~ outputs.a.stdout") } },
      ),
    },
    fails: ['a'],
    ran: ['g/a rescued', 'g/r changed'],
    did: ['a', 'because-reason'],
  },
  {
    title: 'retries come before rescue',
    states: { g: group({ a: work('a', { retry: { attempts: 2, delay: 0 } }) }, branches) },
    failsTimes: { a: 1 },
    ran: ['g/a changed', 'g/z changed'],
    did: ['a', 'a', 'z'],
  },
  {
    title: 'rescue after the last attempt',
    states: { g: group({ a: work('a', { retry: { attempts: 2, delay: 0 } }) }, branches) },
    fails: ['a'],
    ran: ['g/a rescued', 'g/r changed', 'g/z changed'],
    did: ['a', 'a', 'r', 'z'],
  },
]
