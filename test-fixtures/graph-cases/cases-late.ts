import { file, type GraphCase, late, lateWork, lazy, still, work } from './graph-case.js'

/** Late values in arguments. */
export const lateCases: readonly GraphCase[] = [
  {
    title: 'a late value that needs nothing is a constant',
    states: { a: lateWork("'n' ~ (1 + 2 * 3)") },
    ran: ['a changed'],
    did: ['n7'],
    planned: ['a would-change sure'],
  },
  {
    title: 'a late value that reads a file of before the run',
    states: { a: lateWork("content('{root}/name')") },
    there: { name: 'stored' },
    ran: ['a changed'],
    did: ['stored'],
  },
  {
    title: 'a late value that reads a file that an earlier state writes',
    states: { w: { 'file.managed': { path: '{root}/name', content: 'fresh' } }, a: lateWork("content('{root}/name')") },
    there: { name: 'stored' },
    ran: ['w changed', 'a changed'],
    did: ['fresh'],
  },
  {
    title: 'a late value that reads what an earlier command makes',
    states: {
      a: { 'cmd.run': 'touch {root}/made' },
      b: lateWork("'yes' if file('{root}/made').exists else 'no'"),
    },
    ran: ['a changed', 'b changed'],
    did: ['yes'],
  },
  {
    title: 'what another state said',
    states: { a: { 'cmd.run': 'printf word' }, b: lateWork('outputs.a.stdout') },
    ran: ['a changed', 'b changed'],
    did: ['word'],
  },
  {
    title: 'outputs bring the state they are of before it',
    states: { b: lateWork('outputs.a.stdout'), a: { 'cmd.run': 'printf word' } },
    ran: ['a changed', 'b changed'],
    did: ['word'],
  },
  {
    title: 'the outputs of a state that did not run are empty',
    states: { r: work('r', lazy), b: lateWork("outputs.r.stdout or ('changed-' ~ outputs.r.changed)") },
    ran: ['b changed'],
    did: ['changed-false'],
  },
  {
    title: 'the outputs of a state that failed are there',
    states: { a: { 'cmd.run': 'printf word && false' }, b: lateWork('outputs.a.stdout ~ outputs.a.exit') },
    ran: ['a failed', 'b changed'],
    did: ['word1'],
  },
  {
    title: 'outputs are those of the latest invocation',
    states: {
      a: { 'cmd.run': late("'printf ' ~ (with.word or 'first')") },
      b: lateWork('outputs.a.stdout', { notify: { state: 'a', with: { word: 'second' } } }),
      c: lateWork('outputs.a.stdout', { lazy: true, listen: 'a' }),
    },
    ran: ['a changed', 'b changed', 'c changed', 'a changed', 'c changed'],
    did: ['first', 'first', 'second'],
  },
  {
    title: 'a late path, and the plan of it',
    states: {
      a: { 'file.managed': { path: late("'{root}/' ~ ('a' if file('{root}').exists else 'b')"), content: 'x\n' } },
    },
    ran: ['a changed'],
    planned: ['a would-change sure'],
    again: ['a ok'],
  },
  {
    title: 'late content of another file',
    states: {
      a: { 'file.managed': { path: '{root}/copy', content: late("content('{root}/source')") }, notify: 'r' },
      r: work('r', lazy),
    },
    there: { source: 'words\n' },
    ran: ['a changed', 'r changed'],
    again: ['a ok'],
  },
  {
    title: 'a late value of the wrong kind fails its state and no other',
    states: {
      a: { 'file.managed': { path: late("file('{root}').exists"), content: 'x\n' } },
      b: work('b', { requires: 'a' }),
      c: work('c'),
    },
    ran: ['a failed', 'b skipped', 'c changed'],
    planned: ['a failed sure', 'b skipped sure', 'c would-change sure'],
  },
  {
    title: 'late words of a command',
    states: { a: { 'cmd.run': ['work', late("'w-' ~ file('{root}').type")] } },
    ran: ['a changed'],
    did: ['w-directory'],
  },
  {
    title: 'variables of a state may be late',
    states: { a: lateWork('with.kind', { with: { kind: late("file('{root}').type") } }) },
    ran: ['a changed'],
    did: ['directory'],
  },
  {
    title: 'a late value that a later state changes makes the run unstable',
    states: {
      a: { 'file.managed': { path: '{root}/a', content: late("'has x' if file('{root}/x').exists else 'has none'") } },
      x: file('x'),
    },
    ran: ['a unstable', 'x changed'],
    again: ['a changed', 'x ok'],
  },
  {
    title: 'a late value that a later state changes and mends by a notification',
    states: {
      a: { 'file.managed': { path: '{root}/a', content: late("'has x' if file('{root}/x').exists else 'has none'") } },
      x: file('x', { notify: 'a' }),
      s: still(),
    },
    ran: ['a changed', 'x changed', 's ok', 'a changed'],
    again: ['a ok', 'x ok', 's ok'],
  },
  {
    title: 'states that use the outputs of each other are an error',
    states: { a: lateWork('outputs.b.stdout'), b: lateWork('outputs.a.stdout') },
    error: 'PRV_STATE_CYCLE',
  },
  { title: 'an unknown read is an error', states: { a: lateWork("nothing('x')") }, error: 'PRV_LATE_INVALID' },
  {
    title: 'a member that a read never has is an error',
    states: { a: lateWork("file('/').nope") },
    error: 'PRV_LATE_INVALID',
  },
  {
    title: 'a constant of the wrong kind is an error of the compiler',
    states: { a: { 'file.managed': { path: late('1 + 1'), content: 'x\n' } } },
    error: 'PRV_ARGUMENT_INVALID',
  },
]
