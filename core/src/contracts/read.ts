import type { Facts } from './facts.js'
import type { LateRead } from './late.js'

/** Phantom: carries the type of the answer, never a value. */
declare const answerType: unique symbol

/** A question about a target. Reads with equal keys are the same question and are asked once. */
export interface Read<Answer = unknown> {
  readonly kind: string
  readonly key: string
  readonly query: unknown
  readonly [answerType]?: Answer
}

/** What came back. A problem is not an answer: the state that asked is blocked by name. */
export type Answered<Answer = unknown> =
  | { readonly ok: true; readonly value: Answer }
  | { readonly ok: false; readonly problem: 'unavailable' | 'failed' | 'timeout'; readonly detail: string }

/**
 * What an answer rests on. `paths` are read along with the question, and a step that touches one of them,
 * or something above it, makes the answer stale; `below` says that anything under them does too.
 */
export type RestsOn = 'everything' | 'nothing' | { readonly paths: readonly string[]; readonly below?: boolean }

/** What an earlier step of a plan leaves: the fields of one read that it determines. */
export interface Given {
  readonly key: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** One family of questions, answered by one script for all queries of a batch. */
export interface ReadKind<Query = unknown, Answer = unknown> {
  readonly name: string
  /** Programs that the script needs on the target; where one is missing the answer is `unavailable: TOOL`. */
  readonly tools: readonly string[]
  /** Programs that the target may do without: the facts tell which of them it has. */
  readonly looksFor?: readonly string[]
  /** The shell text that answers all queries, for the target's dialect of base tools. Nothing is interpolated unquoted. */
  script(queries: readonly Query[], facts: Facts): string
  /** One answer for each query, in order. A truncated or unexpected output becomes `failed` answers, never an exception. */
  parse(output: Buffer, queries: readonly Query[], facts: Facts): readonly Answered<Answer>[]
  /** Default: everything. Narrow only what is provably narrow. */
  restsOn?(query: Query): RestsOn
  /**
   * The answer after one step that touched what it rests on, and gives these fields; undefined when they do not tell. Absent:
   * never predicted.
   */
  predict?(query: Query, answer: Answer, given: readonly Given[], facts: Facts): Answer | undefined
  /** Seconds that answering one query may take on the target; default 60 for the whole batch. */
  seconds?(query: Query): number
  /** How late values ask it; absent where they cannot. */
  readonly late?: LateRead<Answer>
}
