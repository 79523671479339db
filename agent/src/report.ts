import { knownErrors, messageOf, type ProveError } from '@prove/core'
import type { LinkError } from '@prove/link'

/** How a request ended: plain data. */
export interface Reported {
  readonly result?: Readonly<Record<string, unknown>>
  /** What the target has told of itself. */
  readonly facts?: Readonly<Record<string, unknown>>
  readonly errors?: readonly LinkError[]
}

/** An error as it is told: what is not known to Prove has no stack here, for that is in the log of the agent. */
export const reportedErrors = (thrown: unknown): readonly LinkError[] => {
  const known = knownErrors(thrown)
  if (known.length > 0) return known.map(told)
  const message = cut(`the agent failed: ${messageOf(thrown)}`)
  return [{ code: 'PRV_AGENT_REQUEST', message, hint: 'its log says more: "journalctl -u prove-agent" on the target' }]
}

const told = ({ code, message, hint }: ProveError): LinkError => ({
  code,
  message: cut(message),
  ...(hint === undefined ? {} : { hint: cut(hint) }),
})

/** What a master takes of one text. */
const cut = (text: string): string => text.slice(0, 16_384)
