import { type ErrorCode, type ErrorDetails, ProveError, ProveErrors } from '@prove/core'

/** Collects the errors of a catalog, so that all of them are told together. */
export class Diagnostics {
  readonly #errors: ProveError[] = []

  add(code: ErrorCode, message: string, details: ErrorDetails = {}): void {
    this.#errors.push(new ProveError(code, message, details))
  }

  take(error: ProveError): void {
    this.#errors.push(error)
  }

  /** Throws what was collected, each once, in the order of files and lines. */
  throwIfAny(): void {
    if (this.#errors.length === 0) return
    const unique = new Map(this.#errors.map((error) => [keyOf(error), error]))
    throw new ProveErrors([...unique.values()].toSorted(byPlace))
  }
}

const keyOf = ({ code, message, place }: ProveError): string =>
  JSON.stringify([code, message, place?.file, place?.line, place?.column])

const byPlace = (a: ProveError, b: ProveError): number =>
  (a.place?.file ?? '').localeCompare(b.place?.file ?? '') ||
  (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
  (a.place?.column ?? 0) - (b.place?.column ?? 0)
