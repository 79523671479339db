import type { InvocationEvent, ProveEvent, TargetSummary } from '@prove/core'
import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { type ConsoleOptions, consoleReport } from './console-report.js'
import type { Screen } from './screen.js'

const terminal = (columns: number): Screen => ({
  columns,
  rows: 24,
  isLive: false,
  spinner: ['*'],
  write: () => undefined,
  onResize: () => () => undefined,
})

const told = (events: readonly ProveEvent[], options: Partial<ConsoleOptions> = {}): readonly string[] => {
  let text = ''
  const print = (more: string): void => void (text += more)
  const report = consoleReport({
    colors: pc.createColors(false),
    verbose: 0,
    diffLines: 40,
    files: [],
    print,
    ...options,
  })
  for (const event of events) report.event(event)
  return text.replace(/\n$/, '').split('\n')
}

const run = (operation: string, ...targets: readonly string[]): ProveEvent => ({
  type: 'run',
  id: 'x',
  operation,
  started: '2026-11-24T10:00:00.000Z',
  version: '0.1.0',
  targets: [...targets],
})

const part = (state: string, more: Partial<InvocationEvent> = {}): InvocationEvent => ({
  type: 'invocation',
  target: 'web1',
  state,
  part: 0,
  fn: 'cmd.run',
  sequence: 1,
  outcome: 'ok',
  changes: [],
  with: {},
  ...more,
})

const summed = (outcome: TargetSummary['outcome'], more: Partial<TargetSummary> = {}): TargetSummary => ({
  outcome,
  ok: 0,
  changed: 0,
  failed: 0,
  skipped: 0,
  roundTrips: 2,
  elapsedMs: 1500,
  ...more,
})

const summary = (operation: string, targets: Readonly<Record<string, TargetSummary>>): ProveEvent => ({
  type: 'summary',
  operation,
  exit: 0,
  elapsedMs: 2000,
  targets: { ...targets },
})

const mode = { field: 'mode', from: '0644', to: '0755' }
const failed = part('site:b', {
  outcome: 'failed',
  reason: 'exit 3: one; two',
  outputs: { stderr: 'one\ntwo\n', stdout: '' },
})

describe('a line', () => {
  it.each<[string, InvocationEvent, readonly string[]]>([
    ['as declared is not told', part('s:a'), ['']],
    [
      'of a change',
      part('s:a', { outcome: 'changed', changes: [mode] }),
      ['~ changed   s:a  cmd.run  mode 0644 → 0755'],
    ],
    ['of what took long', part('s:a', { outcome: 'changed', elapsedMs: 2340 }), ['~ changed   s:a  cmd.run  2.3 s']],
    ['of what a command said, in lines', failed, ['! failed    site:b  cmd.run  exit 3', '    | one', '    | two']],
    [
      'that is not sure',
      part('s:a', { outcome: 'would-change', confidence: 'conditional', dependsOn: ['s:b', 's:a'] }),
      ['~ would change  s:a  cmd.run  if s:b, its own command agrees'],
    ],
    [
      'that nobody knows',
      part('s:a', { outcome: 'pending', confidence: 'unknown', reason: 'unknown until s:b', dependsOn: ['s:b'] }),
      ['? pending       s:a  cmd.run  unknown until s:b'],
    ],
    [
      'that is too long goes on below',
      part('s:a', { outcome: 'changed', changes: [mode, { ...mode, field: 'owner' }, { ...mode, field: 'group' }] }),
      ['~ changed   s:a  cmd.run  mode 0644 → 0755', '    owner 0644 → 0755  group 0644 → 0755'],
    ],
    [
      'that leaves nothing',
      part('s:a', { outcome: 'changed', changes: [{ field: 'user', from: 'ann', to: null }] }),
      ['~ changed   s:a  cmd.run  user ann → absent'],
    ],
    [
      'of a value that is too long',
      part('s:a', { outcome: 'changed', changes: [{ field: 'x', from: null, to: 'long '.repeat(20) }] }),
      ['~ changed   s:a  cmd.run', `    x ${'long '.repeat(20).slice(0, 39)}…`],
    ],
  ])('%s', (_title, event, lines) => {
    expect(told([run('apply', 'web1'), event], { screen: terminal(60) })).toEqual(lines)
  })

  it('of several diffs says of which file each is', () => {
    const diff = '--- before\n+++ after\n@@ -1 +1 @@\n-a\n+b\n'
    const changes = ['content', 'css/a.css content'].map((field) => ({ field, from: 'a', to: 'b', diff }))
    const shown = ['    @@ -1 +1 @@', '    -a', '    +b']
    expect(
      told([run('apply', 'web1'), part('s:a', { outcome: 'changed', changes })], { screen: terminal(60) }),
    ).toEqual(['~ changed   s:a  cmd.run', ...shown, '    css/a.css content', ...shown])
  })

  it('elsewhere than on a terminal is whole, and has the name', () => {
    const changes = Array.from({ length: 9 }, (_, i) => ({ ...mode, field: `field${i}` }))
    const lines = told([run('apply', 'web1'), part('s:a', { outcome: 'changed', changes }), failed])
    expect(lines).toHaveLength(4)
    expect(lines.filter((line) => line.startsWith('web1  '))).toHaveLength(4)
  })
})

