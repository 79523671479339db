/** Headers of a poll. Each request names its session, and is numbered, so that one that is repeated does nothing twice. */
export const pollHeaders = {
  /** 128 random bits of who dials, in hexadecimal. */
  session: 'prove-session',
  /** The number of a request that brings messages; in the answer, of what was taken. */
  send: 'prove-send',
  /** The number of a request that fetches messages, and acknowledges those of the one before; in the answer, of what it brings. */
  receive: 'prove-receive',
  /** Milliseconds that a request may be held back until there is something to fetch. */
  hold: 'prove-hold',
} as const

/** A count in a header; undefined when there is none. */
export const countIn = (value: string | readonly string[] | undefined): number | undefined =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined
