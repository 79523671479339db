import { ProveError } from '@prove/core'

/** What a frame holds: a message as JSON, or bytes of a content. */
export const frameKinds = { message: 0, bytes: 1 } as const

/** One unit of the link: `length:4 kind:1 body`, where the length counts kind and body, and is big-endian. */
export interface Frame {
  readonly kind: (typeof frameKinds)[keyof typeof frameKinds]
  readonly body: Buffer
}

const headLength = 4

const mostPieces = 64

/** A frame as it is sent. */
export const encodeFrame = ({ kind, body }: Frame): Buffer => {
  const head = Buffer.allocUnsafe(headLength + 1)
  head.writeUInt32BE(body.length + 1)
  head.writeUInt8(kind, headLength)
  return Buffer.concat([head, body])
}

/** Makes frames out of bytes that come in any pieces, and keeps at most one frame and the pieces that came with its end. */
export class FrameReader {
  #pieces: Buffer[] = []
  #held = 0

  /** `limit` is asked when a frame begins: how long it may be, in bytes. */
  constructor(private readonly limit: () => number) {}

  /** The frames that these bytes complete. Throws PRV_LINK_PROTOCOL for one that is too long, empty or of no known kind. */
  *take(bytes: Buffer): Iterable<Frame> {
    this.#pieces.push(bytes)
    // One byte a piece would cost a hundred times what it holds.
    if (this.#pieces.length > mostPieces) this.#pieces = [Buffer.concat(this.#pieces)]
    this.#held += bytes.length
    while (this.#held >= headLength) {
      const length = this.#peek(headLength).readUInt32BE()
      if (length < 1 || length > this.limit()) {
        throw wrong(`a frame of ${length} bytes, where ${this.limit()} are allowed`)
      }
      if (this.#held < headLength + length) return
      const whole = this.#peek(headLength + length)
      this.#drop(headLength + length)
      const kind = whole.readUInt8(headLength)
      if (kind !== frameKinds.message && kind !== frameKinds.bytes) throw wrong(`a frame of the kind ${kind}`)
      yield { kind, body: whole.subarray(headLength + 1) }
    }
  }

  /** The first bytes of all that is held, as one piece. */
  #peek(length: number): Buffer {
    const [first] = this.#pieces
    if (first !== undefined && first.length >= length) return first.subarray(0, length)
    const joined = Buffer.concat(this.#pieces)
    this.#pieces = [joined]
    return joined.subarray(0, length)
  }

  #drop(length: number): void {
    const [first, ...others] = this.#pieces
    const rest = first?.subarray(length)
    this.#pieces = rest === undefined || rest.length === 0 ? others : [rest, ...others]
    this.#held -= length
  }
}

/** What the other side said is no part of what link partners say. */
export const wrong = (found: string): ProveError =>
  new ProveError('PRV_LINK_PROTOCOL', `the other side sent ${found}`, {
    hint: 'both sides must be of versions of Prove that understand each other; it may be something else altogether',
  })
