import { describe, expect, it } from 'vitest'
import { apply } from '../core/src/engine/apply.js'
import type { Applied } from '../core/src/engine/applied.js'
import { Interruption } from '../core/src/engine/interruption.js'
import { plan } from '../core/src/engine/plan.js'
import type { Session } from '../core/src/contracts/session.js'
import { MemoryTarget, type MemoryTargetOptions } from '../core/src/testing/memory-target.js'
import { LocalGround, owner } from './local-session.js'

const ground = new LocalGround()

interface Case {
  readonly title: string
  readonly states: Record<string, unknown>
  readonly target?: Omit<MemoryTargetOptions, 'blobs'>
  /** `state[part] outcome`, in order, as the run ended. */
  readonly applied: readonly string[]
  /** `state[part] outcome confidence`. */
  readonly planned?: readonly string[]
  readonly roundTrips?: number
}

const memory = ({ target = {} }: Case): MemoryTarget => new MemoryTarget({ ...target, blobs: ground.blobs })

const applyTo = async (target: Session, states: Record<string, unknown>): Promise<readonly Applied[]> => {
  const last = new Map<number, Applied>()
  await apply(ground.turns(states), {
    session: target,
    facts: target.facts,
    kinds: ground.kernel.kinds,
    interruption: new Interruption(),
    owner,
    speculate: true,
    report: (one) => last.set(one.invocation.sequence, one),
  })
  return [...last.values()]
}

const told = ({ invocation: { state, index }, outcome }: Applied): string => `${state.id.slice(5)}[${index}] ${outcome}`

const file = (path: string, content = 'x\n') => ({ 'file.managed': { path, content } })
const etc = { '/etc': { type: 'directory' } } as const

const run = (more: Record<string, unknown> = {}) => ({ 'cmd.run': 'work', ...more })
const works = { commands: { work: () => 0, bad: () => 1 } }

