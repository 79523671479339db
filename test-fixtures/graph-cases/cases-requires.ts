import { blocked, file, type GraphCase, group, lazy, still, work } from './graph-case.js'

/** What is known of requisites elsewhere, said in our words. */
export const requiresCases: readonly GraphCase[] = [
  {
    title: 'a state waits for the success of what it requires',
    states: { b: work('b', { requires: 'a' }), a: work('a') },
    ran: ['a changed', 'b changed'],
    planned: ['a would-change sure', 'b would-change sure'],
  },
  {
    title: 'a state whose requirement failed is skipped',
    states: { a: work('a'), b: work('b', { requires: 'a' }) },
    fails: ['a'],
    ran: ['a failed', 'b skipped'],
    did: ['a'],
  },
  {
    title: 'being skipped for a failure is a failure to those behind',
    states: { a: work('a'), b: work('b', { requires: 'a' }), c: work('c', { requires: 'b' }) },
    fails: ['a'],
    ran: ['a failed', 'b skipped', 'c skipped'],
  },
  {
    title: 'one of several requirements that failed is enough',
    states: { a: work('a'), b: work('b'), c: work('c', { requires: ['a', 'b'] }) },
    fails: ['b'],
    ran: ['a changed', 'b failed', 'c skipped'],
  },
  {
    title: 'others go on beside a failure',
    states: { a: work('a'), b: work('b', { requires: 'a' }), c: work('c'), d: work('d', { requires: 'c' }) },
    fails: ['a'],
    ran: ['a failed', 'b skipped', 'c changed', 'd changed'],
  },
  {
    title: 'a requirement that has nothing to do is met',
    states: { a: still(), b: work('b', { requires: 'a' }) },
    ran: ['a ok', 'b changed'],
    planned: ['a ok sure', 'b would-change sure'],
  },
  {
    title: 'a requirement that "unless" kept from running is met',
    states: { a: work('a', { unless: 'true' }), b: work('b', { requires: 'a' }) },
    ran: ['a skipped', 'b changed'],
    did: ['b'],
    planned: ['a skipped sure', 'b would-change sure'],
  },
  {
    title: 'a requirement that "onlyif" kept from running is met',
    states: { a: work('a', { onlyif: 'false' }), b: work('b', { requires: 'a' }) },
    ran: ['a skipped', 'b changed'],
  },
  {
    title: 'all commands of "onlyif" must succeed, and any of "unless" is enough',
    states: {
      a: work('a', { onlyif: ['true', 'false'] }),
      b: work('b', { onlyif: ['true', 'true'] }),
      c: work('c', { unless: ['false', 'true'] }),
      d: work('d', { unless: ['false', 'false'] }),
    },
    ran: ['a skipped', 'b changed', 'c skipped', 'd changed'],
  },
  {
    title: 'a requirement whose creates is there is met',
    states: { a: work('a', { creates: '{root}/made' }), b: work('b', { requires: 'a' }) },
    there: { made: '' },
    ran: ['a skipped', 'b changed'],
  },
  {
    title: 'a guard is asked after what comes before, not at the beginning',
    states: { a: { 'cmd.run': 'touch {root}/made' }, b: work('b', { unless: 'test -e {root}/made', requires: 'a' }) },
    ran: ['a changed', 'b skipped'],
    did: [],
  },
  {
    title: 'a lazy requirement that nobody woke is met',
    states: { r: work('r', lazy), b: work('b', { requires: 'r' }) },
    ran: ['b changed'],
  },
  {
    title: 'a lazy requirement that was woken and failed is not',
    states: { a: work('a', { notify: 'r' }), r: work('r', lazy), b: work('b', { requires: 'r' }) },
    fails: ['r'],
    ran: ['a changed', 'r failed', 'b skipped'],
    waiting: 1,
  },
  {
    title: 'a requirement that is written at a later part holds for the whole state',
    states: {
      a: work('a'),
      b: [{ 'cmd.run': 'work b1' }, { 'cmd.run': 'work b2', requires: 'a' }],
    },
    fails: ['a'],
    ran: ['a failed', 'b skipped', 'b skipped'],
  },
  {
    title: 'a blocked state fails its dependants, and a plan knows',
    states: { a: blocked(), b: file('b', { requires: 'a' }), c: file('c', { requires: 'b' }) },
    ran: ['a failed', 'b skipped', 'c skipped'],
    planned: ['a failed sure', 'b skipped sure', 'c skipped sure'],
  },
  {
    title: 'a whole file is required',
    states: { b: work('b', { requires: 'base' }) },
    files: { base: { x: work('x'), y: work('y') } },
    ran: ['base:x changed', 'base:y changed', 'b changed'],
  },
  {
    title: 'a whole file is required, and one state of it fails',
    states: { b: work('b', { requires: 'base' }) },
    files: { base: { x: work('x'), y: work('y') } },
    fails: ['x'],
    ran: ['base:x failed', 'base:y changed', 'b skipped'],
  },
  {
    title: 'a whole file with a group in it is required: what was rescued does not count',
    states: { b: work('b', { requires: 'base' }) },
    files: { base: { g: group({ m: work('m') }, { rescue: { r: work('r') } }) } },
    fails: ['m'],
    ran: ['base:g/m rescued', 'base:g/r changed', 'b changed'],
  },
  {
    title: 'a state of another file is found by its short name',
    states: { b: work('b', { requires: 'x' }) },
    files: { base: { x: work('x') } },
    ran: ['base:x changed', 'b changed'],
  },
  {
    title: 'a short name that two files have must be written in full',
    states: { b: work('b', { requires: 'x' }) },
    files: { one: { x: work('x') }, two: { x: work('x') } },
    error: 'PRV_STATE_AMBIGUOUS',
  },
  {
    title: 'the nearest state of a name is meant',
    states: { b: work('b', { requires: 'x' }), x: work('near') },
    files: { other: { x: work('far') } },
    ran: ['x changed', 'b changed', 'other:x changed'],
    did: ['near', 'b', 'far'],
  },
  {
    title: 'a requirement that does not exist is an error',
    states: { a: work('a', { requires: 'nobody' }) },
    error: 'PRV_STATE_UNKNOWN',
  },
  {
    title: 'any one of several is enough: a state that hears of each of them',
    states: {
      a: work('a'),
      b: work('b'),
      any: work('any', { listen: ['a', 'b'], when: { $late: 'outputs.b.changed or outputs.a.changed' } }),
    },
    ran: ['a changed', 'b changed', 'any changed'],
  },
  {
    title: 'something to do only where another state changed nothing',
    states: { a: still(), b: work('b', { when: 'not outputs.a.changed' }) },
    ran: ['a ok', 'b changed'],
  },
]
