import type { Facts } from '../contracts/facts.js'
import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { groupBy } from '../group-by.js'
import type { Channel } from './channel.js'
import { runWithin } from './run-within.js'

/** Answers in the order of the reads: one frame for each kind, all in flight together. */
export const askReads = async (
  channel: Channel,
  reads: readonly Read[],
  kindOf: (name: string) => ReadKind,
  facts: Facts,
): Promise<readonly Answered[]> => {
  const byKind = groupBy(new Map(reads.map((read) => [read.key, read])).values(), (read) => read.kind)
  const answered = new Map<string, Answered>()
  const batches = [...byKind].map(async ([name, batch]) => {
    for (const [key, answer] of await askKind(channel, kindOf(name), batch, facts)) answered.set(key, answer)
  })
  await Promise.all(batches)
  return reads.map((read) => answered.get(read.key) ?? failed('the target gave no answer'))
}

/** Nobody reads what programs say of a name that is not there: it is not sent, a line for each. */
const silently = 'exec 2>/dev/null'

const askKind = async (
  channel: Channel,
  kind: ReadKind,
  reads: readonly Read[],
  facts: Facts,
): Promise<readonly (readonly [string, Answered])[]> => {
  const missing = kind.tools.find((tool) => !facts.tools.includes(tool))
  if (missing !== undefined) {
    const answer: Answered = { ok: false, problem: 'unavailable', detail: missing }
    return reads.map((read) => [read.key, answer])
  }
  const queries = reads.map((read) => read.query)
  const seconds = queries.reduce((sum: number, query) => sum + (kind.seconds?.(query) ?? 0), 60)
  const asked = { what: kind.name, count: reads.length }
  const answer = await runWithin(channel, `${silently}\n${kind.script(queries, facts)}`, seconds, asked)
  const answers = answer.cut
    ? reads.map(() => failed('the answer of the target was too long'))
    : kind.parse(answer.stdout, queries, facts)
  return reads.map((read, i) => [read.key, answers[i] ?? failed('the answer of the target broke off')])
}

const failed = (detail: string): Answered => ({ ok: false, problem: 'failed', detail })