/** Order, notification and failure: what ran, in the order of the run. */
const notified: readonly {
  readonly title: string
  readonly states: Record<string, unknown>
  readonly ran: readonly string[]
}[] = [
  {
    title: 'a lazy state waits to be notified',
    states: { a: run({ lazy: true }), b: run() },
    ran: ['b changed'],
  },
  {
    title: 'a notified state runs after its notifiers, once for all of them',
    states: { reload: run({ lazy: true }), a: run({ notify: 'reload' }), b: run({ notify: ['reload'] }) },
    ran: ['a changed', 'b changed', 'reload changed'],
  },
  {
    title: 'listen is the same from the other end',
    states: { reload: run({ listen: ['a', 'b'] }), a: run(), b: run() },
    ran: ['a changed', 'b changed', 'reload changed'],
  },
  {
    title: 'nobody is notified of what did not change',
    states: { a: { 'file.directory': '/etc', notify: 'reload' }, reload: run({ lazy: true }) },
    ran: ['a ok'],
  },
  {
    title: 'a state that has had its turn runs again',
    states: { a: run(), b: run({ notify: 'a' }) },
    ran: ['a changed', 'b changed', 'a changed'],
  },
  {
    title: 'the certificate story: vhost, reload, certificate, vhost, reload',
    states: {
      vhost: run({ notify: 'reload' }),
      reload: run({ lazy: true }),
      certificate: run({ requires: ['vhost', 'reload'], notify: 'vhost' }),
    },
    ran: ['vhost changed', 'reload changed', 'certificate changed', 'vhost changed', 'reload changed'],
  },
  {
    title: 'notifications go on from the notified',
    states: { a: run({ notify: 'b' }), b: run({ lazy: true, notify: 'c' }), c: run({ lazy: true }) },
    ran: ['a changed', 'b changed', 'c changed'],
  },
  {
    title: 'requires orders a lazy state and does not request it',
    states: { b: run({ requires: 'reload' }), reload: run({ lazy: true }) },
    ran: ['b changed'],
  },
  {
    title: 'a part of a state notifies for itself',
    states: {
      a: [
        { 'file.directory': '/etc', notify: 'x' },
        { 'cmd.run': 'work', notify: 'y' },
      ],
      x: run({ lazy: true }),
      y: run({ lazy: true }),
    },
    ran: ['a ok', 'a changed', 'y changed'],
  },
  {
    title: 'a failure notifies those who asked for it, and its dependants are skipped',
    states: {
      a: { 'cmd.run': 'bad', notify_failure: 'rescue' },
      b: run({ requires: 'a' }),
      rescue: run({ lazy: true }),
      heard: run({ listen_failure: 'a' }),
    },
    ran: ['a failed', 'b skipped', 'rescue changed', 'heard changed'],
  },
  {
    title: 'a success does not wake those who wait for a failure',
    states: { a: run({ notify_failure: 'rescue' }), rescue: run({ lazy: true }) },
    ran: ['a changed'],
  },
  {
    title: 'steps that ran notify, also when the state then failed',
    states: { a: { 'cmd.run': 'bad', notify: 'reload' }, reload: run({ lazy: true }) },
    ran: ['a failed', 'reload changed'],
  },
  {
    title: 'a state that was skipped notifies nobody',
    states: { a: { 'cmd.run': 'bad' }, b: run({ requires: 'a', notify: 'reload' }), reload: run({ lazy: true }) },
    ran: ['a failed', 'b skipped'],
  },
  {
    title: 'a pending lazy state runs although another failed',
    states: { a: run({ notify: 'reload' }), b: { 'cmd.run': 'bad' }, reload: run({ lazy: true }) },
    ran: ['a changed', 'b failed', 'reload changed'],
  },
  {
    title: 'a circle of notifications ends, and is a failure',
    states: { a: run({ notify: 'b' }), b: run({ notify: 'a' }) },
    ran: ['a changed', 'b changed', 'a changed', 'b failed'],
  },
  {
    title: 'a state that notifies itself is the smallest circle',
    states: { a: run({ notify: 'a' }), b: run({ requires: 'a' }) },
    ran: ['a changed', 'a failed', 'b changed'],
  },
]

