import { blocked, file, type GraphCase, group, lazy, still, work } from './graph-case.js'

const rescue = { rescue: { r: work('r') } }
const always = { always: { z: work('z') } }

/** What makes up for failures, and what runs whatever happened. */
export const rescueCases: readonly GraphCase[] = [
  {
    title: 'rescue does not run on success, always does',
    states: { g: group({ a: work('a') }, { ...rescue, ...always }), d: work('d', { requires: 'g' }) },
    ran: ['g/a changed', 'g/z changed', 'd changed'],
  },
  {
    title: 'rescue runs on failure, always after it, and the group has succeeded',
    states: { g: group({ a: work('a') }, { ...rescue, ...always }), d: work('d', { requires: 'g' }) },
    fails: ['a'],
    ran: ['g/a rescued', 'g/r changed', 'g/z changed', 'd changed'],
  },
  {
    title: 'a group without rescue has failed, and always runs all the same',
    states: { g: group({ a: work('a') }, always), d: work('d', { requires: 'g' }) },
    fails: ['a'],
    ran: ['g/a failed', 'g/z changed', 'd skipped'],
  },
  {
    title: 'rescue waits for all members, also for those after the failure',
    states: { g: group({ a: work('a'), b: work('b') }, rescue), d: work('d', { requires: 'g' }) },
    fails: ['a'],
    ran: ['g/a rescued', 'g/b changed', 'g/r changed', 'd changed'],
  },
  {
    title: 'members that were skipped for the failure are made up for as well',
    states: {
      g: group({ a: work('a'), b: work('b', { requires: 'a' }) }, { ...rescue, ...always }),
      d: work('d', { requires: 'g' }),
    },
    fails: ['a'],
    ran: ['g/a rescued', 'g/b skipped', 'g/r changed', 'g/z changed', 'd changed'],
  },
  {
    title: 'a sequence of members, of which the first fails, in a group with rescue',
    states: {
      g: group({ s: { 'meta.sequence': [{ a: work('a') }, { b: work('b') }] } }, rescue),
      d: work('d', { requires: 'g' }),
    },
    fails: ['a'],
    ran: ['g/s/a rescued', 'g/s/b skipped', 'g/r changed', 'd changed'],
  },
  {
    title: 'a failure in rescue is the failure of the group, and always runs',
    states: { g: group({ a: work('a') }, { ...rescue, ...always }), d: work('d', { requires: 'g' }) },
    fails: ['a', 'r'],
    ran: ['g/a failed', 'g/r failed', 'g/z changed', 'd skipped'],
  },
  {
    title: 'the rest of rescue runs beside a failure in it',
    states: { g: group({ a: work('a') }, { rescue: { r: work('r'), s: work('s'), t: work('t', { requires: 'r' }) } }) },
    fails: ['a', 'r'],
    ran: ['g/a failed', 'g/r failed', 'g/s changed', 'g/t skipped'],
  },
  {
    title: 'a failure in always is the failure of the group',
    states: { g: group({ a: work('a') }, always), d: work('d', { requires: 'g' }) },
    fails: ['z'],
    ran: ['g/a changed', 'g/z failed', 'd skipped'],
  },
  {
    title: 'a failure in always is not made up for by rescue',
    states: { g: group({ a: work('a') }, { ...rescue, ...always }), d: work('d', { requires: 'g' }) },
    fails: ['a', 'z'],
    ran: ['g/a failed', 'g/r changed', 'g/z failed', 'd skipped'],
  },
  {
    title: 'a group that never began has no always',
    states: { c: work('c'), g: group({ a: work('a') }, { ...rescue, ...always }, { requires: 'c' }) },
    fails: ['c'],
    ran: ['c failed', 'g/a skipped'],
  },
  {
    title: 'a group that never began has failed to those who require it',
    states: {
      c: work('c'),
      g: group({ a: work('a') }, { ...rescue, ...always }, { requires: 'c' }),
      d: work('d', { requires: 'g' }),
    },
    fails: ['c'],
    ran: ['c failed', 'g/a skipped', 'd skipped'],
  },
  {
    title: 'a blocked member is rescued, and the plan knows',
    states: { g: group({ a: blocked() }, { rescue: { r: file('r') } }), d: file('d', { requires: 'g' }) },
    ran: ['g/a rescued', 'g/r changed', 'd changed'],
    planned: ['g/a rescued sure', 'g/r would-change sure', 'd would-change sure'],
    again: ['g/a rescued', 'g/r ok', 'd ok'],
  },
  {
    title: 'a rescue that has nothing to do has succeeded',
    states: { g: group({ a: blocked() }, { rescue: { r: still() } }), d: work('d', { requires: 'g' }) },
    ran: ['g/a rescued', 'g/r ok', 'd changed'],
  },
  {
    title: 'an inner group that was rescued is no failure to the outer one',
    states: {
      g: group({ inner: group({ a: work('a') }, rescue) }, { rescue: { outer: work('outer') } }),
      d: work('d', { requires: 'g' }),
    },
    fails: ['a'],
    ran: ['g/inner/a rescued', 'g/inner/r changed', 'd changed'],
  },
  {
    title: 'an inner group whose rescue failed is rescued by the outer one',
    states: {
      g: group({ inner: group({ a: work('a') }, { ...rescue, ...always }) }, { rescue: { outer: work('outer') } }),
      d: work('d', { requires: 'g' }),
    },
    fails: ['a', 'r'],
    ran: ['g/inner/a rescued', 'g/inner/r rescued', 'g/inner/z changed', 'g/outer changed', 'd changed'],
  },
  {
    title: 'a group in a rescue has a rescue of its own',
    states: {
      g: group({ a: work('a') }, { rescue: { again: group({ b: work('b') }, { rescue: { c: work('c') } }) } }),
      d: work('d', { requires: 'g' }),
    },
    fails: ['a', 'b'],
    ran: ['g/a rescued', 'g/again/b rescued', 'g/again/c changed', 'd changed'],
  },
  {
    title: 'a group in a rescue that is not needed stays away with all its branches',
    states: {
      g: group(
        { a: work('a') },
        { rescue: { again: group({ b: work('b') }, { rescue: { c: work('c') }, ...always }) } },
      ),
    },
    ran: ['g/a changed'],
  },
  {
    title: 'a group in an always',
    states: { g: group({ a: work('a') }, { always: { last: group({ b: work('b') }, { rescue: { c: work('c') } }) } }) },
    fails: ['a', 'b'],
    ran: ['g/a failed', 'g/last/b rescued', 'g/last/c changed'],
  },
  {
    title: 'who requires a member that failed is skipped, although the group was rescued',
    states: { g: group({ a: work('a') }, rescue), d: work('d', { requires: 'g/a' }) },
    fails: ['a'],
    ran: ['g/a rescued', 'g/r changed', 'd skipped'],
  },
  {
    title: 'a rescued group notifies of its change, and of no failure',
    states: {
      g: group({ a: work('a'), b: work('b') }, rescue, { notify: 'x', notify_failure: 'y' }),
      x: work('x', lazy),
      y: work('y', lazy),
    },
    fails: ['b'],
    ran: ['g/a changed', 'g/b rescued', 'g/r changed', 'x changed'],
  },
  {
    title: 'a member that failed and was rescued has notified its failure for itself',
    states: { g: group({ a: work('a', { notify_failure: 'x' }) }, rescue), x: work('x', lazy) },
    fails: ['a'],
    ran: ['g/a rescued', 'g/r changed', 'x changed'],
  },
]
