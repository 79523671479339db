/** What a message between two ends of a stream says. */
export type FrameType = 'open' | 'accept' | 'data' | 'credit' | 'end' | 'ended' | 'reset' | 'ping' | 'pong'

/** One message: 30 bytes that each has, and what it carries. */
export interface Frame {
  readonly type: FrameType
  /** 16 random bytes, chosen by who opens the stream. */
  readonly stream: Buffer
  /** How many frames of this direction were before it; of no meaning in a reset. */
  readonly sequence: number
  /** How much the sender of this frame takes in all, from the beginning of the stream: see `costOf`. */
  readonly grant: number
  readonly payload: Buffer
}

/** The most that one frame carries, in bytes. */
export const maxPayload = 64 * 1024

/** The most that a reset says, in bytes. */
const maxReason = 256

const headerLength = 30

/** The longest frame, in bytes. */
export const maxFrame = headerLength + maxPayload

/** What credit a frame of data takes: many tiny ones must not cost the reader more memory than a few large ones. */
export const costOf = (payloadLength: number): number => payloadLength + frameCost

/** What is charged for a frame beside its payload. */
export const frameCost = 64

/** The first byte of each frame: another form of them gets another one. */
const form = 0x51

const types: readonly FrameType[] = ['open', 'accept', 'data', 'credit', 'end', 'ended', 'reset', 'ping', 'pong']

/** A frame as it is sent. */
export const encodeFrame = ({ type, stream, sequence, grant, payload }: Frame): Buffer => {
  const bytes = Buffer.allocUnsafe(headerLength + payload.length)
  bytes[0] = form
  bytes[1] = types.indexOf(type)
  stream.copy(bytes, 2)
  bytes.writeUIntBE(sequence, 18, 6)
  bytes.writeUIntBE(grant, 24, 6)
  payload.copy(bytes, headerLength)
  return bytes
}

/** What was sent; nothing when the bytes are no frame. The payload is a view of them. */
export const decodeFrame = (bytes: Buffer): Frame | undefined => {
  if (bytes.length < headerLength || bytes[0] !== form) return undefined
  const type = types[bytes[1] ?? types.length]
  const payload = bytes.subarray(headerLength)
  if (type === undefined || !fits(type, payload.length)) return undefined
  return {
    type,
    stream: bytes.subarray(2, 18),
    sequence: bytes.readUIntBE(18, 6),
    grant: bytes.readUIntBE(24, 6),
    payload,
  }
}

const fits = (type: FrameType, length: number): boolean => {
  if (type === 'data') return length > 0 && length <= maxPayload
  return type === 'reset' ? length <= maxReason : length === 0
}

/** The answer to what belongs to no stream, or to one that has gone wrong: it needs no state. */
export const resetFrame = (stream: Buffer, reason: string): Buffer =>
  encodeFrame({ type: 'reset', stream, sequence: 0, grant: 0, payload: Buffer.from(reason).subarray(0, maxReason) })
