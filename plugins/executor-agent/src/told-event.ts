import { type ActionEvent, type Blob, eventShape, isMap, z } from '@prove/core'

/** What an action tells of its target; all else is for the master to say. */
const ofTargets: readonly unknown[] = ['running', 'ran', 'interrupted', 'killed', 'strayed']

const blob = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0) })
const made = blob.extend({ text: z.string(), encoding: z.enum(['utf8', 'latin1']) })
const shownText = z.strictObject({ from: z.string(), to: z.union([blob, made]) })

/** Whom an event is about, and the contents that it may speak of. */
export interface Teller {
  readonly target: string
  readonly contents: ReadonlyMap<string, Blob>
}

/**
 * An event of an agent, as far as it is one that an action may tell: an agent is believed about its own host, and about nothing
 * else. Undefined for all others.
 */
export const toldEvent = (said: Readonly<Record<string, unknown>>, teller: Teller): ActionEvent | undefined => {
  const event = { ...said, target: teller.target }
  if (said['type'] === 'target') {
    if (!ofTargets.includes(said['event'])) return undefined
    const parsed = eventShape().safeParse(event, { jitless: true })
    return parsed.success && parsed.data.type === 'target' ? parsed.data : undefined
  }
  if (said['type'] !== 'invocation' || !Array.isArray(said['changes'])) return undefined
  const texts = said['changes'].map((change: unknown) => textOf(change, teller))
  const changes = said['changes'].map((change: unknown) => (isMap(change) ? plainChange(change) : change))
  const parsed = eventShape().safeParse({ ...event, changes }, { jitless: true })
  if (!parsed.success || parsed.data.type !== 'invocation') return undefined
  const shown = parsed.data.changes.map(({ field, from, to }, i) => {
    const text = texts[i]
    return text === undefined ? { field, from, to } : { field, from, to, text }
  })
  return { ...parsed.data, changes: shown }
}

const plainChange = ({ field, from, to }: Readonly<Record<string, unknown>>) => ({ field, from, to })

/** The texts of a difference, where the new one is of this request, or came with the event. */
const textOf = (change: unknown, { contents }: Teller): z.output<typeof shownText> | undefined => {
  const parsed = shownText.safeParse(isMap(change) ? change['text'] : undefined, { jitless: true })
  if (!parsed.success) return undefined
  const { to } = parsed.data
  return 'encoding' in to || contents.has(to.sha256) ? parsed.data : undefined
}
