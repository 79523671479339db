import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import type { Transport } from '../contracts/transport.js'
import { describeBadNetwork } from './transport-bad-network.js'
import { bothWays, exchange, onTheWay, type TransportCases, TransportGround } from './transport-ground.js'
import { describeStrangers } from './transport-strangers.js'
import { secure, tellSecrets } from './transport-tls.js'
import { echo, everything, flood, gone, pattern, rejection, take } from './streams.js'

const mebibyte = 1024 * 1024

/**
 * What every transport must do, whatever moves the bytes: a transport is done when it passes. Bytes arrive as they were sent and in
 * order, connections do not wait for each other, a slow reader slows the writer down, each direction ends by itself, what is
 * gone is noticed, and TLS 1.3 with both sides authenticated runs over it. With a relay the same holds over a bad network; where a
 * transport has a handshake, strangers who do not keep to it do no harm.
 */
export const transportSuite = (transport: Transport, cases: TransportCases): void => {
  describe(`the transport ${transport.name}`, { timeout: cases.timeout ?? 60_000 }, () => {
    const ground = new TransportGround(transport, cases)
    afterEach(() => ground.clear())
    describeAddresses(ground, cases)
    describeBytes(ground)
    describeEnds(ground)
    describeListening(ground)
    describeTls(ground)
    if (cases.relay !== undefined) describeBadNetwork(ground)
    if (cases.stranger !== undefined) describeStrangers(ground, cases.stranger)
  })
}

const describeAddresses = (ground: TransportGround, { address, malformed }: TransportCases): void => {
  const { transport } = ground

  it('has the scheme of its addresses as its name', async () => {
    expect(transport.name).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(transport.about).not.toBe('')
    expect(address()).toMatch(new RegExp(`^${transport.name}://`))
    expect((await ground.listen()).address).toMatch(new RegExp(`^${transport.name}://`))
  })

  it('is given addresses to refuse', () => {
    expect(malformed.length).toBeGreaterThan(0)
  })

  it.each(malformed)('refuses the address %j, with a hint', async (wrong) => {
    const refused = { code: 'PRV_TRANSPORT_ADDRESS', hint: expect.any(String) as unknown }
    expect(await rejection(ground.dial(wrong))).toMatchObject(refused)
    expect(await rejection(ground.listen(undefined, wrong))).toMatchObject(refused)
  })
}

const describeBytes = (ground: TransportGround): void => {
  it('moves all 256 values of a byte, both ways', async () => {
    for (const [from, to] of bothWays(await ground.pair())) {
      const sent = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
      from.write(sent)
      expect(await take(to, sent.length)).toEqual(sent)
    }
  })

  it('moves 8 MiB both ways at once, in order', async () => {
    await exchange(await ground.pair(), 8 * mebibyte)
  })

  it('moves many small writes, in order', async () => {
    const { dialled, accepted } = await ground.pair()
    const lines = Array.from({ length: 5_000 }, (_, i) => `${i}\n`)
    for (const line of lines) dialled.write(line)
    dialled.end()
    expect((await everything(accepted)).toString('latin1')).toBe(lines.join(''))
  })

  it('keeps 50 connections apart, whatever one of them does', async () => {
    const { address } = await ground.listen(echo)
    const all = await Promise.all(Array.from({ length: 50 }, () => ground.dial(address)))
    const [stuck, broken, ...rest] = all
    // Nobody reads what comes back on this one, and its writer does not wait either.
    stuck?.write(Buffer.alloc(4 * mebibyte))
    broken?.destroy()
    const sent = rest.map((_, i) => pattern(64 * 1024, i))
    for (const [i, connection] of rest.entries()) connection.end(sent[i])
    const came = await Promise.all(rest.map(everything))
    expect(came.map((bytes, i) => bytes.equals(sent[i] ?? Buffer.alloc(0)))).toEqual(rest.map(() => true))
  })

  it('slows the writer down to the pace of the reader', async () => {
    for (const [from, to] of bothWays(await ground.pair())) {
      const { most, refusals } = await flood(from, to, 64 * mebibyte)
      expect(refusals, 'write() returned false').toBeGreaterThan(0)
      expect(most, 'bytes on the way').toBeLessThan(onTheWay)
    }
  })
}

const describeEnds = (ground: TransportGround): void => {
  it('ends one direction while the other goes on', async () => {
    for (const first of [0, 1]) {
      const [ended, other] = bothWays(await ground.pair())[first] ?? []
      if (ended === undefined || other === undefined) throw new Error('there is no such direction')
      ended.end('a question')
      expect((await everything(other)).toString()).toBe('a question')
      const answer = pattern(mebibyte, 3)
      other.end(answer)
      expect((await everything(ended)).equals(answer)).toBe(true)
    }
  })

  it('closes when both directions have ended', async () => {
    const { dialled, accepted } = await ground.pair()
    const closed = Promise.all([gone(dialled), gone(accepted)])
    dialled.end()
    accepted.end()
    dialled.resume()
    accepted.resume()
    await closed
  })

  it('notices that the other side was destroyed, while it reads', async () => {
    for (const [from, to] of bothWays(await ground.pair())) {
      if (from.destroyed) continue
      const noticed = Promise.race([once(to, 'end'), gone(to)])
      to.resume()
      from.destroy()
      await noticed
    }
  })

  it('notices that the other side was destroyed, while it writes', async () => {
    const { dialled, accepted } = await ground.pair()
    accepted.destroy()
    // What is written is lost; it must not be swallowed for ever.
    const closed = gone(dialled)
    const write = (): void => {
      if (!dialled.destroyed) dialled.write(Buffer.alloc(64 * 1024), () => setImmediate(write))
    }
    write()
    await closed
  })
}

const describeListening = (ground: TransportGround): void => {
  const unreachable = { code: 'PRV_TRANSPORT_UNREACHABLE', hint: expect.any(String) as unknown }

  it('says that nobody answers, with a hint', async () => {
    const listener = await ground.listen()
    await listener.close()
    expect(await rejection(ground.dial(listener.address))).toMatchObject(unreachable)
  })

  it('gives up when it is told to', async () => {
    const { address } = await ground.listen()
    expect(await rejection(ground.dial(address, AbortSignal.abort()))).toMatchObject({
      code: 'PRV_TRANSPORT_UNREACHABLE',
    })
  })

  it('refuses to listen where someone else does', async () => {
    const { address } = await ground.listen()
    const refused = { code: 'PRV_TRANSPORT_LISTEN', hint: expect.any(String) as unknown }
    expect(await rejection(ground.listen(undefined, address))).toMatchObject(refused)
  })

  it('stops listening at once, and leaves open connections alone', async () => {
    const listener = await ground.listen(echo)
    const open = await ground.dial(listener.address)
    await listener.close()
    expect(await rejection(ground.dial(listener.address))).toMatchObject(unreachable)
    open.end('still here')
    expect((await everything(open)).toString()).toBe('still here')
  })

  it('can be listened to again at the same address', async () => {
    const first = await ground.listen(echo)
    await first.close()
    const { address } = await ground.listen(echo, first.address)
    const open = await ground.dial(address)
    open.end('again')
    expect((await everything(open)).toString()).toBe('again')
  })
}

const describeTls = (ground: TransportGround): void => {
  it('carries TLS 1.3 with both sides authenticated', async () => {
    const secured = await secure(await ground.pair())
    await tellSecrets(secured, mebibyte)
    const { client, server } = secured
    const closed = Promise.all([gone(client), gone(server)])
    client.end()
    server.end()
    client.resume()
    server.resume()
    await closed
  })
}
