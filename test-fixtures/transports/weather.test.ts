import { createHash, randomBytes } from 'node:crypto'
import { type Transport, z } from '@prove/core'
import { httpTransport } from '@prove/transport-http'
import { tcpTransport } from '@prove/transport-tcp'
import { udpTransport } from '@prove/transport-udp'
import { zmqTransport } from '@prove/transport-zmq'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything } from '../../core/src/testing/streams.js'
import { whyNoLab } from '../hosts/lab.js'
import { type LabPlace, takePlace } from '../hosts/lab-place.js'
import { skipOrFail } from '../shells.js'
import { FarEnd } from './far-end.js'

const reason = whyNoLab()

/** Milliseconds; and of a hundred frames each way, how many are lost, come twice, and are overtaken. */
const weather = { roundTrip: 4, loss: 5, duplication: 5, reordering: 5 }

/** Bytes each way. */
const length = 3 * 1024 * 1024

interface Case {
  readonly title: string
  readonly transport: Transport
  readonly options?: Readonly<Record<string, unknown>>
}

const cases: readonly Case[] = [
  { title: 'tcp', transport: tcpTransport },
  { title: 'http by WebSocket', transport: httpTransport, options: { framing: 'websocket' } },
  { title: 'http by long poll', transport: httpTransport, options: { framing: 'poll' } },
  { title: 'zmq', transport: zmqTransport },
  { title: 'udp', transport: udpTransport },
]

const host = 1
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describe('over a line that loses, doubles and reorders frames', () => {
  if (reason !== undefined) return it('all transports', (ctx) => skipOrFail(ctx, reason))
  let place: LabPlace
  let far: FarEnd

  beforeAll(async () => {
    place = await takePlace()
    await place.network.addHost(host)
    await place.network.link(weather)
    const schemes = [...new Set(cases.map(({ transport }) => transport.name))]
    far = await FarEnd.start(place.network.namespaceOf(host), place.network.addressOf(host), length, schemes)
  })
  afterAll(async () => {
    await far.stop()
    await place.network.removeHost(host)
    await place.leave()
  })

  it.each(cases)('$title: all is there, as it was sent', async ({ transport, options }) => {
    const parsed = z.strictObject(transport.options).parse({ connectTimeout: 30, ...options })
    const sent = randomBytes(length)
    const before = await far.repairs()
    const connection = await transport.dial(far.addresses[transport.name] ?? '', parsed)
    connection.end(sent)
    const [came, said] = await Promise.all([everything(connection), far.next()])
    expect(said).toEqual({ sent: sha256(came), came: sha256(sent) })
    expect(came.length).toBe(length)
    if (transport === udpTransport) return
    // What the system of the far end had to repair below the transport: the weather was there.
    const after = await far.repairs()
    expect(after.sentAgain).toBeGreaterThan(before.sentAgain)
    expect(after.outOfOrder).toBeGreaterThan(before.outOfOrder)
    expect(after.cameTwice).toBeGreaterThan(before.cameTwice)
  })
})
