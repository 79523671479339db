import { DOMParser, type Element } from '@xmldom/xmldom'
import type { InvocationEvent, ProveEvent, TargetSummary } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { junitReport } from './junit-report.js'

/** The document of some events; the parser refuses what is no XML. */
const documentOf = (events: readonly ProveEvent[]): Element => {
  let text = ''
  const report = junitReport.begin({ print: (more) => (text += more) })
  for (const event of events) report.event(event)
  void report.end?.()
  const refuse = (level: string, message: string): never => {
    throw new Error(`${level}: ${message}\n${text}`)
  }
  const root = new DOMParser({ onError: refuse }).parseFromString(text, 'text/xml').documentElement
  if (root === null) throw new Error('no root')
  return root
}

const childrenOf = (element: Element | undefined): readonly Element[] =>
  [...(element?.childNodes ?? [])].filter((node): node is Element => node.nodeType === 1)

const attributesOf = (element: Element): readonly string[] => [...element.attributes].map(({ name }) => name)

/** What the schema that build services share allows: for each element its attributes, those that must be, and what it holds. */
const shape: Readonly<Record<string, { may: readonly string[]; must: readonly string[]; holds: readonly string[] }>> = {
  testsuites: { may: ['name', 'time', 'tests', 'failures', 'errors'], must: [], holds: ['testsuite'] },
  testsuite: {
    may: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
    must: ['name', 'tests', 'failures', 'errors', 'time'],
    holds: ['testcase', 'system-out', 'system-err'],
  },
  testcase: {
    may: ['name', 'classname', 'time', 'file', 'line'],
    must: ['name', 'classname', 'time'],
    holds: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { may: ['message', 'type'], must: ['message', 'type'], holds: [] },
  error: { may: ['message', 'type'], must: ['message', 'type'], holds: [] },
  skipped: { may: ['message'], must: [], holds: [] },
  'system-out': { may: [], must: [], holds: [] },
}

const assertShape = (element: Element): void => {
  const known = shape[element.tagName]
  if (known === undefined) throw new Error(`an element ${element.tagName}`)
  const names = attributesOf(element)
  expect(known.may, element.tagName).toEqual(expect.arrayContaining([...names]))
  expect(names, element.tagName).toEqual(expect.arrayContaining([...known.must]))
  for (const name of ['time', 'tests', 'failures', 'errors', 'skipped', 'line']) {
    if (names.includes(name)) expect(element.getAttribute(name)).toMatch(/^\d+(\.\d+)?$/)
  }
  for (const child of childrenOf(element)) {
    expect(known.holds).toContain(child.tagName)
    assertShape(child)
  }
}

const run = (...targets: string[]): ProveEvent => ({
  type: 'run',
  id: 'x',
  operation: 'apply',
  started: '2026-11-24T10:00:00.000Z',
  version: '0.1.0',
  targets,
})

const part = (sequence: number, more: Partial<InvocationEvent>): InvocationEvent => ({
  type: 'invocation',
  target: 'web1',
  state: `site:s${sequence}`,
  part: 0,
  fn: 'cmd.run',
  sequence,
  outcome: 'ok',
  changes: [],
  with: {},
  ...more,
})

const summed: TargetSummary = {
  outcome: 'failed',
  ok: 0,
  changed: 0,
  failed: 0,
  skipped: 0,
  roundTrips: 1,
  elapsedMs: 1500,
}

const summary = (...names: readonly string[]): ProveEvent => ({
  type: 'summary',
  operation: 'apply',
  exit: 2,
  elapsedMs: 2000,
  targets: Object.fromEntries(names.map((name) => [name, summed])),
})

const nasty = 'a <b> & "c" \'d\' ]]> \u0000\u001B[31m\u0007 \uFFFE tab\t line\nnext \u{1F600}'

/** What XML cannot hold is told as a number. */
const told = nasty
  .replace('\u0000', '\\u0000')
  .replaceAll('\u001B', '\\u001b')
  .replace('\u0007', '\\u0007')
  .replace('\uFFFE', '\\ufffe')

describe('a JUnit document', () => {
  it('has a suite for each target and a case for each part, by its last word', () => {
    const root = documentOf([
      run('web1', 'web2'),
      {
        type: 'compiled',
        target: 'web1',
        states: [
          { id: 'site:s1', place: { file: '/site.yml', line: 3, column: 1 }, functions: ['cmd.run'], lazy: false },
        ],
        edges: [],
      },
      part(1, { outcome: 'failed', reason: 'exit 3: no', elapsedMs: 1230, outputs: { stdout: '', stderr: 'no\n' } }),
      part(2, { outcome: 'skipped', reason: 'requires site:s1' }),
      part(3, { outcome: 'changed', changes: [{ field: 'mode', from: '0644', to: '0755' }] }),
      part(4, { outcome: 'changed' }),
      part(4, { outcome: 'unstable', reason: 'site:s5 undid it' }),
      summary('web1', 'web2'),
    ])
    assertShape(root)
    const [web1, web2] = childrenOf(root)
    expect(root.getAttribute('failures')).toBe('2')
    expect(['tests', 'failures', 'skipped', 'time'].map((name) => web1?.getAttribute(name))).toEqual([
      '4',
      '2',
      '1',
      '1.500',
    ])
    const cases = childrenOf(web1)
    expect(cases.map((each) => childrenOf(each).map(({ tagName }) => tagName))).toEqual([
      ['failure', 'system-out'],
      ['skipped'],
      ['system-out'],
      ['failure', 'system-out'],
    ])
    expect(['time', 'file', 'line', 'classname'].map((name) => cases[0]?.getAttribute(name))).toEqual([
      '1.230',
      '/site.yml',
      '3',
      'web1.site:s1',
    ])
    expect(cases[2]?.textContent).toContain('mode: 0644 -> 0755')
    expect(childrenOf(web2)).toHaveLength(1)
  })

  it('tells in a plan what would change, and how sure that is', () => {
    const root = documentOf([
      run('web1'),
      part(1, { outcome: 'would-change', confidence: 'conditional', dependsOn: ['site:a'] }),
      part(2, { outcome: 'pending', confidence: 'unknown', reason: 'unknown until site:a' }),
    ])
    assertShape(root)
    const cases = childrenOf(childrenOf(root)[0])
    expect(cases[0]?.textContent).toContain('would-change if site:a')
    expect(childrenOf(cases[1])[0]?.getAttribute('message')).toBe('unknown until site:a')
  })

  it('tells errors of a target, and of the catalog in a suite of their own', () => {
    const error = { code: 'PRV_TARGET_UNREACHABLE', message: 'no way\nthere', hint: 'look' }
    const root = documentOf([
      { type: 'error', ...error, code: 'PRV_USAGE', includedFrom: [], targets: [] },
      run('web1'),
      { type: 'target', target: 'web1', event: 'error', error },
    ])
    assertShape(root)
    const suites = childrenOf(root)
    expect(suites.map((suite) => [suite.getAttribute('name'), suite.getAttribute('errors')])).toEqual([
      ['catalog', '1'],
      ['web1', '1'],
    ])
    expect(suites[1]?.textContent).toContain('no way\nthere\nhint: look')
  })

  it('is XML whatever targets say, and keeps it', () => {
    const root = documentOf([
      run(nasty),
      part(1, {
        target: nasty,
        state: nasty,
        fn: nasty,
        outcome: 'failed',
        reason: nasty,
        changes: [{ field: nasty, from: nasty, to: nasty, diff: nasty }],
      }),
      { type: 'target', target: nasty, event: 'error', error: { code: 'X', message: nasty } },
    ])
    assertShape(root)
    const [suite] = childrenOf(root)
    expect(suite?.getAttribute('name')).toBe(told)
    expect(childrenOf(childrenOf(suite)[0])[0]?.textContent).toBe(told)
  })

  it('of nothing is a document too', () => {
    assertShape(documentOf([]))
  })
})