const cases: readonly Case[] = [
  {
    title: 'nothing to do costs two round trips',
    states: { a: file('/etc/a'), b: { 'file.directory': '/etc' } },
    target: { entries: { ...etc, '/etc/a': { type: 'file', content: 'x\n' } } },
    applied: ['a[0] ok', 'b[0] ok'],
    planned: ['a[0] ok sure', 'b[0] ok sure'],
    roundTrips: 2,
  },
  {
    title: 'requires comes before, whatever the order of declaration',
    states: { b: { ...file('/etc/d/b'), requires: 'd' }, d: { 'file.directory': '/etc/d' } },
    target: { entries: etc },
    applied: ['d[0] changed', 'b[0] changed'],
    planned: ['d[0] would-change sure', 'b[0] would-change sure'],
  },
  {
    title: 'what is made with the directories above it says nothing of others there',
    states: Object.fromEntries(
      ['/etc/new/d/a', '/etc/new/d/b', '/etc/new/c', '/etc/new/d'].map((path, i) => [
        `s${i}`,
        i === 3
          ? { 'file.directory': path }
          : { 'file.managed': { path, content: 'x\n', create_parents: true }, requires: i === 0 ? [] : [`s${i - 1}`] },
      ]),
    ),
    target: { entries: etc },
    applied: ['s0[0] changed', 's1[0] changed', 's2[0] changed', 's3[0] ok'],
    planned: ['s0[0] would-change sure', 's1[0] would-change sure', 's2[0] would-change sure', 's3[0] ok sure'],
  },
  {
    title: 'a dependant of a failed state is skipped, others go on',
    states: { a: { 'cmd.run': 'bad' }, b: { ...file('/etc/b'), requires: 'a' }, c: file('/etc/c') },
    target: { entries: etc, commands: { bad: () => 1 } },
    applied: ['a[0] failed', 'b[0] skipped', 'c[0] changed'],
    planned: ['a[0] would-change sure', 'b[0] would-change conditional', 'c[0] would-change conditional'],
  },
  {
    title: 'after comes later and does not care',
    states: { a: { 'cmd.run': 'bad' }, b: { ...file('/etc/b'), after: 'a' } },
    target: { entries: etc, commands: { bad: () => 1 } },
    applied: ['a[0] failed', 'b[0] changed'],
  },
  {
    title: 'a blocked part stops the rest of its state and its dependants',
    states: { a: [file('/no/x'), file('/etc/a')], b: { ...file('/etc/b'), requires: 'a' } },
    target: { entries: etc },
    applied: ['a[0] failed', 'a[1] skipped', 'b[0] skipped'],
    planned: ['a[0] failed sure', 'a[1] skipped sure', 'b[0] skipped sure'],
  },
  {
    title: 'what a later command undoes is unstable',
    states: { a: file('/etc/a'), b: { 'cmd.run': 'undo' } },
    target: { entries: etc, commands: { undo: (t) => (t.entries.delete('/etc/a'), 0) } },
    applied: ['b[0] changed', 'a[0] unstable'].toSorted(),
  },
  {
    title: 'a command that does not make what it creates has failed',
    states: { a: { 'cmd.run': 'idle', creates: '/etc/made' } },
    target: { entries: etc, commands: { idle: () => 0 } },
    applied: ['a[0] failed'],
    planned: ['a[0] would-change sure'],
  },
  {
    title: 'a command that makes it has changed, and is skipped where it is there',
    states: { a: { 'cmd.run': 'make', creates: '/etc/made' }, b: { 'cmd.run': 'never', creates: '/etc' } },
    target: { entries: etc, commands: { make: (t) => (t.entries.set('/etc/made', { type: 'file' }), 0) } },
    applied: ['a[0] changed', 'b[0] skipped'],
    planned: ['a[0] would-change sure', 'b[0] skipped conditional'],
  },
  {
    title: 'what a command makes is seen by the states after it',
    states: { a: { 'cmd.run': 'make' }, b: file('/srv/b') },
    target: { commands: { make: (t) => (t.entries.set('/srv', { type: 'directory' }), 0) } },
    applied: ['a[0] changed', 'b[0] changed'],
    planned: ['a[0] would-change sure', 'b[0] pending unknown'],
  },
  {
    title: 'a guard that says no skips, and counts as success',
    states: {
      a: { ...file('/etc/a'), unless: 'yes' },
      b: { ...file('/etc/b'), onlyif: 'no' },
      c: { ...file('/etc/c'), requires: ['a', 'b'] },
    },
    target: { entries: etc, commands: { yes: () => 0, no: () => 1 } },
    applied: ['a[0] skipped', 'b[0] skipped', 'c[0] changed'],
    planned: ['a[0] skipped sure', 'b[0] skipped sure', 'c[0] would-change sure'],
  },
  {
    title: 'a missing user is an error in the plan, not a surprise',
    states: { a: { 'file.managed': { path: '/etc/a', content: 'x\n', owner: 'ghost' } } },
    target: { entries: etc },
    applied: ['a[0] failed'],
    planned: ['a[0] failed sure'],
  },
  {
    title: 'changed_when has the last word, also in the plan',
    states: { a: [{ fn: 'cmd.run', command: 'look', changed_when: false }] },
    target: { commands: { look: () => 0 } },
    applied: ['a[0] ok'],
    planned: ['a[0] would-change conditional'],
  },
  {
    title: 'failed_when takes the place of the exit status',
    states: {
      a: [{ fn: 'cmd.run', command: 'odd', failed_when: { exit: 0 } }],
      b: [{ fn: 'cmd.run', command: 'odd', failed_when: { exit: 3 } }],
      c: { 'cmd.run': 'odd', requires: 'a' },
    },
    target: { commands: { odd: () => 3 } },
    applied: ['a[0] changed', 'b[0] failed', 'c[0] failed'],
  },
  {
    title: 'five hundred new files in a new directory are a handful of round trips',
    states: {
      d: { 'file.directory': '/etc/d' },
      f: Array.from({ length: 500 }, (_, i) => file(`/etc/d/${i}`, `${i}\n`)),
    },
    target: { entries: etc },
    applied: ['d[0] changed', ...Array.from({ length: 500 }, (_, i) => `f[${i}] changed`)],
    roundTrips: 5,
  },
]

