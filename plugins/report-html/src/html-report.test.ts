import type { CompiledEvent, InvocationEvent, ProveEvent, RunEvent } from '@prove/core'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { htmlReport } from './html-report.js'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

const pageOf = async (events: readonly ProveEvent[]): Promise<string> => {
  let text = ''
  const report = htmlReport.begin({ print: (more) => void (text += more) })
  for (const event of events) report.event(event)
  await report.end?.()
  return text
}

const elementsIn = (node: Node): readonly Element[] => [
  ...('tagName' in node ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elementsIn) : []),
]

/** All elements of a page; throws where a parser has to mend it. */
const parsed = (text: string): readonly Element[] => {
  const errors: string[] = []
  const document = parse(text, { onParseError: ({ code, startLine }) => errors.push(`${code}:${startLine}`) })
  expect(errors).toEqual([])
  return elementsIn(document)
}

const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((each) => each.name === name)?.value

const run = (...targets: readonly string[]): RunEvent => ({
  type: 'run',
  id: '20261124-181502-ab12',
  operation: 'apply',
  started: '2026-11-24T18:15:02.000Z',
  version: '0.1.0',
  by: 'alice@desk',
  targets: [...targets],
})

const invocation = (more: Partial<InvocationEvent>): InvocationEvent => ({
  type: 'invocation',
  target: 'web1',
  state: 'site:a',
  part: 0,
  fn: 'file.managed',
  sequence: 1,
  outcome: 'changed',
  changes: [],
  with: {},
  ...more,
})

const compiled = (ids: readonly string[], edges: CompiledEvent['edges'] = []): CompiledEvent => ({
  type: 'compiled',
  target: 'web1',
  states: ids.map((id) => ({
    id,
    place: { file: '/site.yml', line: 1, column: 1 },
    functions: ['cmd.run'],
    lazy: false,
  })),
  edges: [...edges],
})

const ended = (target: string): ProveEvent => ({ type: 'target', target, event: 'ended', outcome: 'failed' })

const hostile = '</title></style></pre><script>alert(1)</script><img src=x onerror="alert(2)">&amp;\u0000\u202e\\N"\''

