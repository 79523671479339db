import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ConnectionId, Cookie } from '../wire/packet.js'
import { type Peer, peerKey } from './peer.js'

/** Seconds that a cookie is good for, and after which another key makes them. */
const [lifetime, keyChange] = [10, 30]

/**
 * Cookies that prove an address: whoever brings one back got it there. They are an HMAC over address, id and time, so that nothing has to be
 * remembered of who was given one. The key is known to nobody else, and changes.
 */
export class Cookies {
  #keys: readonly [current: Buffer, previous: Buffer]
  #changesAt: number

  /** Times are milliseconds, here and below. */
  constructor(
    now: number,
    private readonly random: (length: number) => Buffer = randomBytes,
  ) {
    this.#keys = [random(32), random(32)]
    this.#changesAt = now + keyChange * 1000
  }

  make(from: Peer, dialler: ConnectionId, now: number): Cookie {
    this.#turn(now)
    const stamp = secondsOf(now)
    return { stamp, seal: sealOf(this.#keys[0], stamp, from, dialler) }
  }

  /** Whether a cookie was made here for this peer and this id, not long ago. */
  isGood({ stamp, seal }: Cookie, from: Peer, dialler: ConnectionId, now: number): boolean {
    this.#turn(now)
    const age = secondsOf(now) - stamp
    if (age < 0 || age > lifetime) return false
    return this.#keys.some((key) => timingSafeEqual(sealOf(key, stamp, from, dialler), seal))
  }

  #turn(now: number): void {
    if (now < this.#changesAt) return
    // After a pause as long as this no cookie of the current key is young enough either.
    const isLate = now >= this.#changesAt + lifetime * 1000
    this.#keys = [this.random(32), isLate ? this.random(32) : this.#keys[0]]
    this.#changesAt = now + keyChange * 1000
  }
}

const secondsOf = (now: number): number => Math.floor(now / 1000)

const sealOf = (key: Buffer, stamp: number, from: Peer, dialler: ConnectionId): Buffer =>
  createHmac('sha256', key)
    .update(`${stamp} ${peerKey(from)} ${Buffer.from(dialler, 'latin1').toString('hex')}`)
    .digest()
    .subarray(0, 16)
