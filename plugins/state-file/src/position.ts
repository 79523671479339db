import { blocked, type Blocked, z } from '@prove/core'
import type { Line } from './lines.js'
import { regex } from './regex.js'

/** Where something goes that is not there yet. */
export const positionArguments: {
  readonly insert_after: z.ZodOptional<z.ZodString>
  readonly insert_before: z.ZodOptional<z.ZodString>
  readonly insert_at: z.ZodOptional<z.ZodEnum<{ beginning: 'beginning'; end: 'end' }>>
  readonly which: z.ZodOptional<z.ZodEnum<{ first: 'first'; last: 'last' }>>
} = {
  insert_after: regex('Where it is not there yet, it goes after the line that this matches.').optional(),
  insert_before: regex('Where it is not there yet, it goes before the line that this matches.').optional(),
  insert_at: z
    .enum(['beginning', 'end'])
    .optional()
    .meta({ description: 'Where it is not there yet, it goes there; unless given, to the end.' }),
  which: z.enum(['first', 'last']).optional().meta({
    description: 'Of several lines that a regular expression matches, the one that is meant; unless given, the last.',
  }),
}

export interface Position {
  readonly insert_after?: string | undefined
  readonly insert_before?: string | undefined
  readonly insert_at?: 'beginning' | 'end' | undefined
  readonly which?: 'first' | 'last' | undefined
}

/** The index of the line that is meant; below 0 when none matches. */
export const matching = (lines: readonly Line[], source: string, which: Position['which']): number => {
  const expression = new RegExp(source)
  const isMatch = ({ text }: Line): boolean => expression.test(text)
  return which === 'first' ? lines.findIndex(isMatch) : lines.findLastIndex(isMatch)
}

/** The index that something new goes before. A line to go by must be there: elsewhere it might mean something else. */
export const placeFor = (
  lines: readonly Line[],
  { insert_after: after, insert_before: before, insert_at: at, which }: Position,
): number | Blocked => {
  const source = after ?? before
  if (source === undefined) return at === 'beginning' ? 0 : lines.length
  const found = matching(lines, source, which)
  if (found < 0) return blocked(`no line matches ${after === undefined ? 'insert_before' : 'insert_after'}: ${source}`)
  return after === undefined ? found : found + 1
}

/** What is wrong with a position. */
export const positionConflict = (position: Position): string | undefined => {
  const { insert_after, insert_before, insert_at } = position
  const given = Object.entries({ insert_after, insert_before, insert_at }).flatMap(([name, value]) =>
    value === undefined ? [] : [`"${name}"`],
  )
  return given.length > 1 ? `${given.join(' and ')} exclude each other` : undefined
}
