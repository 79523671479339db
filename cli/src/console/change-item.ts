import type { ChangeEvent } from '@prove/core'
import { cutText, faint, type Line, span } from './line.js'
import { valueText } from './value-text.js'

/** Columns of a value, unless all of it is asked for. */
const valueWidth = 40

/** What stands for nothing behind an arrow. */
export const nothingLeft = 'absent'

/** `mode 0644 → 0755`, `type file` where nothing was, or `user ann → absent`. */
export const changeItem = ({ field, from, to }: ChangeEvent, isWhole: boolean): Line => {
  const shown = (value: unknown): string => (isWhole ? valueText(value) : cutText(valueText(value), valueWidth))
  const change = from === null ? `${field} ${shown(to)}` : `${field} ${shown(from)} → ${shown(to ?? nothingLeft)}`
  return isHashes(field, from, to) ? [span(change), faint(' (binary, large or secret: no diff)')] : [span(change)]
}

/** Content is told by its hashes; where a diff can be shown, there is one. */
const isHashes = (field: string, from: unknown, to: unknown): boolean =>
  /^(.* )?content$/.test(field) && [from, to].every((hash) => typeof hash === 'string' && /^[0-9a-f]{12}$/.test(hash))
