import { crc32 } from 'node:zlib'
import { checksumLength } from '../wire/encode.js'
import type { Dice } from './dice.js'

/** A datagram with the checksum that belongs to it: what is wrong with it gets as far as it can. */
const reseal = (datagram: Buffer): Buffer => {
  if (datagram.length < checksumLength) return datagram
  const at = datagram.length - checksumLength
  datagram.writeUInt32BE(crc32(datagram.subarray(0, at)), at)
  return datagram
}

/** A datagram as somebody might send it who means harm: noise, or one of those that were seen with something changed about it. */
export const hostile = (dice: Dice, seen: readonly Buffer[]): Buffer => {
  const example = seen[dice.below(seen.length)]
  if (example === undefined || dice.happens(0.1)) return dice.bytes(dice.below(80))
  const longer = dice.happens(0.2) ? dice.bytes(dice.below(40)) : Buffer.alloc(0)
  const datagram = Buffer.concat([
    example.subarray(0, dice.happens(0.3) ? dice.below(example.length) : undefined),
    longer,
  ])
  // The ids are mostly left as they are: who does not know them gets nowhere at all.
  const from = dice.happens(0.1) ? 0 : 9
  for (let changes = dice.below(6); changes > 0 && datagram.length > from; changes--) {
    datagram[from + dice.below(datagram.length - from)] = dice.happens(0.3) ? 255 * dice.below(2) : dice.below(256)
  }
  if (dice.happens(0.2) && datagram.length > 0) datagram[0] = 0x50 + dice.below(10)
  return dice.happens(0.9) ? reseal(datagram) : datagram
}
