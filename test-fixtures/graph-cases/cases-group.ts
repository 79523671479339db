import { file, type GraphCase, group, late, lateWork, lazy, still, work } from './graph-case.js'

/** States that belong together. */
export const groupCases: readonly GraphCase[] = [
  {
    title: 'members run in the order of declaration',
    states: { g: group({ a: work('a'), b: work('b') }), c: work('c') },
    ran: ['g/a changed', 'g/b changed', 'c changed'],
  },
  {
    title: 'members find each other by their own names first',
    states: { a: work('far'), g: group({ b: work('b', { requires: 'a' }), a: work('near') }) },
    ran: ['a changed', 'g/a changed', 'g/b changed'],
    did: ['far', 'near', 'b'],
  },
  {
    title: 'others find a member by its own name, and by its full one',
    states: {
      x: work('x', { requires: 'a' }),
      y: work('y', { requires: 'g/b' }),
      g: group({ a: work('a'), b: work('b') }),
    },
    ran: ['g/a changed', 'x changed', 'g/b changed', 'y changed'],
  },
  {
    title: 'a member may be a state that is written elsewhere',
    states: { g: group(['a', { b: work('b') }], {}, { requires: 'c' }), a: work('a'), c: work('c') },
    ran: ['c changed', 'g/b changed', 'a changed'],
  },
  {
    title: 'all members wait for what the group requires',
    states: { g: group({ a: work('a'), b: work('b') }, {}, { requires: 'c' }), c: work('c') },
    ran: ['c changed', 'g/a changed', 'g/b changed'],
  },
  {
    title: 'no member runs where that failed',
    states: { c: work('c'), g: group({ a: work('a'), b: work('b') }, {}, { requires: 'c' }) },
    fails: ['c'],
    ran: ['c failed', 'g/a skipped', 'g/b skipped'],
  },
  {
    title: 'who requires a group waits for all of its members',
    states: { d: work('d', { requires: 'g' }), g: group({ a: work('a'), b: work('b') }) },
    ran: ['g/a changed', 'g/b changed', 'd changed'],
  },
  {
    title: 'who requires a group is skipped where a member failed, and the other members are not',
    states: { g: group({ a: work('a'), b: work('b') }), d: work('d', { requires: 'g' }) },
    fails: ['a'],
    ran: ['g/a failed', 'g/b changed', 'd skipped'],
  },
  {
    title: 'who comes after a group comes after all of it',
    states: { d: work('d', { after: 'g' }), g: group({ a: work('a'), b: work('b') }) },
    fails: ['b'],
    ran: ['g/a changed', 'g/b failed', 'd changed'],
  },
  {
    title: 'a group notifies once, however many members changed',
    states: { g: group({ a: work('a'), b: work('b') }, {}, { notify: 'r' }), r: work('r', lazy) },
    ran: ['g/a changed', 'g/b changed', 'r changed'],
  },
  {
    title: 'a group in which nothing changed notifies nobody',
    states: { g: group({ a: still(), b: file('b') }, {}, { notify: 'r' }), r: work('r', lazy) },
    there: { b: 'x\n' },
    ran: ['g/a ok', 'g/b ok'],
    planned: ['g/a ok sure', 'g/b ok sure'],
  },
  {
    title: 'one changed member is enough',
    states: { g: group({ a: still(), b: file('b') }, {}, { notify: 'r' }), r: work('r', lazy) },
    ran: ['g/a ok', 'g/b changed', 'r changed'],
    again: ['g/a ok', 'g/b ok'],
    planned: ['g/a ok sure', 'g/b would-change sure', 'r would-change sure'],
  },
  {
    title: 'listen to a group',
    states: { r: work('r', { listen: 'g' }), g: group({ a: work('a'), b: work('b') }) },
    ran: ['g/a changed', 'g/b changed', 'r changed'],
  },
  {
    title: 'listen to the failure of a group',
    states: { r: work('r', { listen_failure: 'g' }), g: group({ a: work('a'), b: work('b') }) },
    fails: ['a'],
    ran: ['g/a failed', 'g/b changed', 'r changed'],
  },
  {
    title: 'a group gives variables with its notification',
    states: {
      g: group({ a: work('a') }, {}, { notify: { state: 'r', with: { name: 'by-g' } } }),
      r: lateWork('with.name', lazy),
    },
    ran: ['g/a changed', 'r changed'],
    did: ['a', 'by-g'],
  },
  {
    title: 'to notify a group wakes its lazy members',
    states: { g: group({ a: work('a', lazy), b: work('b'), c: work('c', lazy) }), x: work('x', { notify: 'g' }) },
    ran: ['x changed', 'g/a changed', 'g/b changed', 'g/c changed'],
  },
  {
    title: 'a lazy group sleeps as a whole',
    states: { g: group({ a: work('a'), b: work('b') }, {}, lazy), x: still({ notify: 'g' }) },
    ran: ['x ok'],
  },
  {
    title: 'a lazy group wakes as a whole',
    states: { g: group({ a: work('a'), b: work('b') }, {}, lazy), x: work('x', { notify: 'g' }) },
    ran: ['x changed', 'g/a changed', 'g/b changed'],
  },
  {
    title: 'a lazy group that listens',
    states: { x: work('x'), g: group({ a: work('a'), b: work('b') }, {}, { listen: 'x' }) },
    ran: ['x changed', 'g/a changed', 'g/b changed'],
  },
  {
    title: 'to notify a group without a lazy member is an error',
    states: { g: group({ a: work('a') }), x: work('x', { notify: 'g' }) },
    error: 'PRV_STATE_SHAPE',
  },
  {
    title: 'a group inside a group',
    states: {
      g: group({ a: work('a'), inner: group({ b: work('b'), c: work('c', { requires: 'b' }) }) }, {}, { notify: 'r' }),
      r: work('r', lazy),
      d: work('d', { requires: 'inner' }),
    },
    fails: ['b'],
    ran: ['g/a changed', 'g/inner/b failed', 'g/inner/c skipped', 'r changed', 'd skipped'],
  },
  {
    title: 'variables of groups reach their members, the inner ones first',
    states: {
      g: group(
        {
          a: lateWork('with.x ~ with.y'),
          inner: { 'meta.group': { members: { b: lateWork('with.x ~ with.y') } }, with: { y: 'inner' } },
        },
        {},
        { with: { x: 'x-', y: 'outer' } },
      ),
    },
    ran: ['g/a changed', 'g/inner/b changed'],
    did: ['x-outer', 'x-inner'],
  },
  {
    title: 'a group with a condition',
    states: {
      g: group({ a: work('a'), b: work('b', { when: late('true') }) }, {}, { when: "file('{root}/yes').exists" }),
      h: group({ c: work('c'), d: work('d', { when: late('false') }) }, {}, { when: "not file('{root}/yes').exists" }),
      i: work('i', { requires: ['g', 'h'] }),
    },
    ran: ['g/a skipped', 'g/b skipped', 'h/c changed', 'h/d skipped', 'i changed'],
  },
  {
    title: 'a group has no commands to guard it',
    states: { g: group({ a: work('a') }, {}, { unless: 'true' }) },
    error: 'PRV_FIELD_INVALID',
  },
  {
    title: 'a group cannot stand beside a function',
    states: { g: group({ a: work('a') }, {}, { 'cmd.run': 'work g' }) },
    error: 'PRV_STATE_SHAPE',
  },
  {
    title: 'a group that names itself is an error',
    states: { g: group(['h']), h: group(['g']) },
    error: 'PRV_STATE_CYCLE',
  },
  {
    title: 'a member that does not exist is an error',
    states: { g: group(['nobody']) },
    error: 'PRV_STATE_UNKNOWN',
  },
]
