import { type FileWriteStep, isBlocked, type StateFunction, z } from '@prove/core'
import { seenEntry } from '@prove/core/testing'

const path = '/etc/app.conf'

/** What a function that edits makes of a text: another, the same, or the reason why it does not. */
export const edited = (fn: StateFunction, args: Readonly<Record<string, unknown>>, text: string): string => {
  const given = z.strictObject(fn.args).parse({ path, ...args })
  const conflict = fn.conflict?.(given)
  if (conflict !== undefined) throw new Error(conflict)
  const seen = { now: seenEntry({}, path), held: { text, encoding: 'utf8' } }
  const found = fn.check(given, seen)
  if (isBlocked(found)) return `blocked: ${found.blocked}`
  if (found.length === 0) return text
  const [step] = fn.apply(given, seen, found) as readonly FileWriteStep[]
  const blob = step?.blob
  return blob !== undefined && 'text' in blob ? String(blob.text) : 'no content'
}
