import { blocked, file, type GraphCase, lazy, still, work } from './graph-case.js'

/** Who is woken, how often, and when. */
export const notifyCases: readonly GraphCase[] = [
  {
    title: 'a lazy state sleeps where nobody wakes it',
    states: { r: work('r', lazy) },
    ran: [],
    did: [],
    planned: [],
  },
  {
    title: 'three changed files, one reload',
    states: {
      reload: work('reload', lazy),
      a: file('a', { notify: 'reload' }),
      b: file('b', { notify: 'reload' }),
      c: file('c', { notify: 'reload' }),
    },
    ran: ['a changed', 'b changed', 'c changed', 'reload changed'],
    did: ['reload'],
    again: ['a ok', 'b ok', 'c ok'],
    planned: ['a would-change sure', 'b would-change sure', 'c would-change sure', 'reload would-change sure'],
  },
  {
    title: 'one changed file of three, one reload',
    states: {
      a: file('a', { notify: 'reload' }),
      b: file('b', { notify: 'reload' }),
      c: file('c', { notify: 'reload' }),
      reload: work('reload', lazy),
    },
    there: { a: 'x\n', c: 'x\n' },
    ran: ['a ok', 'b changed', 'c ok', 'reload changed'],
    planned: ['a ok sure', 'b would-change sure', 'c ok sure', 'reload would-change sure'],
  },
  {
    title: 'no changed file, no reload',
    states: { a: file('a', { notify: 'reload' }), reload: work('reload', lazy) },
    there: { a: 'x\n' },
    ran: ['a ok'],
    planned: ['a ok sure'],
  },
  {
    title: 'listen is written at the receiver',
    states: { a: file('a'), b: file('b'), reload: work('reload', { listen: ['a', 'b'] }) },
    there: { a: 'x\n' },
    ran: ['a ok', 'b changed', 'reload changed'],
    again: ['a ok', 'b ok'],
  },
  {
    title: 'listen makes lazy',
    states: { a: still(), reload: work('reload', { listen: 'a' }) },
    ran: ['a ok'],
  },
  {
    title: 'notify and listen together are one notification',
    states: { a: work('a', { notify: 'r' }), r: work('r', { listen: 'a' }) },
    ran: ['a changed', 'r changed'],
  },
  {
    title: 'listen to a whole file',
    states: { r: work('r', { listen: 'base' }) },
    files: { base: { x: still(), y: work('y') } },
    ran: ['base:x ok', 'base:y changed', 'r changed'],
  },
  {
    title: 'a notified state that finds nothing to do is answer enough',
    states: { a: work('a', { notify: 'r' }), r: still(lazy) },
    ran: ['a changed', 'r ok'],
  },
  {
    title: 'a notified state that a guard keeps from running is answer enough',
    states: {
      a: work('a', { notify: 'r' }),
      r: work('r', { lazy: true, unless: 'true', notify: 's' }),
      s: work('s', lazy),
    },
    ran: ['a changed', 'r skipped'],
    did: ['a'],
  },
  {
    title: 'notifications are passed on only by those who change',
    states: { a: work('a', { notify: 'b' }), b: still({ lazy: true, notify: 'c' }), c: work('c', lazy) },
    ran: ['a changed', 'b ok'],
  },
  {
    title: 'a tree of notifications',
    states: {
      a: work('a', { notify: ['b', 'c'] }),
      b: work('b', { lazy: true, notify: 'd' }),
      c: work('c', { lazy: true, notify: 'd' }),
      d: work('d', lazy),
    },
    ran: ['a changed', 'b changed', 'c changed', 'd changed'],
  },
  {
    title: 'a lazy state whose other notifier ran earlier runs once for both',
    states: {
      r: work('r', lazy),
      a: work('a', { notify: 'r' }),
      b: work('b', { notify: 'r', requires: 'a' }),
    },
    ran: ['a changed', 'b changed', 'r changed'],
  },
  {
    title: 'a lazy state that a state behind it wakes again runs again',
    states: {
      a: work('a', { notify: 'r' }),
      r: work('r', lazy),
      b: work('b', { requires: 'r', notify: 'r' }),
    },
    ran: ['a changed', 'r changed', 'b changed', 'r changed'],
  },
  {
    title: 'two that had their turn are woken in their order, in one round',
    states: { x: work('x'), y: work('y'), z: work('z', { notify: ['y', 'x'] }) },
    ran: ['x changed', 'y changed', 'z changed', 'x changed', 'y changed'],
  },
  {
    title: 'a file that is right is not written again although it is notified',
    states: { f: file('f'), a: work('a', { notify: 'f' }) },
    ran: ['f changed', 'a changed', 'f ok'],
    again: ['f ok', 'a changed', 'f ok'],
  },
  {
    title: 'a whole file of states is notified',
    states: { a: work('a', { notify: 'handlers' }) },
    files: { handlers: { x: work('x', lazy), y: work('y', lazy) } },
    ran: ['a changed', 'handlers:x changed', 'handlers:y changed'],
  },
  {
    title: 'the certificate story',
    states: {
      vhost: file('vhost', { notify: 'reload' }),
      reload: work('reload', lazy),
      certificate: work('certificate', { requires: ['vhost', 'reload'], creates: '{root}/cert', notify: 'vhost' }),
    },
    there: { cert: '' },
    ran: ['vhost changed', 'reload changed', 'certificate skipped'],
    again: ['vhost ok', 'certificate skipped'],
  },
  {
    title: 'the certificate story with late values: the second run changes nothing',
    states: {
      vhost: {
        'file.managed': {
          path: '{root}/vhost',
          content: { $late: "'tls' if file('{root}/cert').exists else 'plain'" },
        },
        notify: 'reload',
      },
      reload: work('reload', lazy),
      certificate: {
        'cmd.run': 'touch {root}/cert',
        creates: '{root}/cert',
        requires: ['vhost', 'reload'],
        notify: 'vhost',
      },
    },
    ran: ['vhost changed', 'reload changed', 'certificate changed', 'vhost changed', 'reload changed'],
    did: ['reload', 'reload'],
    again: ['vhost ok', 'certificate skipped'],
  },
  {
    title: 'a part notifies for itself',
    states: {
      a: [
        { 'cmd.run': 'work a1', notify: 'x' },
        { 'file.directory': '{root}', notify: 'y' },
      ],
      x: work('x', lazy),
      y: work('y', lazy),
    },
    ran: ['a changed', 'a ok', 'x changed'],
  },
  {
    title: 'a state notifies for any of its parts, once',
    states: {
      a: { parts: [{ 'cmd.run': 'work a1' }, { 'cmd.run': 'work a2' }], notify: 'x' },
      x: work('x', lazy),
    },
    ran: ['a changed', 'a changed', 'x changed'],
  },
  {
    title: 'to notify what does not exist is an error',
    states: { a: work('a', { notify: 'nobody' }) },
    error: 'PRV_STATE_UNKNOWN',
  },
  {
    title: 'to listen to what does not exist is an error',
    states: { a: work('a', { listen: 'nobody' }) },
    error: 'PRV_STATE_UNKNOWN',
  },
  {
    title: 'a state that was blocked notifies nobody of a change',
    states: { a: blocked({ notify: 'r' }), r: work('r', lazy) },
    ran: ['a failed'],
    planned: ['a failed sure'],
  },
]
