import { crc32 } from 'node:zlib'
import { acknowledgementLength, checksumLength, cookieLength, flags, headLength, kindBytes } from './encode.js'
import {
  type Acknowledgement,
  type Cookie,
  datagramLimit,
  type Packet,
  questionLength,
  segmentLimit,
  type StreamPacket,
  windowLimit,
} from './packet.js'

const kinds = new Map(Object.entries(kindBytes).map(([kind, byte]) => [byte, kind as Packet['kind']]))

/** What a datagram says; `undefined` for one that is none of ours, or was damaged on its way. Never throws. */
export const decode = (datagram: Buffer): Packet | undefined => {
  const end = datagram.length - checksumLength
  const kind = kinds.get(datagram[0] ?? 0)
  if (kind === undefined || end < headLength || datagram.length > datagramLimit) return
  if (crc32(datagram.subarray(0, end)) !== datagram.readUInt32BE(end)) return
  const id = datagram.toString('latin1', 1, headLength)
  const body = datagram.subarray(headLength, end)
  return kind === 'stream' ? decodeStream(id, body) : decodeOther(kind, id, body)
}

const decodeOther = (kind: Exclude<Packet['kind'], 'stream'>, id: string, body: Buffer): Packet | undefined => {
  const isQuestion = body.length === questionLength - headLength - checksumLength
  switch (kind) {
    case 'hello':
      return isQuestion ? { kind, dialler: id } : undefined
    case 'cookie':
      return body.length === cookieLength ? { kind, dialler: id, cookie: cookieIn(body) } : undefined
    case 'open':
      return isQuestion ? { kind, dialler: id, cookie: cookieIn(body) } : undefined
    case 'welcome':
      return body.length === 8 ? { kind, dialler: id, listener: body.toString('latin1') } : undefined
    case 'refusal':
      return body.length === 1 ? { kind, dialler: id, isFull: body[0] === 1 } : undefined
    case 'reset':
      return body.length === 0 ? { kind, to: id } : undefined
    case 'gone':
      return body.length === 0 ? { kind, unknown: id } : undefined
  }
}

const cookieIn = (body: Buffer): Cookie => ({ stamp: body.readUIntBE(0, 6), seal: body.subarray(6, cookieLength) })

const decodeStream = (to: string, body: Buffer): StreamPacket | undefined => {
  const said = body[0]
  if (said === undefined || said > 31) return
  const has = (flag: number): boolean => (said & flag) !== 0
  const packet = { kind: 'stream', to, isProbe: has(flags.probe), isDone: has(flags.done) } as const
  const acknowledgement = has(flags.acknowledgement) ? acknowledgementIn(body) : undefined
  if (has(flags.acknowledgement) && acknowledgement === undefined) return
  const at = 1 + (acknowledgement === undefined ? 0 : acknowledgementLength + acknowledgement.held.length)
  const withIt = acknowledgement === undefined ? packet : { ...packet, acknowledgement }
  if (!has(flags.segment)) return at === body.length && !has(flags.last) ? withIt : undefined
  if (body.length < at + 6) return
  const bytes = body.subarray(at + 6)
  const isLast = has(flags.last)
  // A piece of nothing would cost who keeps it more than who sends it.
  if (bytes.length > segmentLimit || (bytes.length === 0 && !isLast)) return
  return { ...withIt, segment: { number: body.readUIntBE(at, 6), bytes, isLast } }
}

const acknowledgementIn = (body: Buffer): Acknowledgement | undefined => {
  const bits = 1 + acknowledgementLength
  if (body.length < bits) return
  const length = body[bits - 1] ?? 0
  const window = body.readUInt16BE(7)
  if (body.length < bits + length || window > windowLimit || length > windowLimit / 8) return
  return { next: body.readUIntBE(1, 6), window, held: body.subarray(bits, bits + length) }
}
