import { randomInt } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Arrivals, echo, everything, fill, flood, gone, pattern, take } from './streams.js'
import { bothWays, exchange, onTheWay, type Pair, type TransportGround } from './transport-ground.js'
import { secure, tellSecrets } from './transport-tls.js'

const mebibyte = 1024 * 1024

/** Milliseconds each way: a line across a continent. */
const far = 30

/** What holds on a network that is slow, loses its way and breaks. */
export const describeBadNetwork = (ground: TransportGround): void => {
  describe('over a bad network', () => {
    describeDelay(ground)
    describeCuts(ground)
    describeFreeze(ground)
  })
}

const describeDelay = (ground: TransportGround): void => {
  it('moves 2 MiB both ways at once over a long way, in order', async () => {
    const relayed = await ground.relayed()
    relayed.relay.delay(far)
    await exchange(relayed, 2 * mebibyte)
    expect(relayed.relay.passed).toBeGreaterThanOrEqual(4 * mebibyte)
  })

  it('can be dialled over a long way, and answers', async () => {
    const { address } = await ground.listen(echo)
    const relay = await ground.relay(address)
    relay.delay(far)
    const open = await ground.dial(relay.address)
    open.end('hello')
    expect((await everything(open)).toString()).toBe('hello')
  })

  it('slows the writer down to the pace of the reader over a long way', async () => {
    const { relay, ...pair } = await ground.relayed()
    relay.delay(far)
    for (const [from, to] of bothWays(pair)) {
      const { most, refusals } = await flood(from, to, 20 * mebibyte)
      expect(refusals, 'write() returned false').toBeGreaterThan(0)
      expect(most, 'bytes on the way').toBeLessThan(onTheWay)
    }
  })

  it('carries TLS 1.3 with both sides authenticated over a long way', async () => {
    const { relay, ...pair } = await ground.relayed()
    relay.delay(far)
    await tellSecrets(await secure(pair), mebibyte)
  })
}

const describeCuts = (ground: TransportGround): void => {
  it('closes both ends wherever it is cut, and loses only what comes last', async () => {
    const { relay, ...first } = await ground.relayed()
    const length = 4 * mebibyte
    let pair: Pair = first
    for (let round = 0; round < 12; round++) {
      const where = relay.passed + randomInt(1, 2 * length)
      const both = bothWays(pair).map(([from, to], i) => {
        const sent = pattern(length, round * 2 + i)
        const arrivals = new Arrivals(to)
        from.end(sent)
        return { to, sent, arrivals }
      })
      const cut = whenPassed(relay, where, both).then(() => relay.cut())
      // A transport that mends a torn connection by itself ends when all is there.
      await Promise.all(both.map(({ to }) => gone(to)))
      await cut
      for (const { sent, arrivals } of both) {
        const { bytes } = arrivals
        expect(bytes.equals(sent.subarray(0, bytes.length)), `round ${round}, cut after ${where} bytes`).toBe(true)
      }
      pair = await ground.another(relay.address)
    }
  })

  it('closes both ends when nobody gets through any more', async () => {
    const { dialled, accepted, relay } = await ground.relayed()
    const closed = Promise.all([gone(dialled), gone(accepted)])
    for (const end of [dialled, accepted]) keepTalking(end)
    await relay.close()
    await closed
  })

  it('never takes a cut in the middle of TLS for the end of what was sent', async () => {
    const { relay, ...pair } = await ground.relayed()
    const { client, server } = await secure(pair)
    let ends = 0
    for (const end of [client, server]) {
      end.on('error', () => undefined)
      end.on('end', () => ends++)
      keepTalking(end)
    }
    await take(server, mebibyte)
    const closed = Promise.all([gone(client), gone(server)])
    await relay.close()
    for (const end of [client, server]) end.resume()
    await closed
    expect(ends).toBe(0)
  })
}

const describeFreeze = (ground: TransportGround): void => {
  it('goes on where it stood when the network comes back', async () => {
    const { dialled, accepted, relay } = await ground.relayed()
    relay.freeze()
    const sent = pattern(mebibyte, 6)
    dialled.end(sent)
    const came = everything(accepted)
    // Whole turns of the loop, in which something could pass if it were let.
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    relay.thaw()
    expect((await came).equals(sent)).toBe(true)
  })

  it('holds little in memory while nothing passes and nobody reads, and lets go of it when told', async () => {
    const { dialled, accepted, relay, listener } = await ground.relayed()
    relay.freeze()
    for (const from of [dialled, accepted]) {
      expect(await fill(from, 2 * onTheWay), 'bytes taken').toBeLessThan(onTheWay)
      expect(from.writableLength, 'bytes that wait in the stream').toBeLessThan(mebibyte)
    }
    expect(dialled.readableLength + accepted.readableLength).toBeLessThan(mebibyte)
    const closed = Promise.all([gone(dialled), gone(accepted)])
    dialled.destroy()
    accepted.destroy()
    await closed
    await listener.close()
  })
}

/** Resolves when so many bytes have passed, or when all have arrived. */
const whenPassed = async (
  relay: { readonly passed: number },
  where: number,
  ways: readonly { readonly to: Duplex; readonly sent: Buffer; readonly arrivals: Arrivals }[],
): Promise<void> => {
  const isThere = (): boolean =>
    relay.passed >= where || ways.every(({ to, sent, arrivals }) => arrivals.length >= sent.length || to.destroyed)
  while (!isThere()) await new Promise((resolve) => setImmediate(resolve))
}

/** Writes for as long as the connection is there: what was cut is noticed by who uses it. */
const keepTalking = (to: Duplex): void => {
  const write = (): void => {
    if (!to.destroyed && to.writable) to.write(Buffer.alloc(64 * 1024), () => setImmediate(write))
  }
  write()
}
