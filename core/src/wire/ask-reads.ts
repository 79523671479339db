import type { Facts } from '../contracts/facts.js'
import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { groupBy } from '../group-by.js'
import type { Channel } from './channel.js'
import { aloneFrame, joinedFrame } from './joined-frame.js'
import { runWithin } from './run-within.js'

/** Reads of one kind, which one script answers. */
interface Batch {
  readonly kind: ReadKind
  readonly reads: readonly Read[]
}

/** Answers in the order of the reads: all of them in one frame, with a script for each kind. */
export const askReads = async (
  channel: Channel,
  reads: readonly Read[],
  kindOf: (name: string) => ReadKind,
  facts: Facts,
): Promise<readonly Answered[]> => {
  const byKind = groupBy(new Map(reads.map((read) => [read.key, read])).values(), (read) => read.kind)
  const answered = new Map<string, Answered>()
  const batches: Batch[] = []
  for (const [name, own] of byKind) {
    const kind = kindOf(name)
    const detail = kind.tools.find((tool) => !facts.tools.includes(tool))
    if (detail === undefined) batches.push({ kind, reads: own })
    else for (const { key } of own) answered.set(key, { ok: false, problem: 'unavailable', detail })
  }
  const { outputs, missing } = await askAll(channel, batches, facts)
  for (const [i, { kind, reads: own }] of batches.entries()) {
    const output = outputs[i]
    const answers = output === undefined ? [] : kind.parse(output, queriesOf(own), facts)
    for (const [k, { key }] of own.entries()) answered.set(key, answers[k] ?? failed(missing))
  }
  return reads.map((read) => answered.get(read.key) ?? failed('the target gave no answer'))
}

/** What each batch printed, and what is wrong where that is not there. A frame costs the target processes, so one does for all. */
const askAll = async (
  channel: Channel,
  batches: readonly Batch[],
  facts: Facts,
): Promise<{ readonly outputs: readonly Buffer[]; readonly missing: string }> => {
  const missing = 'the answer of the target broke off'
  const scripts = batches.map((batch) => scriptOf(batch, facts))
  const [alone, ...others] = scripts
  if (alone === undefined) return { outputs: [], missing }
  const { script, parse } = others.length === 0 ? aloneFrame(alone) : joinedFrame(scripts)
  const seconds = batches.reduce((sum, batch) => sum + secondsOf(batch), 0)
  const asked = batches.map(({ kind, reads }) => ({ what: kind.name, count: reads.length }))
  const { cut, stdout } = await runWithin(channel, script, seconds, ...asked)
  return cut ? { outputs: [], missing: 'the answer of the target was too long' } : { outputs: parse(stdout), missing }
}

const queriesOf = (reads: readonly Read[]): readonly unknown[] => reads.map(({ query }) => query)

/** Nobody reads what programs say of a name that is not there: it is not sent, a line for each. */
const scriptOf = ({ kind, reads }: Batch, facts: Facts): string =>
  `exec 2>/dev/null\n${kind.script(queriesOf(reads), facts)}`

const secondsOf = ({ kind, reads }: Batch): number =>
  queriesOf(reads).reduce((sum: number, query) => sum + (kind.seconds?.(query) ?? 0), 60)

const failed = (detail: string): Answered => ({ ok: false, problem: 'failed', detail })
