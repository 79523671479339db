import type { Late } from '@prove/core'

/** A stretch of a text, counted from 0. */
export interface Span {
  readonly offset: number
  readonly length: number
}

/** Beside the trees: they are plain data, and the same however they were written. */
const spans = new WeakMap<Late, Span>()

/** The same tree, with where in its text it was read. */
export const spanned = (tree: Late, { offset, raw }: { readonly offset: number; readonly raw: string }): Late => {
  spans.set(tree, { offset, length: Math.max(1, raw.length) })
  return tree
}

/** Where a tree was read; undefined for one that was never text. */
export const spanOf = (tree: Late): Span | undefined => spans.get(tree)