describe('the engine, on a target in memory', () => {
  it.each(cases)('$title', async (one) => {
    if (one.planned !== undefined) {
      const target = memory(one)
      const lines = await plan(ground.turns(one.states), {
        reader: target,
        facts: target.facts,
        kinds: ground.kernel.kinds,
        owner,
        ledger: () => target.ledger(),
      })
      expect(
        lines.map((line) => `${told({ ...line, outcome: 'ok' }).split(' ')[0]} ${line.outcome} ${line.confidence}`),
      ).toEqual(one.planned)
    }
    const target = memory(one)
    const applied = (await applyTo(target, one.states)).map(told)
    expect(applied.toSorted()).toEqual(one.applied.toSorted())
    if (one.roundTrips !== undefined) expect(target.roundTrips).toBeLessThanOrEqual(one.roundTrips)
  })

  it.each(notified)('$title', async ({ states, ran }) => {
    const target = new MemoryTarget({ entries: etc, ...works, blobs: ground.blobs })
    const applied = await applyTo(target, states)
    expect(applied.map(({ invocation, outcome }) => `${invocation.state.id.slice(5)} ${outcome}`)).toEqual(ran)
  })

  it('names the state that undid another', async () => {
    const target = memory({
      title: '',
      states: {},
      applied: [],
      target: { entries: etc, commands: { undo: (t) => (t.entries.delete('/etc/a'), 0) } },
    })
    const applied = await applyTo(target, { a: file('/etc/a'), b: { 'cmd.run': 'undo' } })
    expect(applied.find(({ outcome }) => outcome === 'unstable')?.reason).toContain('test:b undid it')
  })

  it('names what a command was to make', async () => {
    const target = new MemoryTarget({ entries: etc, commands: { idle: () => 0 }, blobs: ground.blobs })
    const [applied] = await applyTo(target, { a: { 'cmd.run': 'idle', creates: '/etc/made' } })
    expect(applied?.reason).toContain('"/etc/made"')
  })

  it('begins nothing after Ctrl-C', async () => {
    const interruption = new Interruption()
    interruption.ask()
    const target = memory({ title: '', states: {}, applied: [], target: { entries: etc } })
    const reports: Applied[] = []
    await apply(ground.turns({ a: file('/etc/a') }), {
      session: target,
      facts: target.facts,
      kinds: ground.kernel.kinds,
      owner,
      interruption,
      speculate: true,
      report: (one) => reports.push(one),
    })
    expect(reports.map(({ outcome, reason }) => [outcome, reason])).toEqual([['skipped', 'interrupted']])
    expect(target.entries.has('/etc/a')).toBe(false)
  })
})

describe('the same on a real shell', () => {
  const real = (states: Record<string, unknown>): Record<string, unknown> =>
    JSON.parse(JSON.stringify(states).replaceAll('"work"', '"true"').replaceAll('"bad"', '"false"')) as typeof states

  it.each(notified)('$title', async ({ states, ran }) => {
    const session = await ground.open()
    try {
      const applied = await applyTo(session, real(states))
      expect(applied.map(({ invocation, outcome }) => `${invocation.state.id.slice(5)} ${outcome}`)).toEqual(ran)
    } finally {
      await session.close()
    }
  })
})
