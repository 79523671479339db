import { file, type GraphCase, group, late, lazy, sequence, work } from './graph-case.js'

const deep = Array.from({ length: 101 }, () => 'a changed')

/** Notifications that come back, and those that only look like it. */
export const loopCases: readonly GraphCase[] = [
  {
    title: 'a state that notifies itself',
    states: { a: work('a', { notify: 'a' }), b: work('b', { requires: 'a' }) },
    ran: ['a changed', 'b changed', 'a failed'],
    did: ['a', 'b'],
  },
  {
    title: 'two states that notify each other',
    states: { a: work('a', { notify: 'b' }), b: work('b', { notify: 'a' }) },
    ran: ['a changed', 'b changed', 'a changed', 'b failed'],
    did: ['a', 'b', 'a'],
  },
  {
    title: 'two lazy states that notify each other',
    states: {
      x: work('x', { notify: 'a' }),
      a: work('a', { lazy: true, notify: 'b' }),
      b: work('b', { lazy: true, notify: 'a' }),
    },
    ran: ['x changed', 'a changed', 'b changed', 'a failed'],
    did: ['x', 'a', 'b'],
  },
  {
    title: 'a circle of three',
    states: {
      x: work('x', { notify: 'a' }),
      a: work('a', { lazy: true, notify: 'b' }),
      b: work('b', { lazy: true, notify: 'c' }),
      c: work('c', { lazy: true, notify: 'a' }),
    },
    ran: ['x changed', 'a changed', 'b changed', 'c changed', 'a failed'],
  },
  {
    title: 'a circle of files comes to rest: what changes nothing notifies nobody',
    states: { a: file('a', { notify: 'b' }), b: file('b', { notify: 'a' }) },
    ran: ['a changed', 'b changed', 'a ok'],
    again: ['a ok', 'b ok'],
  },
  {
    title: 'what is given is part of who is notified: one more run is no circle',
    states: { a: work('a', { notify: { state: 'a', with: { once: true } }, when: 'not with.never' }) },
    ran: ['a changed', 'a changed', 'a failed'],
    did: ['a', 'a'],
  },
  {
    title: 'a notification that stops by itself is no circle',
    states: {
      a: work('a', {
        when: '(with.n or 0) < 3',
        notify: { state: 'a', with: { n: late('(with.n or 0) + 1') } },
      }),
    },
    ran: ['a changed', 'a changed', 'a changed', 'a skipped'],
  },
  {
    title: 'a notification that never stops is a circle after a hundred',
    states: { a: work('a', { notify: { state: 'a', with: { n: late('(with.n or 0) + 1') } } }) },
    ran: [...deep, 'a failed'],
  },
  {
    title: 'listen to oneself',
    states: { a: work('a', { listen: ['x', 'a'] }), x: work('x') },
    ran: ['x changed', 'a changed', 'a failed'],
  },
  {
    title: 'a group whose member hears of it',
    states: { g: group({ a: work('a'), b: work('b', lazy) }, {}, { notify: 'b' }) },
    ran: ['g/a changed', 'g/b changed', 'g/b failed'],
    did: ['a', 'b'],
  },
  {
    title: 'a circle by failures',
    states: { a: work('a', { notify_failure: 'b' }), b: work('b', { lazy: true, notify: 'a' }) },
    fails: ['a'],
    ran: ['a failed', 'b changed', 'a failed'],
    did: ['a', 'b'],
  },
  {
    title: 'a mender that asks for another try must say so, as that would be a circle',
    states: {
      a: work('a', { notify_failure: 'mend' }),
      mend: work('mend', { lazy: true, notify: { state: 'a', with: { again: true } } }),
    },
    failsTimes: { a: 1 },
    ran: ['a failed', 'mend changed', 'a changed'],
  },
  {
    title: 'a state that a sequence runs twice and that notifies itself',
    states: { x: work('x', { notify: 'x' }), s: sequence(['x', 'x']) },
    ran: ['x changed', 'x#2 changed', 'x failed', 'x failed'],
    did: ['x', 'x'],
  },
  {
    title: 'dependants of what is told of a circle run',
    states: {
      x: work('x', { notify: 'a' }),
      a: work('a', { lazy: true, notify: 'b' }),
      b: work('b', { lazy: true, notify: 'a' }),
      d: work('d', { requires: ['a', 'b'] }),
    },
    ran: ['x changed', 'a changed', 'b changed', 'd changed', 'a failed'],
  },
]
