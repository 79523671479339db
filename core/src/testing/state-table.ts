import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Read, ReadKind } from '../contracts/read.js'
import { type Change, isBlocked, type StateFunction } from '../contracts/state-function.js'
import type { Step, Touches } from '../contracts/step.js'
import { createKernel } from '../kernel/kernel.js'
import type { Plugin } from '../kernel/plugin.js'

/** A step as text, `file.write /etc/motd` or `exec systemctl start nginx`, or some of its fields. */
export type ExpectedStep = string | Readonly<Record<string, unknown>>

/** One line of a table: what is seen on the target, and what then differs and is done. */
export interface StateCase {
  readonly title: string
  /** As written in a state, beside those of the table; undefined takes one of those away. */
  readonly args?: Readonly<Record<string, unknown>>
  /** The answers to the reads, by name: exactly those that the function asks for. */
  readonly seen: Readonly<Record<string, unknown>>
  /** The fields that differ, in order. */
  readonly changes: readonly string[]
  readonly steps: readonly ExpectedStep[]
  /** Text that the reason holds why the state cannot be brought about. */
  readonly blocked?: string
}

/**
 * Tests of a state function without a host, one for each case. Whatever the cases say, each also holds that the function
 * is pure, asks for what it sees, has no step without a change, and touches nothing that it did not read. `plugins` bring
 * kinds of reads and steps of their own.
 */
export const stateTable = (
  fn: StateFunction,
  args: Readonly<Record<string, unknown>>,
  cases: readonly StateCase[],
  plugins: readonly Plugin[] = [],
): void => {
  const { kinds } = createKernel(plugins.map((plugin) => ({ asked: plugin.name, plugin })))
  describe(fn.name, () => {
    it('has a converged case in its table', () => {
      expect(cases.some(({ changes, blocked }) => changes.length === 0 && blocked === undefined)).toBe(true)
    })
    it.each(cases)('$title', ({ args: more, seen, changes, steps, blocked }) => {
      const given = deepFreeze(parseArgs(fn, { ...args, ...more }))
      const answers = deepFreeze(structuredClone(seen))
      const reads = askedReads(fn, given, answers)
      const decided = decide(fn, given, answers)
      expect(decide(fn, given, answers), 'the same answers decide the same').toEqual(decided)
      expect(decided.blocked, 'blocked').toEqual(blocked === undefined ? undefined : expect.stringContaining(blocked))
      expect(decided.changes.map(({ field }) => field)).toEqual(changes)
      expect(decided.steps.map((step, i) => shownLike(step, steps[i]))).toEqual(steps.map(expectedStep))
      expect(decided.steps.length > 0, 'steps, if and only if there are changes').toBe(changes.length > 0)
      const read = readPaths(reads, kinds.read)
      for (const step of decided.steps) assertTouchesWhatIsRead(step, kinds.step(step.kind).touches?.(step), read)
    })
  })
}

type Answers = Readonly<Record<string, unknown>>

interface Decided {
  readonly blocked: string | undefined
  readonly changes: readonly Change[]
  readonly steps: readonly Step[]
  readonly onNotify: readonly Step[]
}

/** What the engine asks of a function, in its order. Without a change, apply is not asked. */
const decide = (fn: StateFunction, args: Record<string, unknown>, seen: Answers): Decided => {
  const found = fn.check(args, seen)
  const onNotify = fn.onNotify?.(args, seen, isBlocked(found) ? [] : found) ?? []
  if (isBlocked(found)) return { blocked: found.blocked, changes: [], steps: [], onNotify: [] }
  const steps = found.length === 0 ? [] : fn.apply(args, seen, deepFreeze(found))
  return { blocked: undefined, changes: found, steps, onNotify }
}

const parseArgs = (fn: StateFunction, args: Record<string, unknown>): Record<string, unknown> =>
  z.strictObject(fn.args).parse(Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)))

/** More rounds of reads than any honest function needs. */
const maximumRounds = 16

/** Asks in rounds, as the engine does, and holds that the case answers all reads and nothing else. */
const askedReads = (fn: StateFunction, args: Record<string, unknown>, seen: Answers): readonly Read[] => {
  const asked = new Map<string, Read>()
  for (let round = 0; round < maximumRounds; round++) {
    const soFar = deepFreeze(Object.fromEntries(Object.entries(seen).filter(([name]) => asked.has(name))))
    const wanted = fn.reads(args, soFar)
    expect(fn.reads(args, soFar), 'the same answers ask the same').toEqual(wanted)
    const fresh = Object.entries(wanted).filter(([name, read]) => read !== undefined && !asked.has(name))
    if (fresh.length === 0) break
    for (const [name, read] of fresh) if (read !== undefined) asked.set(name, read)
  }
  expect(Object.keys(seen).toSorted(), 'seen answers what the function reads').toEqual([...asked.keys()].toSorted())
  return [...asked.values()]
}

/** The paths that the answers rest on. */
const readPaths = (reads: readonly Read[], kindOf: (name: string) => ReadKind): ReadonlySet<string> => {
  const rests = reads.map((read) => kindOf(read.kind).restsOn?.(read.query) ?? 'everything')
  return new Set(rests.flatMap((rest) => (typeof rest === 'string' ? [] : rest.paths)))
}

const assertTouchesWhatIsRead = (step: Step, touches: Touches | undefined, read: ReadonlySet<string>): void => {
  // Such a step makes every answer stale, whatever was read.
  if (touches === undefined || typeof touches === 'string') return
  const { paths } = touches
  const isRead = paths.some((path) => read.has(path))
  expect(isRead, `${stepText(step)} touches ${paths.join(', ')}, and something of that is read`).toBe(true)
}

/** A step in the words of a table. */
const stepText = (step: Step): string => {
  const { kind, path, command } = step as Step & { readonly path?: unknown; readonly command?: unknown }
  const words = Array.isArray(command) ? command : [command ?? path ?? '']
  return `${kind} ${words.join(' ')}`.trim()
}

/** Shows a step in the form in which it is expected, so that a difference reads well. */
const shownLike = (step: Step, expected: ExpectedStep | undefined): unknown =>
  typeof expected === 'object' ? step : stepText(step)

const expectedStep = (expected: ExpectedStep): unknown =>
  typeof expected === 'string' ? expected : (expect.objectContaining(expected) as unknown)

/** Frozen, an object throws where a function would change it. */
const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
