import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { connect as tlsConnect, TLSSocket } from 'node:tls'
import { makeIdentity } from '@prove/core/identity'
import { type Relay, tcpRelay } from '@prove/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { maxPayload } from './frame.js'
import { answerTo, echo, gone, turns, ZmqGround } from './testing/zmq-ground.js'
import type { ZmqStream } from './zmq-stream.js'

const mebibyte = 1024 * 1024

const chunk = randomBytes(64 * 1024)

/** Writes so many bytes, as fast as they are taken, and ends: their hash. */
const pour = async (to: Duplex, total: number): Promise<string> => {
  const hash = createHash('sha256')
  for (let written = 0; written < total; written += chunk.length) {
    chunk.writeUInt32BE(written, 0)
    hash.update(chunk)
    if (!to.write(Buffer.from(chunk))) await once(to, 'drain')
  }
  to.end()
  return hash.digest('hex')
}

/** Reads until the end, with turns of the loop between: the hash of what came. */
const sip = async (from: Duplex): Promise<string> => {
  const hash = createHash('sha256')
  for await (const bytes of from) {
    hash.update(bytes as Buffer)
    await turns(3)
  }
  return hash.digest('hex')
}

describe('streams over ZeroMQ', { timeout: 60_000 }, () => {
  const ground = new ZmqGround()
  const relays: Relay[] = []
  afterEach(async () => {
    await ground.clear()
    for (const relay of relays.splice(0)) await relay.close()
  })

  const through = async (address: string): Promise<string> => {
    const relay = await tcpRelay(address)
    relays.push(relay)
    return relay.address
  }

  it.each(['dialled', 'accepted'] as const)(
    'move 32 MiB exactly to a slow reader where ZeroMQ holds one message, written by the one who %s',
    async (writer) => {
      const { dialled, accepted } = await ground.pair({ highWaterMark: 1 })
      const [from, to] = writer === 'dialled' ? [dialled, accepted] : [accepted, dialled]
      const [sent, came] = await Promise.all([pour(from, 32 * mebibyte), sip(to)])
      expect(came).toBe(sent)
    },
  )

  it('do not wait for one whose peer reads nothing, where ZeroMQ holds one message', async () => {
    const options = { highWaterMark: 1 }
    let first = true
    const { address } = await ground.listen((connection) => {
      if (first) connection.write(Buffer.alloc(8 * mebibyte))
      else echo(connection)
      first = false
    }, options)
    const stuck = await ground.dial(address, options)
    await once(stuck, 'readable')
    for (let i = 0; i < 20; i++) {
      expect(await answerTo(await ground.dial(address, options), `${i}`)).toBe(`${i}`)
    }
  })

  it('hold no more than a window for a reader who reads nothing', async () => {
    const window = 256 * 1024
    const { dialled, accepted } = await ground.pair({ window })
    const held = (): number => (accepted as ZmqStream).unread
    let written = 0
    while (held() < window - maxPayload / 2) {
      if (!dialled.writableNeedDrain) {
        dialled.write(chunk)
        written += chunk.length
      }
      await turns(1)
    }
    // Had it more credit, more would come in these turns, as it did before.
    await turns(2000)
    expect(held()).toBeLessThanOrEqual(window + maxPayload)
    // What was written and is not with the reader waits at the writer: nothing is on its way.
    expect(dialled.writableLength).toBeLessThanOrEqual(2 * chunk.length)
    expect(written - held()).toBeLessThanOrEqual(2 * chunk.length)
  })

  const common = { minVersion: 'TLSv1.3', rejectUnauthorized: false } as const

  /** Who takes TLS over each connection, with ZeroMQ holding one message. */
  const listenWithTls = (take: (server: TLSSocket) => void) =>
    ground.listen(
      (connection) => {
        const own = { ...common, ...makeIdentity(), isServer: true, requestCert: true }
        take(new TLSSocket(connection, own).on('error', () => undefined))
      },
      { highWaterMark: 1 },
    )

  const dialWithTls = async (address: string): Promise<TLSSocket> => {
    const socket = await ground.dial(address, { highWaterMark: 1 })
    const client = tlsConnect({ ...common, ...makeIdentity(), socket }).on('error', () => undefined)
    await once(client, 'secureConnect')
    return client
  }

  it('carry TLS to a slow reader where ZeroMQ holds one message', async () => {
    let came: Promise<string> | undefined
    const { address } = await listenWithTls((server) => {
      came = sip(server)
    })
    const client = await dialWithTls(address)
    client.resume()
    const sent = await pour(client, 8 * mebibyte)
    expect(await came).toBe(sent)
  })

  it('end, TLS with them, and never go on when the network is cut and there again', async () => {
    const servers: TLSSocket[] = []
    const { address } = await listenWithTls((server) => {
      echo(server)
      servers.push(server)
    })
    const by = await through(address)
    for (let round = 0; round < 8; round++) {
      const client = await dialWithTls(by)
      const back = new Promise<void>((resolve) => {
        let came = 0
        client.on('data', (bytes: Buffer) => {
          came += bytes.length
          if (came === chunk.length) resolve()
        })
      })
      client.write(chunk)
      await back
      const closed = Promise.all([gone(client), gone(servers[round] ?? client)])
      relays[0]?.cut()
      await closed
    }
    expect(servers).toHaveLength(8)
  })

  it('are known to no listener that was started anew', async () => {
    const first = await ground.pair({}, through)
    const closed = Promise.all([gone(first.dialled), gone(first.accepted)])
    relays[0]?.cut()
    await first.listener.close()
    await closed
    const { address } = await ground.listen(echo, {}, first.listener.address)
    expect(await answerTo(await ground.dial(address), 'again')).toBe('again')
  })

  it('leave the port to others while they go on', async () => {
    const { dialled, accepted, listener } = await ground.pair()
    await listener.close()
    const { address } = await ground.listen(echo, {}, listener.address)
    expect(address).toBe(listener.address)
    expect(await answerTo(await ground.dial(address), 'new')).toBe('new')
    echo(accepted)
    expect(await answerTo(dialled, 'old')).toBe('old')
  })

  it('notice that a frozen peer is gone, on both sides', async () => {
    const { dialled, accepted } = await ground.pair({ heartbeat: 0.1 }, through)
    const closed = Promise.all([gone(dialled), gone(accepted)])
    relays[0]?.freeze()
    await closed
    expect([dialled.errored, accepted.errored]).toEqual([
      expect.objectContaining({ code: 'ECONNRESET' }),
      expect.objectContaining({ code: 'ECONNRESET' }),
    ])
  })

  it('live on in silence', async () => {
    const { dialled, accepted } = await ground.pair({ heartbeat: 0.05 })
    echo(accepted)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(await answerTo(dialled, 'still here')).toBe('still here')
  })

  it('are there for 200 who dial at once in one process', async () => {
    const { address } = await ground.listen(echo)
    const all = await Promise.all(Array.from({ length: 200 }, () => ground.dial(address)))
    const answers = await Promise.all(all.map((open, i) => answerTo(open, `question ${i}`)))
    expect(answers).toEqual(all.map((_, i) => `question ${i}`))
  })

  it('go over IPv6, and to names', async () => {
    const six = await ground.listen(echo, {}, 'zmq://[::1]:0')
    expect(await answerTo(await ground.dial(six.address), 'six')).toBe('six')
    const four = await ground.listen(echo)
    const named = four.address.replace('127.0.0.1', 'localhost')
    expect(await answerTo(await ground.dial(named), 'name')).toBe('name')
  })
})
