import { isMap, type LedgerEntry } from '@prove/core'
import { flow, hanging, wrapped } from './flow.js'
import { type Layout, listRoomIn, named, roomIn } from './layout.js'
import { faint, type Line, padded, span, textLines, widthOf, widthOfText } from './line.js'
import { easyText } from './value-text.js'

type Result = Readonly<Record<string, unknown>>

/** What a target answered: streams as they are, few plain values on one line, others as a list of `key  value`. */
export const resultLines = (target: string, result: Result, layout: Layout): readonly Line[] => {
  const { stdout, stderr, exit, pending, dismissed, ...others } = result
  const streams = [...said(stdout, 'plain'), ...said(stderr, 'bad')]
  const ended = exit === undefined || exit === 0 ? [] : [[span(`! exit ${easyText(exit)}`, 'bad')]]
  const kept = [...ledgerLines('pending', pending, layout), ...ledgerLines('dismissed', dismissed, layout)]
  return named(target, [...streams, ...ended, ...kept, ...valueLines(others, layout)], layout)
}

const said = (text: unknown, tone: 'plain' | 'bad'): readonly Line[] =>
  typeof text === 'string' && text !== '' ? textLines(text, tone) : []

/** What the ledger of a target keeps, or kept. */
const ledgerLines = (what: string, kept: unknown, layout: Layout): readonly Line[] => {
  if (!Array.isArray(kept)) return []
  if (kept.length === 0) return [[span('nothing is pending')]]
  return (kept as readonly LedgerEntry[]).flatMap(({ state, by, since, catalog, environment }) =>
    hanging(
      [
        span(`? ${what}`, 'open'),
        span(`  ${state}: notified by ${by} at ${since}`),
        faint(`  (catalog ${catalog}, environment ${environment})`),
      ],
      roomIn(layout),
      4,
    ),
  )
}

/** A few short values are one line. */
const fewValues = 3

/** Columns of names of values beyond which a longer one pushes its own line to the right. */
const widestKey = 16

const valueLines = (values: Result, layout: Layout): readonly Line[] => {
  const entries = Object.entries(values)
  const isPlain = entries.every(([, value]) => typeof value !== 'object' || value === null)
  if (isPlain && entries.length <= fewValues) {
    const items = entries.map(([key, value]) => [faint(`${key} `), span(easyText(value))])
    return items.length === 0 ? [] : flow([span('= ok', 'good')], items, roomIn(layout), 4)
  }
  return nestedLines(entries, listRoomIn(layout))
}

/** A value on the line of its name where it fits there; else what it holds, indented under it. */
const nestedLines = (entries: readonly (readonly [string, unknown])[], width: number): readonly Line[] => {
  const keyWidth = Math.min(widestKey, Math.max(0, ...entries.map(([key]) => widthOfText(key))))
  return entries.flatMap(([key, value]) => {
    const name = [...padded([faint(key)], keyWidth), span('  ')]
    return valueBehind(name, value, width)
  })
}

const valueBehind = (name: Line, value: unknown, width: number): readonly Line[] => {
  const whole = [...name, span(easyText(value))]
  if (widthOf(whole) <= width || !isNested(value))
    return behind(name, wrapped([span(easyText(value))], width - widthOf(name)))
  if (isMap(value)) return [name, ...indented(nestedLines(Object.entries(value), width - 2))]
  const items = value as readonly unknown[]
  if (!items.some(isNested)) return behind(name, wrapped([span(easyText(items))], width - widthOf(name)))
  return [name, ...indented(items.flatMap((item) => valueBehind([faint('- ')], item, width - 2)))]
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null

const behind = (name: Line, [first = [], ...rest]: readonly Line[]): readonly Line[] => {
  const margin = span(' '.repeat(widthOf(name)))
  return [[...name, ...first], ...rest.map((line) => [margin, ...line])]
}

const indented = (lines: readonly Line[]): readonly Line[] => lines.map((line) => [span('  '), ...line])
