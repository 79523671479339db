/**
 * What travels over a carrier: a byte that says what it is, and its content. Data may be sent as far as the other side gave
 * credit for it, so that nobody has to stop listening to slow a writer down, and signs of life always pass.
 */
export type Message =
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'credit'; readonly amount: number }
  /** Nothing follows in this direction. */
  | { readonly kind: 'end' }

/** Credit that is out at most, one way: bytes that wait for a reader who does not read. */
export const window = 512 * 1024

/** Bytes in one message of data. */
export const mostData = 64 * 1024

/** The longest message. */
export const longestMessage = mostData + 1

/** What data costs of the credit: short ones are charged for what it takes to keep them. */
export const costOf = (length: number): number => length + overhead

export const overhead = 64

const kinds = { data: 0, credit: 1, end: 2 } as const

export const dataMessage = (bytes: Buffer): Buffer => {
  const message = Buffer.allocUnsafe(bytes.length + 1)
  message[0] = kinds.data
  bytes.copy(message, 1)
  return message
}

export const creditMessage = (amount: number): Buffer => {
  const message = Buffer.from([kinds.credit, 0, 0, 0, 0])
  message.writeUInt32BE(amount, 1)
  return message
}

export const endMessage = (): Buffer => Buffer.from([kinds.end])

/** Undefined: it is none of ours. */
export const readMessage = (message: Buffer): Message | undefined => {
  const { length } = message
  if (message[0] === kinds.data && length > 1 && length <= longestMessage) {
    return { kind: 'data', bytes: message.subarray(1) }
  }
  if (message[0] === kinds.credit && length === 5) return { kind: 'credit', amount: message.readUInt32BE(1) }
  return message[0] === kinds.end && length === 1 ? { kind: 'end' } : undefined
}
