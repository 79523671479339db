import { readFileSync } from 'node:fs'
import {
  FactsNeeded,
  isLateValue,
  knownErrors,
  type Late,
  type LateRead,
  type Loaded,
  type Place,
  ProveError,
  type Scope,
  type ValuePath,
  withDetails,
} from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { partsOf } from './late/parts-of.js'
import { placeWithin } from './late/place-within.js'
import { type LateSpan, resolveLate } from './late/resolve-late.js'
import { expressionError } from './target-expression/expression-error.js'

/** Where a value stands that may hold late ones, and what these can see beside the scope of the file. */
export interface LateSite {
  readonly loaded: Loaded
  readonly path: ValuePath
  readonly names: Readonly<Record<string, unknown>>
}

export interface LateValuesGround {
  readonly scope: Scope
  readonly calls: ReadonlyMap<string, LateRead>
  readonly diagnostics: Diagnostics
  /** Facts that nobody has gathered. */
  readonly needed: Set<string>
}

/** Compiles the late values of one file, for one target. */
export class LateValues {
  constructor(private readonly ground: LateValuesGround) {}

  /**
   * Plain data where all is known; else with `{ $late: tree }` in it. Undefined after an error was told, or where facts are
   * needed. `stateOf` finds the states whose outputs are used.
   */
  resolve(
    value: unknown,
    { loaded, path, names }: LateSite,
    stateOf = (name: string): string | undefined => name,
  ): unknown {
    const { scope, calls, diagnostics, needed } = this.ground
    let good = true
    const report = (inner: ValuePath, message: string, hint?: string, span?: LateSpan): void => {
      good = false
      diagnostics.take(lateError(loaded.placeOf([...path, ...inner, '$late']), message, hint, span))
    }
    const caught = (inner: ValuePath, error: unknown): boolean => {
      good = false
      if (error instanceof FactsNeeded) for (const name of error.facts) needed.add(name)
      else for (const each of knownErrors(error)) diagnostics.take(placed(each, loaded.placeOf([...path, ...inner])))
      return error instanceof FactsNeeded || knownErrors(error).length > 0
    }
    const roots: Readonly<Record<string, unknown>> = {
      variables: scope.variables,
      facts: scope.facts,
      target: scope.target,
    }
    const resolved = resolveLate(value, {
      calls,
      stateOf,
      names: (name) => {
        const layer = [roots, names, scope.variables].find((each) => Object.hasOwn(each, name))
        return layer === undefined ? undefined : { value: layer[name] }
      },
      knownNames: () => [...new Set([...Object.keys(scope.variables), ...Object.keys(names)])],
      report,
      caught,
    })
    return good ? resolved : undefined
  }
}

/** What a view of facts throws does not know where it was asked. */
const placed = ({ code, message, hint }: ProveError, place: Place): ProveError =>
  new ProveError(code, message, { place, hint })

/** The error at the very character, or with a frame of its own where the file does not show the text as it is. */
const lateError = (start: Place, message: string, hint: string | undefined, span: LateSpan | undefined): ProveError => {
  if (span === undefined) return new ProveError('PRV_LATE_INVALID', message, { place: start, hint })
  const place = placeWithin(linesOf(start.file), start, span.text, span.offset)
  if (place !== undefined) return new ProveError('PRV_LATE_INVALID', message, { place, hint })
  return withDetails(expressionError(span.text, span, message, hint, 'PRV_LATE_INVALID'), { place: start })
}

const linesOf = (file: string): readonly string[] => {
  try {
    return readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/)
  } catch {
    return []
  }
}

/** The states whose outputs compiled late values use, wherever these stand. */
export const statesUsedBy = (value: unknown, found = new Set<string>()): ReadonlySet<string> => {
  if (typeof value !== 'object' || value === null) return found
  if (isLateValue(value) && typeof value.$late !== 'string') return usedBy(value.$late, found)
  for (const inner of Object.values(value)) statesUsedBy(inner, found)
  return found
}

/** The states whose outputs one expression uses. */
const usedBy = (tree: Late, found = new Set<string>()): ReadonlySet<string> => {
  if (tree.kind === 'outputs') found.add(tree.state)
  for (const part of partsOf(tree)) usedBy(part, found)
  return found
}
