import { file, type GraphCase, group, lazy, still, work } from './graph-case.js'

const defer = { defer: true } as const

/** What runs when all others have ended. */
export const deferCases: readonly GraphCase[] = [
  {
    title: 'a deferred state runs last',
    states: { z: work('z', defer), a: work('a'), b: work('b') },
    ran: ['a changed', 'b changed', 'z changed'],
  },
  {
    title: 'deferred states run in their order',
    states: { y: work('y', { defer: true, requires: 'z' }), z: work('z', defer), a: work('a') },
    ran: ['a changed', 'z changed', 'y changed'],
  },
  {
    title: 'deferred states come behind all rounds of the others',
    states: { z: work('z', defer), a: work('a'), b: work('b', { notify: 'a' }) },
    ran: ['a changed', 'b changed', 'a changed', 'z changed'],
  },
  {
    title: 'a deferred lazy state runs at the end when it was notified',
    states: { restart: work('restart', { ...lazy, ...defer }), a: work('a', { notify: 'restart' }), b: work('b') },
    ran: ['a changed', 'b changed', 'restart changed'],
  },
  {
    title: 'a deferred lazy state that nobody notified',
    states: { restart: work('restart', { ...lazy, ...defer }), a: still({ notify: 'restart' }) },
    ran: ['a ok'],
  },
  {
    title: 'a deferred state that is notified meanwhile runs once',
    states: { z: work('z', defer), a: work('a', { notify: 'z' }) },
    ran: ['a changed', 'z changed'],
  },
  {
    title: 'what a deferred state notifies makes a further round',
    states: { z: work('z', { defer: true, notify: 'a' }), a: work('a'), b: work('b') },
    ran: ['a changed', 'b changed', 'z changed', 'a changed'],
  },
  {
    title: 'a deferred state is notified by that round, and runs again',
    states: {
      z: work('z', { defer: true, notify: 'a' }),
      y: work('y', { ...lazy, ...defer }),
      a: work('a', { lazy: true, notify: 'y' }),
    },
    ran: ['z changed', 'a changed', 'y changed'],
  },
  {
    title: 'a deferred state notifies another deferred one in the same round',
    states: { z: work('z', { defer: true, notify: 'y' }), y: work('y', { ...lazy, ...defer }), a: work('a') },
    ran: ['a changed', 'z changed', 'y changed'],
  },
  {
    title: 'a deferred state runs although others failed',
    states: { z: work('z', defer), a: work('a') },
    fails: ['a'],
    ran: ['a failed', 'z changed'],
  },
  {
    title: 'a deferred state that requires what failed is skipped',
    states: { z: work('z', { defer: true, requires: 'a' }), a: work('a') },
    fails: ['a'],
    ran: ['a failed', 'z skipped'],
  },
  {
    title: 'a deferred group runs last as a whole',
    states: { g: group({ m: work('m'), n: work('n') }, { always: { z: work('z') } }, defer), a: work('a') },
    fails: ['m'],
    ran: ['a changed', 'g/m failed', 'g/n changed', 'g/z changed'],
  },
  {
    title: 'a group hears of its members that run early when it ends late',
    states: { g: group({ m: work('m'), n: still(defer) }, {}, { notify: 'r' }), r: work('r', lazy), a: work('a') },
    ran: ['g/m changed', 'a changed', 'g/n ok', 'r changed'],
  },
  {
    title: 'a group with a deferred member that nobody wakes ends all the same',
    states: {
      g: group({ m: work('m'), n: work('n', { ...lazy, ...defer }) }, {}, { notify: 'r' }),
      r: work('r', lazy),
      x: work('x', { requires: 'r', notify: 'm' }),
    },
    ran: ['g/m changed', 'x changed', 'g/m changed', 'r changed'],
  },
  {
    title: 'a group whose early member failed fails in the end',
    states: {
      g: group({ m: work('m'), n: still(defer) }, {}, { notify_failure: 'r' }),
      r: work('r', lazy),
      z: work('z', { defer: true, requires: 'g' }),
    },
    fails: ['m'],
    ran: ['g/m failed', 'g/n ok', 'z skipped', 'r changed'],
  },
  {
    title: 'a deferred file, and the second run',
    states: { z: file('z', { defer: true, notify: 'r' }), r: work('r', lazy), a: file('a') },
    ran: ['a changed', 'z changed', 'r changed'],
    again: ['a ok', 'z ok'],
    planned: ['a would-change sure', 'z would-change sure', 'r would-change sure'],
  },
  {
    title: 'to require a deferred state is an error',
    states: { z: work('z', defer), a: work('a', { requires: 'z' }) },
    error: 'PRV_STATE_DEFERRED',
  },
  {
    title: 'to come after a deferred state is an error',
    states: { z: work('z', defer), a: work('a', { after: 'z' }) },
    error: 'PRV_STATE_DEFERRED',
  },
  {
    title: 'to use the outputs of a deferred state is an error',
    states: { z: work('z', defer), a: work('a', { when: 'outputs.z.changed' }) },
    error: 'PRV_STATE_DEFERRED',
  },
]
