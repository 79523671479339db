import { file, type GraphCase, late, lazy, still, work } from './graph-case.js'

/** Conditions. */
export const whenCases: readonly GraphCase[] = [
  { title: 'when: true', states: { a: work('a', { when: true }) }, ran: ['a changed'] },
  {
    title: 'when: false counts as success',
    states: { a: work('a', { when: false }), b: work('b', { requires: 'a' }) },
    ran: ['a skipped', 'b changed'],
    planned: ['a skipped sure', 'b would-change sure'],
  },
  {
    title: 'when asks the target',
    states: {
      a: work('a', { when: "file('{root}/x').exists" }),
      b: work('b', { when: "not file('{root}/x').exists" }),
    },
    there: { x: '' },
    ran: ['a changed', 'b skipped'],
    planned: ['a would-change sure', 'b skipped conditional'],
  },
  {
    title: 'when is asked when it is the turn of the state',
    states: {
      a: { 'cmd.run': 'touch {root}/x', when: "not file('{root}/x').exists" },
      b: work('b', { when: "file('{root}/x').exists" }),
    },
    ran: ['a changed', 'b changed'],
    again: ['a skipped', 'b changed'],
  },
  {
    title: 'when of what an earlier file state makes is foretold',
    states: { a: file('x'), b: work('b', { when: "file('{root}/x').exists" }) },
    ran: ['a changed', 'b changed'],
    planned: ['a would-change sure', 'b would-change sure'],
  },
  {
    title: 'when of a command',
    states: {
      a: work('a', { when: "command('test -e {root}/x').succeeded" }),
      b: work('b', { when: "command('printf yes').stdout == 'yes'" }),
    },
    ran: ['a skipped', 'b changed'],
  },
  {
    title: 'when of what another state did',
    states: {
      a: file('a'),
      b: file('b'),
      c: work('c', { when: 'outputs.a.changed' }),
      d: work('d', { when: 'outputs.b.changed' }),
      e: work('e', { when: 'outputs.a.changed and not outputs.b.changed' }),
    },
    there: { b: 'x\n' },
    ran: ['a changed', 'b ok', 'c changed', 'd skipped', 'e changed'],
    did: ['c', 'e'],
  },
  {
    title: 'when of what another state did brings that before it',
    states: { a: work('a', { when: 'outputs.b.changed' }), b: work('b') },
    ran: ['b changed', 'a changed'],
  },
  {
    title: 'when of a lazy state is asked when it wakes',
    states: {
      a: { 'cmd.run': 'touch {root}/x', notify: 'r' },
      r: work('r', { lazy: true, when: "file('{root}/x').exists" }),
    },
    ran: ['a changed', 'r changed'],
  },
  {
    title: 'a lazy state whose condition does not hold has been answered',
    states: { a: work('a', { notify: 'r' }), r: work('r', { lazy: true, when: "file('{root}/x').exists" }) },
    ran: ['a changed', 'r skipped'],
  },
  {
    title: 'when of what a notification gives',
    states: {
      a: work('a', { notify: { state: 'r', with: { hard: true } } }),
      b: work('b', { notify: { state: 'r', with: { hard: false } } }),
      r: work('r', { lazy: true, when: 'with.hard' }),
    },
    ran: ['a changed', 'b changed', 'r changed', 'r skipped'],
    did: ['a', 'b', 'r'],
  },
  {
    title: 'what a notification gives may rest on a command that has not run, and a plan says so',
    states: {
      a: { 'cmd.run': 'touch {root}/x', unless: 'test -e {root}/x' },
      b: work('b', { requires: 'a', notify: { state: 'r', with: { there: late("file('{root}/x').exists") } } }),
      r: work('r', { lazy: true, when: 'with.there' }),
    },
    ran: ['a changed', 'b changed', 'r changed'],
    planned: ['a would-change sure', 'b would-change sure', 'r skipped conditional'],
  },
  {
    title: 'when and the guards must all agree',
    states: {
      a: work('a', { when: true, unless: 'false', onlyif: 'true' }),
      b: work('b', { when: "file('{root}').exists", unless: 'true' }),
      c: work('c', { when: "file('{root}/none').exists", onlyif: 'true' }),
    },
    ran: ['a changed', 'b skipped', 'c skipped'],
  },
  {
    title: 'when of a state and of one of its parts',
    states: {
      a: {
        parts: [{ 'cmd.run': 'work a1', when: late("file('{root}/none').exists") }, { 'cmd.run': 'work a2' }],
        when: "file('{root}').exists",
      },
      b: { parts: [{ 'cmd.run': 'work b1', when: true }, { 'cmd.run': 'work b2' }], when: false },
    },
    ran: ['a skipped', 'a changed', 'b skipped', 'b skipped'],
    did: ['a2'],
  },
  {
    title: 'a condition that goes wrong is a failure, and not a no',
    states: { a: work('a', { when: "file('{root}').type > 1" }), b: work('b', { requires: 'a' }) },
    ran: ['a failed', 'b skipped'],
    planned: ['a failed sure', 'b skipped sure'],
  },
  {
    title: 'a condition that a later state undoes makes the run unstable',
    states: {
      a: file('a', { when: "file('{root}/x').exists" }),
      b: { 'cmd.run': 'touch {root}/x' },
      s: still(),
    },
    ran: ['a unstable', 'b changed', 's ok'],
    again: ['a changed', 'b changed', 's ok'],
  },
  {
    title: 'a condition that cannot be read is an error',
    states: { a: work('a', { when: 'file(' }) },
    error: 'PRV_LATE_INVALID',
  },
  {
    title: 'a condition of an unknown name is an error',
    states: { a: work('a', { when: 'nobody' }) },
    error: 'PRV_LATE_INVALID',
  },
  {
    title: 'a condition that is no text is an error',
    states: { a: work('a', { when: 3 }) },
    error: 'PRV_FIELD_INVALID',
  },
  {
    title: 'the outputs of a state that does not exist are an error',
    states: { a: work('a', { when: 'outputs.nobody.changed' }), r: still(lazy) },
    error: 'PRV_STATE_UNKNOWN',
  },
]
