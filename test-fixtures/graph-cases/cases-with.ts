import { file, type GraphCase, late, lateWork, lazy, work } from './graph-case.js'

const hear = (fields = {}) => lateWork('with.name or "nothing"', fields)

/** Variables of invocations. */
export const withCases: readonly GraphCase[] = [
  {
    title: 'a notification gives variables',
    states: { a: work('a', { notify: { state: 'r', with: { name: 'one' } } }), r: hear(lazy) },
    ran: ['a changed', 'r changed'],
    did: ['a', 'one'],
  },
  {
    title: 'equal variables are one invocation, whatever their order',
    states: {
      a: work('a', { notify: { state: 'r', with: { name: 'one', other: { x: 1, y: 2 } } } }),
      b: work('b', { notify: [{ state: 'r', with: { other: { y: 2, x: 1 }, name: 'one' } }] }),
      r: hear(lazy),
    },
    ran: ['a changed', 'b changed', 'r changed'],
    did: ['a', 'b', 'one'],
  },
  {
    title: 'other variables are another invocation, in the order of the notifications',
    states: {
      r: hear(lazy),
      b: work('b', { notify: { state: 'r', with: { name: 'two' } } }),
      a: work('a', { notify: { state: 'r', with: { name: 'one' } } }),
    },
    ran: ['b changed', 'a changed', 'r changed', 'r changed'],
    did: ['b', 'a', 'two', 'one'],
  },
  {
    title: 'with and without variables are two invocations',
    states: { a: work('a', { notify: ['r', { state: 'r', with: { name: 'one' } }] }), r: hear(lazy) },
    ran: ['a changed', 'r changed', 'r changed'],
    did: ['a', 'nothing', 'one'],
  },
  {
    title: 'empty variables are none',
    states: { a: work('a', { notify: ['r', { state: 'r', with: {} }] }), r: hear(lazy) },
    ran: ['a changed', 'r changed'],
    did: ['a', 'nothing'],
  },
  {
    title: 'a state that runs of its own has no variables; a notification with some is a run beside it',
    states: { a: work('a', { notify: { state: 'r', with: { name: 'one' } } }), r: hear() },
    ran: ['a changed', 'r changed', 'r changed'],
    did: ['a', 'nothing', 'one'],
  },
  {
    title: 'a notification with variables to one that had its turn',
    states: { r: hear(), a: work('a', { notify: { state: 'r', with: { name: 'one' } } }) },
    ran: ['r changed', 'a changed', 'r changed'],
    did: ['nothing', 'a', 'one'],
  },
  {
    title: 'variables of its own stand where a notification gives none',
    states: {
      a: work('a', { notify: ['r', { state: 'r', with: { name: 'given' } }] }),
      r: hear({ lazy: true, with: { name: 'own' } }),
    },
    ran: ['a changed', 'r changed', 'r changed'],
    did: ['a', 'own', 'given'],
  },
  {
    title: 'variables are evaluated in the scope of the notifier',
    states: {
      a: lateWork('with.name', { with: { name: 'mine' }, notify: { state: 'r', with: { name: late('with.name') } } }),
      r: hear({ lazy: true, with: { name: 'yours' } }),
    },
    ran: ['a changed', 'r changed'],
    did: ['mine', 'mine'],
  },
  {
    title: 'variables go on from notification to notification',
    states: {
      a: work('a', { notify: { state: 'b', with: { name: 'one' } } }),
      b: hear({ lazy: true, notify: { state: 'c', with: { name: late("with.name ~ '-more'") } } }),
      c: hear(lazy),
    },
    ran: ['a changed', 'b changed', 'c changed'],
    did: ['a', 'one', 'one-more'],
  },
  {
    title: 'variables that come out equal are one invocation, however they are written',
    states: {
      a: work('a', { notify: { state: 'r', with: { name: late("'o' ~ 'ne'") } } }),
      b: work('b', { with: { x: 'one' }, notify: { state: 'r', with: { name: late('with.x') } } }),
      r: hear(lazy),
    },
    ran: ['a changed', 'b changed', 'r changed'],
    did: ['a', 'b', 'one'],
  },
  {
    title: 'variables that read the target do so when they are given',
    states: {
      a: {
        'cmd.run': 'touch {root}/made',
        creates: '{root}/made',
        notify: { state: 'r', with: { name: late("'there' if file('{root}/made').exists else 'missing'") } },
      },
      r: hear(lazy),
    },
    ran: ['a changed', 'r changed'],
    did: ['there'],
    again: ['a skipped'],
  },
  {
    title: 'variables for a failure',
    states: {
      a: work('a', { notify_failure: { state: 'mend', with: { name: 'a-failed' } } }),
      b: work('b', { notify_failure: { state: 'mend', with: { name: 'b-failed' } } }),
      mend: hear(lazy),
    },
    fails: ['a', 'b'],
    ran: ['a failed', 'b failed', 'mend changed', 'mend changed'],
    did: ['a', 'b', 'a-failed', 'b-failed'],
  },
  {
    title: 'variables that are wrong are told, and the notifier has not failed',
    states: {
      a: work('a', { notify: { state: 'r', with: { name: late("1 + file('{root}').type") } } }),
      b: work('b', { requires: 'a' }),
      r: hear(lazy),
    },
    ran: ['a changed', 'b changed', 'r failed'],
    did: ['a', 'b'],
    waiting: 1,
  },
  {
    title: 'one of two invocations fails, and is the one that waits for the next run',
    states: {
      a: file('a', {
        notify: [
          { state: 'r', with: { name: 'one' } },
          { state: 'r', with: { name: 'two' } },
        ],
      }),
      r: hear(lazy),
    },
    failsTimes: { one: 1 },
    ran: ['a changed', 'r failed', 'r changed'],
    waiting: 1,
    again: ['a ok', 'r changed'],
  },
  {
    title: 'late variables that wait for the next run are evaluated when they are answered',
    states: {
      a: file('a', { notify: { state: 'r', with: { name: late("'b-' ~ file('{root}/b').exists") } } }),
      r: hear(lazy),
      b: file('b', { after: 'r' }),
    },
    failsTimes: { 'b-false': 1 },
    ran: ['a changed', 'r failed', 'b changed'],
    did: ['b-false'],
    waiting: 1,
    again: ['a ok', 'r changed', 'b ok'],
  },
  {
    title: 'late variables that wait and come again are one invocation',
    states: {
      a: work('a', { notify: { state: 'r', with: { name: late("'root-' ~ file('{root}').exists") } } }),
      r: hear(lazy),
    },
    failsTimes: { 'root-true': 1 },
    ran: ['a changed', 'r failed'],
    waiting: 1,
    again: ['a changed', 'r changed'],
  },
  {
    title: 'what only a notification gives does not last, and makes the run unstable',
    states: {
      f: { 'file.managed': { path: '{root}/f', content: late("with.text or 'plain'") } },
      a: work('a', { notify: { state: 'f', with: { text: 'given' } } }),
    },
    ran: ['f changed', 'a changed', 'f unstable'],
    again: ['f changed', 'a changed', 'f unstable'],
  },
  {
    title: 'a name that cannot be one is an error',
    states: { a: work('a', { notify: { state: 'r', with: { 'no-name': 1 } } }), r: work('r', lazy) },
    error: 'PRV_FIELD_INVALID',
  },
]
