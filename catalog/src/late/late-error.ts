import type { Span } from './spans.js'

/** A late value that is not well-formed; the offset counts in its text, from 0. */
export class LateSyntaxError extends Error {
  override readonly name = 'LateSyntaxError'

  constructor(
    message: string,
    readonly offset: number,
    readonly length: number,
    readonly hint?: string,
  ) {
    super(message)
  }
}

/** A late value that names something that is not known, or is wrong whatever is asked of the target. */
export class LateNameError extends Error {
  override readonly name = 'LateNameError'

  constructor(
    message: string,
    readonly hint?: string,
    /** Where in its text, when it was written as one. */
    readonly span?: Span,
  ) {
    super(message)
  }
}