describe('the page', () => {
  it('is a whole one that loads nothing and runs nothing, whatever names and texts say', async () => {
    const events: readonly ProveEvent[] = [
      { ...run(hostile), id: hostile, by: hostile, started: hostile },
      { ...compiled([hostile, 'b'], [{ from: 'b', to: hostile, kind: 'requires' }]), target: hostile },
      invocation({
        target: hostile,
        state: hostile,
        fn: hostile,
        reason: hostile,
        notifiedBy: [hostile],
        notifiedSince: hostile,
        changes: [
          { field: hostile, from: hostile, to: { [hostile]: hostile } },
          {
            field: 'content',
            from: 1,
            to: 2,
            diff: `--- a\n+++ b\n@@ -1 +1 @@\n-${hostile}\n+${hostile}\n ${hostile}\n`,
          },
        ],
      }),
      {
        type: 'trip',
        target: hostile,
        trip: 1,
        elapsedMs: 1,
        sent: 1,
        received: 1,
        frames: [{ what: hostile, count: 2 }],
      },
      { type: 'target', target: hostile, event: 'error', error: { code: hostile, message: hostile, hint: hostile } },
      ended(hostile),
    ]
    const elements = parsed(await pageOf(events))
    const tags = new Set(elements.map(({ tagName }) => tagName))
    for (const tag of ['script', 'img', 'link', 'iframe', 'object', 'image', 'use', 'foreignobject']) {
      expect(tags.has(tag)).toBe(false)
    }
    const attributes = elements.flatMap(({ attrs }) => attrs)
    expect(attributes.filter(({ name }) => /^on|^src$|^xlink:href$|^style$/.test(name))).toEqual([])
    for (const { value } of attributes.filter(({ name }) => name === 'href')) expect(value).toMatch(/^#target-\d+$/)
    const policy = elements.find((each) => attribute(each, 'http-equiv') === 'Content-Security-Policy')
    expect(attribute(policy ?? ({ attrs: [] } as unknown as Element), 'content')).toMatch(/^default-src 'none';/)
    // And yet all of it is there to read.
    expect(elements.filter((each) => each.tagName === 'svg' && attribute(each, 'role') === 'img')).toHaveLength(1)
    const shown = hostile.replace('\u0000', String.raw`\u0000`).replace('\u202e', String.raw`\u202e`)
    expect(textOf(elements.find(({ tagName }) => tagName === 'h2') as Node)).toBe(shown)
    expect(textOf(elements.find(({ tagName }) => tagName === 'pre') as Node)).toBe(
      `@@ -1 +1 @@\n-${shown}\n+${shown}\n ${shown}\n`,
    )
  })

  it('has headings in order, and heads of rows and columns', async () => {
    const elements = parsed(await pageOf([run('web1', 'web2'), compiled(['site:a']), invocation({}), ended('web1')]))
    const levels = elements.flatMap(({ tagName }) => (/^h\d$/.test(tagName) ? [Number(tagName[1])] : []))
    expect(levels[0]).toBe(1)
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1)
    for (const head of elements.filter(({ tagName }) => tagName === 'th')) {
      expect(['row', 'col']).toContain(attribute(head, 'scope'))
    }
    const ids = elements.flatMap((each) => attribute(each, 'id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says that a run did not end, and that nothing was run', async () => {
    expect(await pageOf([run('web1')])).toContain('did not end')
    const error: ProveEvent = { type: 'error', code: 'PRV_USAGE', message: 'no such', includedFrom: [], targets: [] }
    expect(await pageOf([error])).toContain('no such')
  })
})

describe('the picture of the graph', () => {
  const pictures = async (...events: readonly ProveEvent[]): Promise<readonly Element[]> =>
    parsed(await pageOf([run('web1'), ...events])).filter((each) => each.tagName === 'g')

  const classes = (elements: readonly Element[]): readonly string[] =>
    elements.map((each) => `${attribute(each, 'class') ?? ''}: ${textOf(each).trim().split('\n')[0] ?? ''}`)

  it('has the outcome of each state, and arrows the way the run goes', async () => {
    const edges: CompiledEvent['edges'] = [
      { from: 'site:b', to: 'site:a', kind: 'requires' },
      { from: 'site:a', to: 'site:c', kind: 'notify' },
      { from: 'site:c', to: 'site:a', kind: 'soft' },
    ]
    const invocations = [invocation({}), invocation({ state: 'site:b', sequence: 2, outcome: 'failed' })]
    const drawn = classes(await pictures(compiled(['site:a', 'site:b', 'site:c'], edges), ...invocations))
    expect(drawn).toEqual(
      expect.arrayContaining([
        'node changed: site:a',
        'node failed: site:b',
        'node unknown: site:c',
        'edge requires: site:a->site:b',
        'edge notify: site:a->site:c',
      ]),
    )
    expect(drawn.filter((each) => each.startsWith('edge'))).toHaveLength(2)
  })

  it('draws groups around what belongs to them, also one in another', async () => {
    const edges: CompiledEvent['edges'] = [
      { from: 'inner', to: 'x', kind: 'member' },
      { from: 'outer', to: 'inner', kind: 'member' },
      { from: 'outer', to: 'y', kind: 'rescue' },
      { from: 'z', to: 'outer', kind: 'after' },
    ]
    const drawn = classes(await pictures(compiled(['x', 'inner', 'y', 'outer', 'z'], edges)))
    expect(drawn.filter((each) => each.startsWith('cluster'))).toHaveLength(2)
    expect(drawn).toContain('edge after: outer->z')
  })

  it('is left out where it would be too large', async () => {
    const ids = Array.from({ length: 301 }, (_, i) => `site:s${i}`)
    const page = await pageOf([run('web1'), compiled(ids)])
    expect(page).toContain('301 states')
    expect(page).not.toContain('<svg role="img"')
  })
})
