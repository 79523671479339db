import { file, type GraphCase, group, lateWork, lazy, still, work } from './graph-case.js'

/** What people expect who know handlers. */
export const handlerCases: readonly GraphCase[] = [
  {
    title: 'a handler runs once, however often it is notified',
    states: {
      one: work('one', { notify: 'h' }),
      two: work('two', { notify: ['h', 'h'] }),
      three: work('three', { notify: 'h' }),
      h: work('h', lazy),
    },
    ran: ['one changed', 'two changed', 'three changed', 'h changed'],
  },
  {
    title: 'handlers run in the order of their definition, not of their notification',
    states: { t: work('t', { notify: ['h2', 'h1'] }), h1: work('h1', lazy), h2: work('h2', lazy) },
    ran: ['t changed', 'h1 changed', 'h2 changed'],
  },
  {
    title: 'a handler notifies another handler behind it',
    states: { t: work('t', { notify: 'h1' }), h1: work('h1', { lazy: true, notify: 'h2' }), h2: work('h2', lazy) },
    ran: ['t changed', 'h1 changed', 'h2 changed'],
  },
  {
    title: 'a handler notifies another handler before it',
    states: { t: work('t', { notify: 'h2' }), h1: work('h1', lazy), h2: work('h2', { lazy: true, notify: 'h1' }) },
    ran: ['t changed', 'h2 changed', 'h1 changed'],
  },
  {
    title: 'several handlers for one topic: a group that is notified',
    states: { t: work('t', { notify: 'restart' }), restart: group({ web: work('web'), db: work('db') }, {}, lazy) },
    ran: ['t changed', 'restart/web changed', 'restart/db changed'],
  },
  {
    title: 'a handler that listens to several',
    states: { h: work('h', { listen: ['t', 'u'] }), t: still(), u: work('u') },
    ran: ['t ok', 'u changed', 'h changed'],
  },
  {
    title: 'a handler that fails does not keep the others from running',
    states: { t: work('t', { notify: ['h1', 'h2'] }), h1: work('h1', lazy), h2: work('h2', lazy) },
    fails: ['h1'],
    ran: ['t changed', 'h1 failed', 'h2 changed'],
    waiting: 1,
  },
  {
    title: 'handlers run although a later task failed',
    states: {
      t: work('t', { notify: 'h' }),
      u: work('u', { requires: 't' }),
      h: work('h', { lazy: true, after: 'u' }),
    },
    fails: ['u'],
    ran: ['t changed', 'u failed', 'h changed'],
  },
  {
    title: 'a handler is not run for a task that was kept from running',
    states: {
      t: work('t', { notify: 'h', when: false }),
      u: work('u', { notify: 'h', unless: 'true' }),
      h: work('h', lazy),
    },
    ran: ['t skipped', 'u skipped'],
  },
  {
    title: 'a task that says it changed nothing',
    states: {
      t: { 'cmd.run': { command: 'work t', changed_when: false }, notify: 'h' },
      u: { 'cmd.run': { command: 'work u', changed_when: true }, notify: 'i' },
      h: work('h', lazy),
      i: work('i', lazy),
    },
    ran: ['t ok', 'u changed', 'i changed'],
    did: ['t', 'u', 'i'],
  },
  {
    title: 'a task that is meant to fail',
    states: {
      t: { 'cmd.run': { command: 'work t', failed_when: false }, notify: 'h' },
      u: work('u', { requires: 't' }),
      h: work('h', lazy),
    },
    fails: ['t'],
    ran: ['t changed', 'u changed', 'h changed'],
  },
  {
    title: 'a task that a judge finds to have failed',
    states: { t: { 'cmd.run': { command: 'work t', failed_when: { exit: 0 } } }, u: work('u', { requires: 't' }) },
    ran: ['t failed', 'u skipped'],
  },
  {
    title: 'handlers before a certain task: that task requires them',
    states: {
      t: file('t', { notify: 'h' }),
      middle: work('middle', { requires: 'h' }),
      h: work('h', lazy),
      u: file('u', { notify: 'h', requires: 'middle' }),
    },
    ran: ['t changed', 'h changed', 'middle changed', 'u changed', 'h changed'],
  },
  {
    title: 'handlers at the very end of all: deferred',
    states: {
      h: work('h', { lazy: true, defer: true }),
      t: work('t', { notify: 'h' }),
      u: work('u', { notify: 't2' }),
      t2: work('t2', { lazy: true, notify: 'h' }),
      v: work('v'),
    },
    ran: ['t changed', 'u changed', 't2 changed', 'v changed', 'h changed'],
  },
  {
    title: 'one handler, told which service',
    states: {
      web: file('web', { notify: { state: 'restart', with: { service: 'web' } } }),
      db: file('db', { notify: { state: 'restart', with: { service: 'db' } } }),
      web2: file('web2', { notify: { state: 'restart', with: { service: 'web' } } }),
      restart: lateWork('with.service', lazy),
    },
    there: { db: 'x\n' },
    ran: ['web changed', 'db ok', 'web2 changed', 'restart changed'],
    did: ['web'],
    again: ['web ok', 'db ok', 'web2 ok'],
  },
  {
    title: 'the result of a task, registered and used',
    states: {
      look: { 'cmd.run': { command: 'printf wanted', changed_when: false } },
      act: work('act', { when: "outputs.look.stdout == 'wanted'" }),
      not: work('not', { when: "outputs.look.stdout == 'other'" }),
      code: work('code', { when: 'outputs.look.exit == 0' }),
    },
    ran: ['look ok', 'act changed', 'not skipped', 'code changed'],
  },
  {
    title: 'to notify a handler that is not there is an error, also from a failure',
    states: { t: work('t', { notify_failure: 'nobody' }) },
    error: 'PRV_STATE_UNKNOWN',
  },
]
