import { type ErrorCode, type ErrorDetails, type Place, ProveError, ProveErrors, withDetails } from '@prove/core'

/** Takes errors one at a time, so that all of them are told together. */
export interface Diagnostics {
  add(code: ErrorCode, message: string, details?: ErrorDetails): void
  take(error: ProveError): void
}

interface Collected {
  readonly error: ProveError
  readonly targets: Set<string>
}

/** The errors of a catalog, each once, however many targets have it. */
export class Errors implements Diagnostics {
  readonly #collected = new Map<string, Collected>()
  #target: string | undefined

  add(code: ErrorCode, message: string, details: ErrorDetails = {}): void {
    this.take(new ProveError(code, message, details))
  }

  take(error: ProveError): void {
    const key = keyOf(error)
    const known = this.#collected.get(key) ?? { error, targets: new Set() }
    if (this.#target !== undefined) known.targets.add(this.#target)
    this.#collected.set(key, known)
  }

  /** What is added from now on concerns this target; all of them when undefined. */
  concerning(target: string | undefined): void {
    this.#target = target
  }

  get size(): number {
    return this.#collected.size
  }

  /** In the order of files and lines. `targets` is how many were compiled: an error of all of them names none. */
  all(targets = 1): readonly ProveError[] {
    return [...this.#collected.values()]
      .map(({ error, targets: concerned }) =>
        concerned.size === 0 || concerned.size === targets ? error : withDetails(error, { targets: [...concerned] }),
      )
      .toSorted(byPlace)
  }

  /** Throws what was collected. */
  throwIfAny(targets?: number): void {
    if (this.#collected.size > 0) throw new ProveErrors(this.all(targets))
  }
}

/** The same errors, told with the places that led to the file. */
export const includedFrom = (inner: Diagnostics, chain: readonly Place[]): Diagnostics => {
  if (chain.length === 0) return inner
  const take = (error: ProveError): void =>
    inner.take(withDetails(error, { includedFrom: [...error.includedFrom, ...chain] }))
  return { take, add: (code, message, details = {}) => take(new ProveError(code, message, details)) }
}

/** The same errors; of those in a line of these places, which hold secrets, nobody may show the line. */
export const besideSecrets = (inner: Diagnostics, places: readonly Place[]): Diagnostics => {
  if (places.length === 0) return inner
  const lines = new Set(places.map(lineOf))
  const take = (error: ProveError): void => {
    const isSecretLine = error.place !== undefined && lines.has(lineOf(error.place))
    inner.take(isSecretLine ? withDetails(error, { isSecretLine }) : error)
  }
  return { take, add: (code, message, details = {}) => take(new ProveError(code, message, details)) }
}

const lineOf = ({ file, line }: Place): string => `${line} ${file}`

const keyOf = ({ code, message, place }: ProveError): string =>
  JSON.stringify([code, message, place?.file, place?.line, place?.column])

const byPlace = (a: ProveError, b: ProveError): number =>
  (a.place?.file ?? '').localeCompare(b.place?.file ?? '') ||
  (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
  (a.place?.column ?? 0) - (b.place?.column ?? 0)
