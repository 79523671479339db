import { blocked, file, type GraphCase, group, lazy, still, work } from './graph-case.js'

/** Hard edges, then soft ones, then the order of declaration. */
export const orderCases: readonly GraphCase[] = [
  {
    title: 'states run in the order in which they are declared',
    states: { c: work('c'), a: work('a'), b: work('b') },
    ran: ['c changed', 'a changed', 'b changed'],
    did: ['c', 'a', 'b'],
    again: ['c changed', 'a changed', 'b changed'],
    planned: ['c would-change sure', 'a would-change sure', 'b would-change sure'],
  },
  {
    title: 'requires overrides the order of declaration',
    states: { a: work('a', { requires: 'c' }), b: work('b'), c: work('c') },
    ran: ['c changed', 'a changed', 'b changed'],
  },
  {
    title: 'a chain of requirements that is declared backwards',
    states: {
      a: work('a', { requires: 'b' }),
      b: work('b', { requires: 'c' }),
      c: work('c', { requires: 'd' }),
      d: work('d'),
    },
    ran: ['d changed', 'c changed', 'b changed', 'a changed'],
  },
  {
    title: 'a diamond runs its foot once',
    states: {
      top: work('top', { requires: ['left', 'right'] }),
      left: work('left', { requires: 'foot' }),
      right: work('right', { requires: 'foot' }),
      foot: work('foot'),
    },
    ran: ['foot changed', 'left changed', 'right changed', 'top changed'],
  },
  {
    title: 'several requirements come in the order in which they are named',
    states: { a: work('a', { requires: ['c', 'b'] }), b: work('b'), c: work('c') },
    ran: ['c changed', 'b changed', 'a changed'],
  },
  {
    title: 'after is an order too',
    states: { a: work('a', { after: 'b' }), b: work('b') },
    ran: ['b changed', 'a changed'],
  },
  {
    title: 'after does not mind a failure',
    states: { a: work('a', { after: 'b' }), b: work('b') },
    fails: ['b'],
    ran: ['b failed', 'a changed'],
  },
  {
    title: 'after and requires of one state both hold',
    states: { a: work('a', { after: 'c', requires: 'b' }), b: work('b'), c: work('c') },
    ran: ['b changed', 'c changed', 'a changed'],
  },
  {
    title: 'after a lazy state that nobody wakes',
    states: { a: work('a', { after: 'b' }), b: work('b', lazy) },
    ran: ['a changed'],
  },
  {
    title: 'a lazy state comes behind all of its notifiers',
    states: { r: work('r', lazy), a: work('a', { notify: 'r' }), b: work('b'), c: work('c', { notify: 'r' }) },
    ran: ['a changed', 'c changed', 'r changed', 'b changed'],
  },
  {
    title: 'what requires a lazy state comes behind the notifiers of that',
    states: { late: work('late', { requires: 'r' }), r: work('r', lazy), a: work('a', { notify: 'r' }) },
    ran: ['a changed', 'r changed', 'late changed'],
  },
  {
    title: 'a hard edge against a soft one wins, and the answer comes in another round',
    states: { a: work('a', { requires: 'r', notify: 'r' }), r: work('r', lazy) },
    ran: ['a changed', 'r changed'],
  },
  {
    title: 'a state that is not lazy keeps its place although it is notified',
    states: { r: work('r'), a: work('a', { notify: 'r' }) },
    ran: ['r changed', 'a changed', 'r changed'],
  },
  {
    title: 'a state behind its notifier runs once',
    states: { a: work('a', { notify: 'r' }), r: work('r') },
    ran: ['a changed', 'r changed'],
  },
  {
    title: 'the parts of a state run in order and stay together',
    states: {
      a: [{ 'cmd.run': 'work a1' }, { 'cmd.run': 'work a2' }],
      b: { parts: [{ 'cmd.run': 'work b1' }, { 'cmd.run': 'work b2' }], requires: 'a' },
    },
    ran: ['a changed', 'a changed', 'b changed', 'b changed'],
    did: ['a1', 'a2', 'b1', 'b2'],
  },
  {
    title: 'states that need each other are an error',
    states: { a: work('a', { requires: 'b' }), b: work('b', { requires: 'a' }) },
    error: 'PRV_STATE_CYCLE',
  },
  {
    title: 'a state that needs itself is an error',
    states: { a: work('a', { requires: 'a' }) },
    error: 'PRV_STATE_CYCLE',
  },
  {
    title: 'a circle of three, of requires and after, is an error',
    states: { a: work('a', { requires: 'b' }), b: work('b', { after: 'c' }), c: work('c', { requires: 'a' }) },
    error: 'PRV_STATE_CYCLE',
  },
  {
    title: 'a circle by way of a group is an error',
    states: { g: group({ m: work('m', { requires: 'x' }) }), x: work('x', { requires: 'g' }) },
    error: 'PRV_STATE_CYCLE',
  },
  {
    title: 'a state that needs its whole file is an error',
    states: { a: work('a', { requires: 'test' }), b: work('b') },
    error: 'PRV_STATE_CYCLE',
  },
  {
    title: 'after what does not exist is an error',
    states: { a: work('a', { after: 'nobody' }) },
    error: 'PRV_STATE_UNKNOWN',
  },
  {
    title: 'files that are there and files that are not',
    states: { a: file('a'), b: file('b'), c: still() },
    there: { a: 'x\n' },
    ran: ['a ok', 'b changed', 'c ok'],
    again: ['a ok', 'b ok', 'c ok'],
    planned: ['a ok sure', 'b would-change sure', 'c ok sure'],
  },
  {
    title: 'a failure of one state is no matter of the next',
    states: { a: blocked(), b: file('b') },
    ran: ['a failed', 'b changed'],
    again: ['a failed', 'b ok'],
    planned: ['a failed sure', 'b would-change sure'],
  },
]