describe('the summary', () => {
  it('of a plan explains what is not sure, only where something is not', () => {
    const unsure = part('s:a', { outcome: 'would-change', confidence: 'conditional', dependsOn: ['s:b'] })
    const end = summary('plan', { web1: summed('changed', { wouldChange: 1 }) })
    expect(told([run('plan', 'web1'), unsure, end]).filter((line) => line.startsWith('if S'))).toHaveLength(1)
    expect(told([run('plan', 'web1'), end]).filter((line) => line.startsWith('if S'))).toEqual([])
  })

  it('counts what is well, and ends with what failed: once, however many it failed on', () => {
    const names = Array.from({ length: 100 }, (_, i) => `web${i}`)
    const isBad = (i: number): boolean => i % 10 === 0
    const failures = names.filter((_, i) => isBad(i)).map((target) => ({ ...failed, target }))
    const ended = names.map((name, i): [string, TargetSummary] => [name, summed(isBad(i) ? 'failed' : 'ok')])
    const lines = told([run('apply', ...names), ...failures, summary('apply', Object.fromEntries(ended))])
    const end = lines.slice(failures.length * 3)
    expect(end).toHaveLength(1 + 10 + 1 + 4)
    expect(end[0]).toBe('= 90 ok')
    expect(end[11]).toContain('100 targets: 90 ok, 10 failed')
    expect(end[12]).toContain('on web0, web10, web20 and 7 more')
    expect(end[14]).toContain('prove why site:b -t web0')
  })
})

const nasty = 'x\u001B[2J\u009B31m\r\u0007\u202Ey\u0000'
// oxlint-disable-next-line no-control-regex -- what a terminal would obey
const obeyed = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/

it('nothing that targets, states or files are called or say is obeyed by a terminal', () => {
  const change = { field: nasty, from: nasty, to: { [nasty]: nasty }, diff: `--- a\n+++ b\n@@ ${nasty}\n+${nasty}\n` }
  const entry = { key: nasty, catalog: nasty, environment: nasty, state: nasty, with: {}, by: nasty, since: nasty }
  const place = { file: `/${nasty}`, line: 1, column: 1 }
  const error = { code: nasty, message: `${nasty}\n${nasty}`, hint: nasty, place }
  const result = {
    stdout: nasty,
    stderr: nasty,
    exit: 1,
    pending: [entry],
    [nasty]: nasty,
    list: [{ [nasty]: [nasty] }],
  }
  const target = nasty
  const of = { type: 'target', target } as const
  const invocation = {
    target,
    fn: nasty,
    reason: nasty,
    notifiedBy: [nasty],
    notifiedSince: nasty,
    changes: [change, { ...change, diff: undefined }],
  }
  const events: readonly ProveEvent[] = [
    run('plan', nasty, 'other'),
    { type: 'compiled', target, states: [{ id: nasty, place, functions: [nasty], lazy: false }], edges: [] },
    { ...of, event: 'running', running: [nasty] },
    { ...of, event: 'interrupted' },
    { ...of, event: 'error', error },
    { ...of, event: 'strayed', entry },
    { ...of, event: 'answered', result },
    { type: 'trip', target, trip: 1, elapsedMs: 1, sent: 1, received: 1, frames: [{ what: nasty, count: 1 }] },
    part(nasty, { ...invocation, outcome: 'failed', confidence: 'conditional', dependsOn: [nasty] }),
    part(nasty, { ...invocation, sequence: 2, outcome: 'ok', confidence: 'conditional', dependsOn: [nasty] }),
    { ...of, event: 'ended', outcome: 'failed' },
    summary('plan', { [nasty]: summed('failed'), other: summed('ok') }),
  ]
  for (const screen of [undefined, terminal(80)]) {
    for (const verbose of [0, 2]) {
      const lines = told(events, { screen, verbose, files: [nasty] })
      expect(lines.length).toBeGreaterThan(20)
      expect(lines.filter((line) => obeyed.test(line))).toEqual([])
    }
  }
})
