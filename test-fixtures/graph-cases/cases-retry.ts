import { blocked, file, type GraphCase, lazy, work } from './graph-case.js'

const times = (attempts: number) => ({ retry: { attempts, delay: 0 } })

/** Parts that are tried again. */
export const retryCases: readonly GraphCase[] = [
  {
    title: 'a state that fails twice succeeds at the third attempt',
    states: { a: work('a', times(3)), b: work('b', { requires: 'a' }) },
    failsTimes: { a: 2 },
    ran: ['a changed', 'b changed'],
    did: ['a', 'a', 'a', 'b'],
  },
  {
    title: 'a state that succeeds is not tried again',
    states: { a: work('a', times(5)) },
    ran: ['a changed'],
    did: ['a'],
  },
  {
    title: 'a state that always fails has failed after its last attempt',
    states: { a: work('a', times(3)), b: work('b', { requires: 'a' }) },
    fails: ['a'],
    ran: ['a failed', 'b skipped'],
    did: ['a', 'a', 'a'],
  },
  {
    title: 'one attempt is no retry',
    states: { a: work('a', times(1)) },
    failsTimes: { a: 1 },
    ran: ['a failed'],
    did: ['a'],
  },
  {
    title: 'nobody hears of the failures between',
    states: {
      a: work('a', { ...times(2), notify_failure: 'mend', notify: 'r' }),
      mend: work('mend', lazy),
      r: work('r', lazy),
    },
    failsTimes: { a: 1 },
    ran: ['a changed', 'r changed'],
    did: ['a', 'a', 'r'],
  },
  {
    title: 'the last failure is heard once',
    states: { a: work('a', { ...times(2), notify_failure: 'mend' }), mend: work('mend', lazy) },
    fails: ['a'],
    ran: ['a failed', 'mend changed'],
    did: ['a', 'a', 'mend'],
  },
  {
    title: 'each part is tried by itself',
    states: { a: { parts: [{ 'cmd.run': 'work a1' }, { 'cmd.run': 'work a2' }], ...times(3) } },
    failsTimes: { a1: 1, a2: 2 },
    ran: ['a changed', 'a changed'],
    did: ['a1', 'a1', 'a2', 'a2', 'a2'],
  },
  {
    title: 'a blocked state stays blocked',
    states: { a: blocked(times(2)) },
    ran: ['a failed'],
    planned: ['a failed sure'],
  },
  {
    title: 'an attempt that got half-way counts as a change when the next finds nothing to do',
    states: {
      a: { 'cmd.run': 'touch {root}/half && work a', creates: '{root}/half', ...times(2), notify: 'r' },
      r: work('r', lazy),
    },
    fails: ['a'],
    ran: ['a changed', 'r changed'],
    did: ['a', 'r'],
    again: ['a skipped'],
  },
  {
    title: 'until a command says so: what it makes must be there',
    states: { a: { 'cmd.run': 'work a && touch {root}/made', creates: '{root}/made', ...times(3) } },
    failsTimes: { a: 2 },
    ran: ['a changed'],
    did: ['a', 'a', 'a'],
    again: ['a skipped'],
  },
  {
    title: 'a lazy state is tried again as others are',
    states: { a: file('a', { notify: 'r' }), r: work('r', { lazy: true, ...times(2) }) },
    failsTimes: { r: 1 },
    ran: ['a changed', 'r changed'],
    did: ['r', 'r'],
    again: ['a ok'],
  },
  {
    title: 'a group gives its members its retry',
    states: { g: { 'meta.group': { members: { m: work('m'), n: work('n', times(1)) } }, ...times(2) } },
    failsTimes: { m: 1, n: 1 },
    ran: ['g/m changed', 'g/n failed'],
    did: ['m', 'm', 'n'],
  },
  {
    title: 'no attempt at all is an error',
    states: { a: work('a', { retry: 0 }) },
    error: 'PRV_FIELD_INVALID',
  },
]
