const greetingLength = 64

/** Bits of the first byte of a frame of ZMTP. */
const [more, long, command] = [1, 2, 4]

/** PING, PONG and ERROR are short; longer commands belong to mechanisms that are not in use. */
const maxCommand = 255

/** Why a peer is cut off. */
export class ZmtpViolation extends Error {}

/**
 * Reads along with what a peer sends, as ZMTP 3 frames it, and throws a ZmtpViolation at what libzmq should not see. An identity that
 * the peer claims is replaced by one that was chosen here: libzmq 4.3.5 aborts the process of a ROUTER when a claimed identity
 * equals one that it chooses itself. A message of several parts is refused: libzmq keeps its parts without bound until the last.
 */
export class ZmtpInspector {
  #offset = 0
  /** What has come of the command READY, or of the head of a frame. */
  #head = Buffer.alloc(0)
  #ready = false
  /** Bytes that the frame at hand still has. */
  #left = 0

  /**
   * `type` is what the peer must be, and `identity` what it is handed on as: none, or one of at most 255 bytes whose first is not 0;
   * `maxMessage` is the longest message, in bytes.
   */
  constructor(
    private readonly type: 'DEALER' | 'ROUTER',
    private readonly identity: Buffer,
    private readonly maxMessage: number,
  ) {}

  /** Whether the peer has said who it is, so that a ROUTER knows it from here on. */
  get ready(): boolean {
    return this.#ready
  }

  /** What to hand on of what came. */
  inspect(chunk: Buffer): Buffer {
    if (this.#ready) return this.#frames(chunk)
    const greeting = chunk.subarray(0, Math.max(0, greetingLength - this.#offset))
    this.#greeting(greeting)
    if (greeting.length === chunk.length) return greeting
    const rest = this.#readyCommand(chunk.subarray(greeting.length))
    return Buffer.concat([greeting, rest])
  }

  #greeting(bytes: Buffer): void {
    for (const byte of bytes) {
      const wanted = greetingAt(this.#offset++)
      if (wanted !== undefined && !wanted(byte)) throw new ZmtpViolation('it does not speak ZMTP 3 without a mechanism')
    }
  }

  #readyCommand(bytes: Buffer): Buffer {
    this.#head = Buffer.concat([this.#head, bytes])
    if (this.#head.length < 2) return Buffer.alloc(0)
    const [flags, length] = [this.#head[0] ?? 0, this.#head[1] ?? 0]
    if (flags !== command) throw new ZmtpViolation('its first command is not READY')
    const end = 2 + length
    if (this.#head.length < end) return Buffer.alloc(0)
    const head = this.#head
    if (socketTypeOf(head.subarray(2, end)) !== this.type) throw new ZmtpViolation(`it is no ${this.type}`)
    this.#ready = true
    this.#head = Buffer.alloc(0)
    return Buffer.concat([readyOf(this.type, this.identity), this.#frames(head.subarray(end))])
  }

  #frames(chunk: Buffer): Buffer {
    let at = 0
    while (at < chunk.length) {
      if (this.#left > 0) {
        const part = Math.min(this.#left, chunk.length - at)
        this.#left -= part
        at += part
        continue
      }
      const before = this.#head.length
      const head = Buffer.concat([this.#head, chunk.subarray(at, at + 9 - before)])
      const needed = ((head[0] ?? 0) & long) === 0 ? 2 : 9
      if (head.length < needed) {
        this.#head = head
        return chunk
      }
      this.#head = Buffer.alloc(0)
      this.#left = this.#lengthOf(head)
      at += needed - before
    }
    return chunk
  }

  #lengthOf(head: Buffer): number {
    const flags = head[0] ?? 0
    if ((flags & ~(long | command)) !== 0) {
      throw new ZmtpViolation((flags & more) === 0 ? 'its frames have unknown flags' : 'its message has several parts')
    }
    const length = (flags & long) === 0 ? (head[1] ?? 0) : Number(head.readBigUInt64BE(1))
    if (length > ((flags & command) === 0 ? this.maxMessage : maxCommand))
      throw new ZmtpViolation('its message is too long')
    return length
  }
}

const mechanism = Buffer.alloc(20)
mechanism.write('NULL')

/** What a byte of the greeting must be; nothing where it does not matter. */
const greetingAt = (offset: number): ((byte: number) => boolean) | undefined => {
  if (offset === 0) return (byte) => byte === 0xff
  if (offset === 9) return (byte) => byte === 0x7f
  // An older peer would say its identity in another way.
  if (offset === 10) return (byte) => byte >= 3
  if (offset >= 12 && offset < 32) return (byte) => byte === mechanism[offset - 12]
  return undefined
}

/** The property Socket-Type of a command READY. */
const socketTypeOf = (body: Buffer): string | undefined => {
  if (body[0] !== 5 || body.toString('latin1', 1, 6) !== 'READY')
    throw new ZmtpViolation('its first command is not READY')
  let type: string | undefined
  for (let at = 6; at < body.length;) {
    const value = at + 1 + (body[at] ?? 0) + 4
    if (value > body.length) throw new ZmtpViolation('its command READY is cut off')
    const end = value + body.readUInt32BE(value - 4)
    if (end > body.length) throw new ZmtpViolation('its command READY is cut off')
    if (body.toString('latin1', at + 1, value - 4).toLowerCase() === 'socket-type')
      type = body.toString('latin1', value, end)
    at = end
  }
  return type
}

const property = (name: string, value: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(value.length)
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), length, value])
}

/** The command READY of a socket of that type with that identity. */
export const readyOf = (type: string, identity: Buffer): Buffer => {
  const properties = [property('Socket-Type', Buffer.from(type)), property('Identity', identity)]
  const body = Buffer.concat([Buffer.from([5]), Buffer.from('READY'), ...properties])
  return Buffer.concat([Buffer.from([command, body.length]), body])
}
