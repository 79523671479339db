import { crc32 } from 'node:zlib'
import { type Acknowledgement, type Cookie, type Packet, questionLength, type StreamPacket } from './packet.js'

/** The first byte of a datagram: a version in the upper half, the kind in the lower. */
export const kindBytes: Readonly<Record<Packet['kind'], number>> = {
  hello: 0x51,
  cookie: 0x52,
  open: 0x53,
  welcome: 0x54,
  refusal: 0x55,
  stream: 0x56,
  reset: 0x57,
  gone: 0x58,
}

/** What the byte of flags of a stream packet says. */
export const flags = { acknowledgement: 1, segment: 2, last: 4, probe: 8, done: 16 } as const

/** Bytes of kind and id before, and of the checksum behind what a datagram says. */
export const headLength = 9
export const checksumLength = 4

/** Bytes of an acknowledgement without its bits. */
export const acknowledgementLength = 9
export const cookieLength = 22

/** A packet as a datagram. What is asked before an address is proven is made so long that no answer is longer. */
export const encode = (packet: Packet): Buffer => {
  switch (packet.kind) {
    case 'hello':
      return seal(begin('hello', packet.dialler, questionLength))
    case 'cookie':
      return seal(putCookie(begin('cookie', packet.dialler, headLength + cookieLength + checksumLength), packet.cookie))
    case 'open':
      return seal(putCookie(begin('open', packet.dialler, questionLength), packet.cookie))
    case 'welcome': {
      const datagram = begin('welcome', packet.dialler, headLength + 8 + checksumLength)
      datagram.write(packet.listener, headLength, 'latin1')
      return seal(datagram)
    }
    case 'refusal': {
      const datagram = begin('refusal', packet.dialler, headLength + 1 + checksumLength)
      datagram[headLength] = packet.isFull ? 1 : 0
      return seal(datagram)
    }
    case 'stream':
      return encodeStream(packet)
    case 'reset':
      return seal(begin('reset', packet.to, headLength + checksumLength))
    case 'gone':
      return seal(begin('gone', packet.unknown, headLength + checksumLength))
  }
}

const encodeStream = ({ to, isProbe, isDone, acknowledgement, segment }: StreamPacket): Buffer => {
  const length =
    headLength +
    1 +
    (acknowledgement === undefined ? 0 : acknowledgementLength + acknowledgement.held.length) +
    (segment === undefined ? 0 : 6 + segment.bytes.length) +
    checksumLength
  const datagram = begin('stream', to, length)
  datagram[headLength] =
    (acknowledgement === undefined ? 0 : flags.acknowledgement) |
    (segment === undefined ? 0 : flags.segment) |
    (segment?.isLast === true ? flags.last : 0) |
    (isProbe ? flags.probe : 0) |
    (isDone ? flags.done : 0)
  const at = acknowledgement === undefined ? headLength + 1 : putAcknowledgement(datagram, acknowledgement)
  if (segment !== undefined) segment.bytes.copy(datagram, datagram.writeUIntBE(segment.number, at, 6))
  return seal(datagram)
}

const putAcknowledgement = (datagram: Buffer, { next, window, held }: Acknowledgement): number => {
  const at = datagram.writeUInt16BE(window, datagram.writeUIntBE(next, headLength + 1, 6))
  datagram[at] = held.length
  return at + 1 + held.copy(datagram, at + 1)
}

const putCookie = (datagram: Buffer, cookie: Cookie): Buffer => {
  cookie.seal.copy(datagram, datagram.writeUIntBE(cookie.stamp, headLength, 6))
  return datagram
}

const begin = (kind: Packet['kind'], id: string, length: number): Buffer => {
  const datagram = Buffer.alloc(length)
  datagram[0] = kindBytes[kind]
  datagram.write(id, 1, 'latin1')
  return datagram
}

/** Accidents of the network are found by the checksum; against malice stand the ids, and TLS inside. */
const seal = (datagram: Buffer): Buffer => {
  const at = datagram.length - checksumLength
  datagram.writeUInt32BE(crc32(datagram.subarray(0, at)), at)
  return datagram
}
