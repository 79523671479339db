import { isLateValue, isMap, type Late, type ValuePath } from '@prove/core'
import { checkLate } from './check-late.js'
import { type FoldScope, foldLate } from './fold.js'
import { LateNameError, LateSyntaxError } from './late-error.js'
import { parseLate } from './parse-late.js'
import type { Span } from './spans.js'

/** Where in its text an expression is wrong. */
export interface LateSpan extends Span {
  readonly text: string
}

/** What resolving needs: a scope for names, and whom to tell what is wrong. */
export interface LateResolver extends FoldScope {
  /** The path is that of the late value. */
  readonly report: (path: ValuePath, message: string, hint?: string, span?: LateSpan) => void
  /** Takes what facts throw; it passes where this is missing or returns false. */
  readonly caught?: (path: ValuePath, error: unknown) => boolean
}

/**
 * The same plain data with every late value compiled: its plain value where no answer is needed, else `{ $late: tree }`.
 * What is wrong is reported, and stays late, so that nobody validates it. What facts throw is for `caught`.
 */
export const resolveLate = (value: unknown, resolver: LateResolver, path: ValuePath = []): unknown => {
  if (isLateValue(value)) {
    const tree = compileLate(value.$late, resolver, path) ?? unresolved
    return tree.kind === 'value' && tree !== unresolved ? tree.value : { $late: tree }
  }
  if (Array.isArray(value)) return value.map((item, i) => resolveLate(item, resolver, [...path, i]))
  if (!isMap(value)) return value
  if (Object.hasOwn(value, '$late')) {
    resolver.report(path, 'a late value has no key beside "$late"', 'remove the others')
    return { $late: unresolved }
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolveLate(inner, resolver, [...path, key])]),
  )
}

/** The expression of a late value, written as text or as a tree; undefined after it was reported. */
export const compileLate = (written: unknown, resolver: LateResolver, path: ValuePath): Late | undefined => {
  try {
    const tree = typeof written === 'string' ? parseLate(written, resolver.calls) : checkLate(written, resolver.calls)
    return foldLate(tree, resolver)
  } catch (error) {
    if (error instanceof LateNameError) {
      const { message, hint, span } = error
      resolver.report(path, message, hint, span && { text: String(written), ...span })
    } else if (error instanceof LateSyntaxError) {
      const { message, hint, offset, length } = error
      resolver.report(path, message, hint, { text: String(written), offset, length })
    } else if (resolver.caught?.(path, error) !== true) throw error
    return undefined
  }
}

const unresolved: Late = { kind: 'value', value: null }
