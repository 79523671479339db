import { randomBytes, randomInt } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { Dealer } from 'zeromq'
import { decodeFrame, encodeFrame, type Frame, maxFrame, maxPayload } from './frame.js'
import { rawDealer, rawRouter, zmtpFrame } from './testing/raw-peer.js'
import { answerTo, echo, gone, ZmqGround } from './testing/zmq-ground.js'
import type { ZmqStream } from './zmq-stream.js'

const empty = Buffer.alloc(0)

const frame = (written: Partial<Frame>): Buffer =>
  encodeFrame({ type: 'open', stream: Buffer.alloc(16, 1), sequence: 0, grant: 1_000_000, payload: empty, ...written })

const types = ['open', 'accept', 'data', 'credit', 'end', 'ended', 'reset', 'ping', 'pong'] as const

const oneOf = <T>(first: T, ...more: readonly T[]): T => [first, ...more][randomInt(1 + more.length)] ?? first

/** A frame that is nearly right, and sometimes is. */
const mangled = (stream: Buffer, sequence: number): Buffer => {
  const type = oneOf('open', ...types)
  const payload = oneOf(empty, empty, Buffer.alloc(randomInt(1, 200)), randomBytes(10))
  const made = frame({ type, stream: oneOf(stream, stream, stream, randomBytes(16)), sequence, payload })
  const way = randomInt(6)
  if (way === 0) return made.subarray(0, randomInt(made.length))
  if (way === 1) made[randomInt(made.length)] = randomInt(256)
  if (way === 2) return randomBytes(randomInt(100))
  return made
}

