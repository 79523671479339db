import { blocked, file, type GraphCase, lazy, still, work } from './graph-case.js'

/** What a failure stops, and what it wakes. */
export const failureCases: readonly GraphCase[] = [
  {
    title: 'a failure wakes those it names',
    states: { a: work('a', { notify_failure: 'mend' }), mend: work('mend', lazy) },
    fails: ['a'],
    ran: ['a failed', 'mend changed'],
  },
  {
    title: 'a success wakes nobody who waits for a failure',
    states: { a: work('a', { notify_failure: 'mend' }), mend: work('mend', lazy) },
    ran: ['a changed'],
    planned: ['a would-change sure', 'mend pending conditional'],
  },
  {
    title: 'listen_failure is the same from the other end',
    states: { a: work('a'), mend: work('mend', { listen_failure: 'a' }) },
    fails: ['a'],
    ran: ['a failed', 'mend changed'],
  },
  {
    title: 'listen_failure makes lazy',
    states: { a: work('a'), mend: work('mend', { listen_failure: 'a' }) },
    ran: ['a changed'],
  },
  {
    title: 'one of several failures is enough, and two are one',
    states: {
      a: work('a'),
      b: work('b'),
      c: work('c'),
      one: work('one', { listen_failure: ['a', 'b'] }),
      two: work('two', { listen_failure: ['b', 'c'] }),
      none: work('none', { listen_failure: 'a' }),
    },
    fails: ['b', 'c'],
    ran: ['a changed', 'b failed', 'c failed', 'one changed', 'two changed'],
  },
  {
    title: 'listen and listen_failure: whatever came of it',
    states: {
      a: work('a'),
      b: work('b'),
      either: work('either', { listen: ['a', 'b'], listen_failure: ['a', 'b'] }),
    },
    fails: ['b'],
    ran: ['a changed', 'b failed', 'either changed'],
  },
  {
    title: 'a blocked state wakes those who wait for its failure, and a plan knows',
    states: { a: blocked({ notify_failure: 'mend' }), mend: file('mended', lazy) },
    ran: ['a failed', 'mend changed'],
    planned: ['a failed sure', 'mend would-change sure'],
  },
  {
    title: 'being skipped is no failure to listen to',
    states: { a: work('a'), b: work('b', { requires: 'a', notify_failure: 'mend' }), mend: work('mend', lazy) },
    fails: ['a'],
    ran: ['a failed', 'b skipped'],
  },
  {
    title: 'steps that ran notify, although the state failed',
    states: { a: work('a', { notify: 'reload' }), reload: work('reload', lazy) },
    fails: ['a'],
    ran: ['a failed', 'reload changed'],
  },
  {
    title: 'both kinds of notification by one failure',
    states: { a: work('a', { notify: 'x', notify_failure: 'y' }), x: work('x', lazy), y: work('y', lazy) },
    fails: ['a'],
    ran: ['a failed', 'x changed', 'y changed'],
  },
  {
    title: 'to be woken by its change and its failure is one invocation',
    states: { a: work('a', { notify: 'x', notify_failure: 'x' }), x: work('x', lazy) },
    fails: ['a'],
    ran: ['a failed', 'x changed'],
  },
  {
    title: 'what was to be reloaded is reloaded although another state fails',
    states: { a: file('a', { notify: 'reload' }), b: work('b'), reload: work('reload', { lazy: true, after: 'b' }) },
    fails: ['b'],
    ran: ['a changed', 'b failed', 'reload changed'],
  },
  {
    title: 'a reload that requires what failed is skipped, and waits for the next run',
    states: {
      a: file('a', { notify: 'reload' }),
      b: work('b'),
      reload: work('reload', { lazy: true, requires: 'b' }),
    },
    failsTimes: { b: 1 },
    ran: ['a changed', 'b failed', 'reload skipped'],
    waiting: 1,
    again: ['a ok', 'b changed', 'reload changed'],
  },
  {
    title: 'a reload that failed is tried again by the next run',
    states: { a: file('a', { notify: 'reload' }), reload: work('reload', lazy) },
    failsTimes: { reload: 1 },
    ran: ['a changed', 'reload failed'],
    waiting: 1,
    again: ['a ok', 'reload changed'],
  },
  {
    title: 'a reload that failed and is notified again is one reload',
    states: { a: work('a', { notify: 'reload' }), reload: work('reload', lazy) },
    failsTimes: { reload: 1 },
    ran: ['a changed', 'reload failed'],
    waiting: 1,
    again: ['a changed', 'reload changed'],
  },
  {
    title: 'a mender that failed is tried again, although what it mends is right by now',
    states: { a: work('a', { notify_failure: 'mend' }), mend: work('mend', lazy) },
    failsTimes: { a: 1, mend: 1 },
    ran: ['a failed', 'mend failed'],
    waiting: 1,
    again: ['a changed', 'mend changed'],
  },
  {
    title: 'a failed part skips the rest of its state, and its dependants',
    states: {
      a: [{ 'cmd.run': 'work a1' }, { 'cmd.run': 'work a2' }, { 'cmd.run': 'work a3' }],
      b: work('b', { requires: 'a' }),
    },
    fails: ['a2'],
    ran: ['a changed', 'a failed', 'a skipped', 'b skipped'],
    did: ['a1', 'a2'],
  },
  {
    title: 'a failed part notifies for itself',
    states: {
      a: [
        { 'cmd.run': 'work a1', notify_failure: 'x' },
        { 'cmd.run': 'work a2', notify_failure: 'y' },
      ],
      x: work('x', lazy),
      y: work('y', lazy),
    },
    fails: ['a2'],
    ran: ['a changed', 'a failed', 'y changed'],
  },
  {
    title: 'a state that succeeds when it is woken again meets those that come later',
    states: {
      a: work('a'),
      b: work('b', { notify: 'a' }),
      c: work('c', { lazy: true, listen: 'a', requires: 'a' }),
      d: work('d', { requires: 'a' }),
    },
    failsTimes: { a: 1 },
    ran: ['a failed', 'b changed', 'c skipped', 'd skipped', 'a changed', 'c changed'],
    did: ['a', 'b', 'a', 'c'],
  },
  {
    title: 'a command that fails after it was half-way notifies, and the second run converges',
    states: {
      a: { 'cmd.run': 'touch {root}/half && work a', notify: 'reload', unless: 'test -e {root}/half' },
      reload: work('reload', lazy),
      s: still(),
    },
    fails: ['a'],
    ran: ['a failed', 'reload changed', 's ok'],
    again: ['a skipped', 's ok'],
  },
]
