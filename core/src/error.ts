import type { ErrorCode } from './error-table.js'

/** A point in a source file; line and column count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface ErrorDetails {
  readonly place?: Place | undefined
  /** What to do next, as an imperative sentence. */
  readonly hint?: string | undefined
  readonly cause?: unknown
  /** Where the file was included, the nearest first. */
  readonly includedFrom?: readonly Place[]
  /** The targets that it concerns, where it does not concern all. */
  readonly targets?: readonly string[]
  /** Whether a secret stands in the line of the place, so that nobody may show that line. */
  readonly isSecretLine?: boolean
}

/** An error that Prove knows: printed with code, place and hint, and without a stack. */
export class ProveError extends Error {
  override readonly name = 'ProveError'
  readonly code: ErrorCode
  readonly place: Place | undefined
  readonly hint: string | undefined
  readonly includedFrom: readonly Place[]
  readonly targets: readonly string[]
  readonly isSecretLine: boolean

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.place = details.place
    this.hint = details.hint
    this.includedFrom = details.includedFrom ?? []
    this.targets = details.targets ?? []
    this.isSecretLine = details.isSecretLine ?? false
  }
}

/** The same error with more details. */
export const withDetails = (error: ProveError, details: ErrorDetails): ProveError =>
  new ProveError(error.code, error.message, { ...error, cause: error.cause, ...details })

/** Several known errors that belong together, in the order of their places. */
export class ProveErrors extends Error {
  override readonly name = 'ProveErrors'
  readonly errors: readonly ProveError[]

  constructor(errors: readonly ProveError[]) {
    super(errors.map((error) => error.message).join('\n'))
    this.errors = errors
  }
}

/** The known errors inside a thrown value; none when it is not one of ours. */
export const knownErrors = (thrown: unknown): readonly ProveError[] => {
  if (thrown instanceof ProveErrors) return thrown.errors
  return thrown instanceof ProveError ? [thrown] : []
}

/** One sentence out of anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