describe('an attacker of a listener over ZeroMQ', { timeout: 60_000 }, () => {
  const ground = new ZmqGround()
  const attackers: Socket[] = []
  afterEach(async () => {
    for (const socket of attackers.splice(0)) socket.destroy()
    await ground.clear()
  })

  const attacker = async (address: string, identity?: Buffer): Promise<Socket> => {
    const socket = await rawDealer(address, identity)
    attackers.push(socket)
    return socket
  }

  it('cannot end its process by claiming routing ids that libzmq chooses next', async () => {
    const { address } = await ground.listen(echo)
    // The first number that libzmq draws, as a ROUTER without a gate would give it to those who claim nothing.
    for (let next = 0; next < 20; next++)
      await attacker(address, Buffer.from(`00${(0x6b8b4567 + next).toString(16)}`, 'hex'))
    for (let i = 0; i < 30; i++) await attacker(address)
    expect(await answerTo(await ground.dial(address), 'alive')).toBe('alive')
  })

  it('does not become another peer by claiming its routing id', async () => {
    const taken: Duplex[] = []
    const { address } = await ground.listen((connection) => {
      taken.push(connection)
      echo(connection)
    })
    for (let i = 0; i < 2; i++) {
      const dealer = new Dealer({ linger: 0, routingId: 'agent-1' })
      dealer.connect(address.replace('zmq', 'tcp'))
      await dealer.send(frame({ stream: Buffer.alloc(16, i) }))
      const [answer] = await dealer.receive()
      // Each gets its own stream: a claimed id is no id.
      expect(decodeFrame(answer ?? empty)).toMatchObject({ type: 'accept', stream: Buffer.alloc(16, i) })
      dealer.close()
    }
    expect(taken).toHaveLength(2)
  })

  it('cannot speak into the stream of another, although it knows its id and its numbers', async () => {
    const taken: Duplex[] = []
    const { address } = await ground.listen((connection) => taken.push(connection))
    const stream = randomBytes(16)
    const victim = new Dealer({ linger: 0 })
    victim.connect(address.replace('zmq', 'tcp'))
    await victim.send(frame({ stream }))
    await victim.receive()
    const foe = new Dealer({ linger: 0 })
    foe.connect(address.replace('zmq', 'tcp'))
    await foe.send(frame({ type: 'data', stream, sequence: 1, payload: Buffer.from('evil') }))
    const [refusal] = await foe.receive()
    expect(decodeFrame(refusal ?? empty)?.type).toBe('reset')
    await victim.send(frame({ type: 'data', stream, sequence: 1, payload: Buffer.from('good') }))
    const [connection] = taken
    if (connection === undefined) throw new Error('nothing was accepted')
    const [first] = await new Promise<[Buffer]>((resolve) =>
      connection.once('data', (bytes: Buffer) => resolve([bytes])),
    )
    expect(first.toString()).toBe('good')
    foe.close()
    victim.close()
    await gone(connection)
  })

  it.each([
    ['a message of several parts', zmtpFrame(Buffer.alloc(10), 1)],
    ['a message that is too long', zmtpFrame(Buffer.alloc(maxFrame + 1))],
    ['a message of 2^62 bytes', Buffer.from([2, 64, 0, 0, 0, 0, 0, 0, 0])],
  ])('is cut off at once for %s', async (_, said) => {
    const { address } = await ground.listen(echo, { connectTimeout: 60 })
    const socket = await attacker(address)
    const cut = gone(socket)
    socket.write(said)
    await cut
  })

  it('is told, and cut off, when it floods a stream beyond its credit', async () => {
    const taken: Duplex[] = []
    const { address } = await ground.listen((connection) => taken.push(connection))
    const socket = await attacker(address)
    const cut = gone(socket)
    const id = randomBytes(16)
    socket.write(zmtpFrame(frame({ stream: id })))
    for (let sequence = 1; sequence < 100 && !socket.destroyed; sequence++) {
      socket.write(zmtpFrame(frame({ type: 'data', stream: id, sequence, payload: Buffer.alloc(maxPayload) })))
    }
    await cut
    const [stream] = taken as ZmqStream[]
    expect(stream?.destroyed).toBe(true)
    expect(stream?.unread).toBeLessThan(1_000_000)
  })

  it('leaves others alone with 20,000 frames that are nearly right', async () => {
    let taken = 0
    const { address } = await ground.listen((connection) => {
      taken++
      echo(connection)
    })
    const steady = await ground.dial(address)
    let sent = 0
    let closed = 0
    while (sent < 20_000) {
      const socket = await attacker(address)
      socket.once('close', () => closed++)
      const stream = randomBytes(16)
      if (randomInt(4) > 0) socket.write(zmtpFrame(frame({ stream })))
      const frames = Array.from({ length: 500 }, (_, i) => zmtpFrame(mangled(stream, i + 1)))
      sent += frames.length
      socket.write(Buffer.concat(frames))
    }
    await Promise.all(attackers.map(gone))
    expect(closed).toBe(attackers.length)
    expect(taken).toBeGreaterThan(20)
    expect(await answerTo(steady, 'still here')).toBe('still here')
    expect(await answerTo(await ground.dial(address), 'and others')).toBe('and others')
  })

  it('leaves others alone with noise below the frames, at every place of a handshake', async () => {
    const { address } = await ground.listen(echo, { connectTimeout: 2 })
    for (let i = 0; i < 200; i++) {
      const socket = await attacker(address)
      socket.write(randomBytes(randomInt(1, 3000)))
      if (i % 3 === 0) socket.destroy()
      if (i % 3 === 1) socket.end()
    }
    expect(await answerTo(await ground.dial(address), 'alive')).toBe('alive')
    await Promise.all(attackers.map(gone))
  })

  it('finds no more room than there is for who opens no stream, and only for a while', async () => {
    const { address } = await ground.listen(echo, { maxHalfOpen: 5, connectTimeout: 1 })
    const idle = await Promise.all(Array.from({ length: 20 }, () => attacker(address)))
    await Promise.all(idle.map(gone))
    expect(await answerTo(await ground.dial(address), 'alive')).toBe('alive')
  })
})

describe('an attacker of one who dials over ZeroMQ', { timeout: 60_000 }, () => {
  const ground = new ZmqGround()
  afterEach(() => ground.clear())

  const unreachable = { code: 'PRV_TRANSPORT_UNREACHABLE' }

  it.each([
    ['a message of several parts', [zmtpFrame(Buffer.alloc(10), 1)]],
    ['a message that is too long', [zmtpFrame(Buffer.alloc(maxFrame + 1))]],
    ['acceptance of another stream', [zmtpFrame(frame({ type: 'accept' }))]],
    ['what is no frame', [zmtpFrame(Buffer.from('hello'))]],
    ['what says that the connection is gone', [zmtpFrame(Buffer.from('gone'))]],
  ])('is refused for %s', async (_, said) => {
    const { address, server } = await rawRouter(...said)
    await expect(ground.dial(address)).rejects.toMatchObject(unreachable)
    await new Promise((resolve) => server.close(resolve))
  })

  it('does no harm with frames that are nearly right', async () => {
    for (let i = 0; i < 40; i++) {
      const { address, server } = await rawRouter(
        ...Array.from({ length: 500 }, (_, n) => zmtpFrame(mangled(randomBytes(16), n))),
      )
      await expect(ground.dial(address)).rejects.toMatchObject(unreachable)
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
