import { file, type GraphCase, group, late, lateWork, lazy, sequence, still, work } from './graph-case.js'

/** One after the other. */
export const sequenceCases: readonly GraphCase[] = [
  {
    title: 'a sequence runs its states in its own order',
    states: { a: work('a'), b: work('b'), s: sequence(['b', 'a']) },
    ran: ['b changed', 'a changed'],
  },
  {
    title: 'a sequence of states that are written in it',
    states: { s: sequence([{ b: work('b') }, { a: work('a') }]), c: work('c', { requires: 's' }) },
    ran: ['s/b changed', 's/a changed', 'c changed'],
  },
  {
    title: 'a sequence of states that are written in it as a map',
    states: { s: sequence({ b: work('b'), a: work('a') }) },
    ran: ['s/b changed', 's/a changed'],
  },
  {
    title: 'a sequence stops at its first failure',
    states: { s: sequence([{ a: work('a') }, { b: work('b') }, { c: work('c') }]), d: work('d', { requires: 's' }) },
    fails: ['b'],
    ran: ['s/a changed', 's/b failed', 's/c skipped', 'd skipped'],
  },
  {
    title: 'a sequence goes on behind what a guard kept from running',
    states: { s: sequence([{ a: work('a', { unless: 'true' }) }, { b: work('b') }]) },
    ran: ['s/a skipped', 's/b changed'],
  },
  {
    title: 'stop, change, start: a lazy state that a sequence names runs in it',
    states: {
      stop: work('stop', lazy),
      start: work('start', lazy),
      s: sequence(['stop', { change: work('change') }, 'start']),
    },
    ran: ['stop changed', 's/change changed', 'start changed'],
  },
  {
    title: 'a state that is named twice runs twice',
    states: { x: work('x'), s: sequence(['x', { y: work('y') }, 'x']) },
    ran: ['x changed', 's/y changed', 'x#2 changed'],
    did: ['x', 'y', 'x'],
  },
  {
    title: 'a state that is named three times',
    states: { x: work('x'), s: sequence(['x', 'x', 'x']) },
    ran: ['x changed', 'x#2 changed', 'x#3 changed'],
  },
  {
    title: 'a state that two sequences name twice each',
    states: { x: work('x'), s: sequence(['x', 'x']), t: sequence(['x', 'x'], { requires: 's' }) },
    error: 'PRV_STATE_CYCLE',
  },
  {
    title: 'the second run of a state fails by itself',
    states: {
      x: { 'cmd.run': 'test -e {root}/good && work x' },
      s: sequence(['x', { y: { 'cmd.run': 'rm -f {root}/good' } }, 'x', { z: work('z') }]),
      d: work('d', { requires: 'x' }),
    },
    there: { good: '' },
    ran: ['x changed', 's/y changed', 'x#2 failed', 's/z skipped', 'd changed'],
  },
  {
    title: 'the second run of a state is skipped where the first failed',
    states: { x: work('x'), s: sequence(['x', { y: work('y') }, 'x']) },
    fails: ['x'],
    ran: ['x failed', 's/y skipped', 'x#2 skipped'],
  },
  {
    title: 'each run of a state notifies, and one reload answers both',
    states: { x: work('x', { notify: 'r' }), s: sequence(['x', { y: work('y') }, 'x']), r: work('r', lazy) },
    ran: ['x changed', 's/y changed', 'x#2 changed', 'r changed'],
  },
  {
    title: 'listen hears of each run of a state',
    states: { x: work('x'), s: sequence(['x', 'x']), r: work('r', { listen: 'x' }) },
    ran: ['x changed', 'x#2 changed', 'r changed'],
  },
  {
    title: 'a reload in the middle of a sequence and at its end',
    states: {
      reload: work('reload', lazy),
      s: sequence([{ one: work('one') }, 'reload', { two: work('two') }, 'reload']),
    },
    ran: ['s/one changed', 'reload changed', 's/two changed', 'reload#2 changed'],
  },
  {
    title: 'a notification between two runs is answered by the second',
    states: {
      reload: work('reload', lazy),
      s: sequence(['reload', { two: work('two', { notify: 'reload' }) }, 'reload']),
    },
    ran: ['reload changed', 's/two changed', 'reload#2 changed'],
  },
  {
    title: 'a notification behind both runs is answered by a third',
    states: {
      reload: work('reload', lazy),
      s: sequence(['reload', 'reload']),
      z: work('z', { requires: 's', notify: 'reload' }),
    },
    ran: ['reload changed', 'reload#2 changed', 'z changed', 'reload changed'],
  },
  {
    title: 'outputs are those of the latest run of a state',
    states: {
      x: { 'cmd.run': late("'printf two' if file('{root}/two').exists else 'printf one'") },
      s: sequence(['x', { y: lateWork('outputs.x.stdout') }, { t: { 'cmd.run': 'touch {root}/two' } }, 'x']),
      z: lateWork('outputs.x.stdout', { requires: 's' }),
    },
    ran: ['x changed', 's/y changed', 's/t changed', 'x#2 changed', 'z changed'],
    did: ['one', 'two'],
  },
  {
    title: 'a group in a sequence: all of it before what follows',
    states: { s: sequence([{ g: group({ a: work('a'), b: work('b') }) }, { c: work('c') }]) },
    fails: ['a'],
    ran: ['s/g/a failed', 's/g/b changed', 's/c skipped'],
  },
  {
    title: 'a group in a sequence that was rescued lets it go on',
    states: {
      s: sequence([
        { g: group({ a: work('a'), b: work('b', { requires: 'a' }) }, { rescue: { r: work('r') } }) },
        { c: work('c') },
      ]),
    },
    fails: ['a'],
    ran: ['s/g/a rescued', 's/g/b skipped', 's/g/r changed', 's/c changed'],
  },
  {
    title: 'a sequence that requires something',
    states: { s: sequence([{ a: work('a') }, { b: work('b') }], { requires: 'c' }), c: work('c') },
    fails: ['c'],
    ran: ['c failed', 's/a skipped', 's/b skipped'],
  },
  {
    title: 'a sequence that nothing changes in notifies nobody, and is stable',
    states: { s: sequence([{ a: file('a') }, { b: still() }], { notify: 'r' }), r: work('r', lazy) },
    ran: ['s/a changed', 's/b ok', 'r changed'],
    again: ['s/a ok', 's/b ok'],
  },
  {
    title: 'a lazy sequence sleeps',
    states: { s: sequence([{ a: work('a') }, { b: work('b') }], lazy), x: work('x') },
    ran: ['x changed'],
  },
  {
    title: 'a lazy sequence wakes as a whole, in its order',
    states: { s: sequence([{ b: work('b') }, { a: work('a') }], lazy), x: work('x', { notify: 's' }) },
    ran: ['x changed', 's/b changed', 's/a changed'],
  },
  {
    title: 'a lazy sequence that names a state twice runs it twice',
    states: {
      restart: work('restart', lazy),
      s: sequence(['restart', { a: work('a') }, 'restart'], lazy),
      x: work('x', { notify: 's' }),
    },
    ran: ['x changed', 'restart changed', 's/a changed', 'restart#2 changed'],
  },
  {
    title: 'a lazy sequence that fails in its second run of a state, and the next run',
    states: {
      restart: { 'cmd.run': 'work restart && work again', lazy: true },
      s: sequence(['restart', { a: file('a') }, 'restart'], lazy),
      x: file('x', { notify: 's' }),
    },
    failsTimes: { again: 1 },
    ran: ['x changed', 'restart failed', 's/a skipped', 'restart#2 skipped'],
    waiting: 3,
    again: ['x ok', 'restart changed', 's/a changed', 'restart#2 changed'],
  },
  {
    title: 'a sequence against the requirements of its states is an error',
    states: { a: work('a', { requires: 'b' }), b: work('b'), s: sequence(['a', 'b']) },
    error: 'PRV_STATE_CYCLE',
  },
  {
    title: 'a group that a sequence names twice is an error',
    states: { g: group({ a: work('a') }), s: sequence(['g', 'g']) },
    error: 'PRV_STATE_SHAPE',
  },
  {
    title: 'a sequence that names nobody is an error',
    states: { s: sequence(['nobody']) },
    error: 'PRV_STATE_UNKNOWN',
  },
]
