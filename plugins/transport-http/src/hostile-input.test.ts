import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { creditMessage, dataMessage, endMessage, longestMessage, window } from './messages.js'
import { Outbox } from './outbox.js'
import { pollHeaders } from './poll-headers.js'
import { echo, everything, gone, HttpGround } from './testing/http-ground.js'
import { subprotocol } from './web-socket-carrier.js'

const any = <T>(first: T, ...others: readonly T[]): T => others[randomInt(others.length + 1)] ?? first

const anyMessage = (): Buffer =>
  any(
    () => dataMessage(randomBytes(randomInt(1, 200))),
    () => creditMessage(randomInt(0, 2 * window)),
    () => endMessage(),
    () => randomBytes(randomInt(0, 20)),
  )()

/** The same with a few bits turned. */
const mutated = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes)
  for (let i = randomInt(0, 3); i > 0 && copy.length > 0; i--) copy[randomInt(copy.length)] = randomInt(256)
  return copy
}

/** A frame of a WebSocket as a client sends it; its mask is zero. */
const frame = (opcode: number, content: Buffer): Buffer => {
  const { length } = content
  const head = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([0x80 | opcode, ...head, 0, 0, 0, 0]), content])
}

const anyFrame = (): Buffer => mutated(frame(any(2, 2, 2, 2, 2, 1, 0, 8, 9, 10, 3), anyMessage()))

describe('input that means no good', () => {
  const ground = new HttpGround()
  afterEach(() => ground.clear())

  const raw = async (address: string): Promise<Socket> => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    return socket
  }

  const upgrade = [
    'GET /prove HTTP/1.1',
    'host: here',
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
    `sec-websocket-protocol: ${subprotocol}`,
    '\r\n',
  ].join('\r\n')

  const stillAnswers = async (address: string): Promise<void> => {
    for (const framing of ['websocket', 'poll']) {
      const open = await ground.dial(address, { framing })
      open.end('hello')
      expect((await everything(open)).toString()).toBe('hello')
    }
  }

  it('in 20,000 frames of WebSockets harms nobody else', async () => {
    const address = await ground.listen({}, echo)
    for (let round = 0; round < 20; round++) {
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const socket = await raw(address)
          const closed = gone(socket)
          const frames = [frame(2, creditMessage(window)), ...Array.from({ length: 49 }, anyFrame)]
          socket.resume().end(Buffer.concat([Buffer.from(upgrade), ...frames]))
          await closed
        }),
      )
    }
    await Promise.all(ground.accepted.map(gone))
    await stillAnswers(address)
  })

  it('in 3,000 requests of polls is refused, or taken for what it is', async () => {
    const address = await ground.listen({}, echo)
    const agent = new Agent({ keepAlive: true, maxSockets: 4 })
    ground.later(() => agent.destroy())
    const sessions = Array.from({ length: 8 }, () => randomBytes(16).toString('hex'))
    const ask = (): Promise<number> =>
      new Promise((resolve, reject) => {
        const outbox = new Outbox()
        for (let i = randomInt(4); i >= 0; i--) outbox.add(anyMessage(), () => undefined)
        const headers = {
          [pollHeaders.session]: any('none', randomBytes(16).toString('hex'), ...sessions),
          [any(pollHeaders.send, pollHeaders.receive)]: any('0', '0', '1', '2', '-1', 'x', '9'.repeat(15)),
          [pollHeaders.hold]: any('0', '1', 'x', '-1').replace('x', '2'),
        }
        const method = any('POST', 'POST', 'POST', 'POST', 'DELETE', 'GET', 'PUT')
        const asked = request(address, { method, headers, agent }, (answered) => {
          answered.resume().once('end', () => resolve(answered.statusCode ?? 0))
          answered.once('error', reject)
        })
        // A refusal may come, and the socket close, before all was sent.
        asked.once('error', () => resolve(400))
        asked.end(method === 'POST' ? mutated(outbox.take()) : undefined)
      })
    const statuses = new Set<number>()
    for (let round = 0; round < 30; round++) {
      for (const status of await Promise.all(Array.from({ length: 100 }, ask))) statuses.add(status)
    }
    expect([...statuses].filter((status) => ![200, 204, 400, 405, 409, 410, 413].includes(status))).toEqual([])
    expect(statuses.size).toBeGreaterThan(4)
    await stillAnswers(address)
  })

  it.each([
    ['a head that is too long', `GET /prove HTTP/1.1\r\nhost: h\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /prove HTTP/1.1\r\nhost: h\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
    ['no request', `${'\0'.repeat(100)}\r\n\r\n`, 400],
    ['another path to upgrade', upgrade.replace('/prove', '/else'), 404],
    ['another protocol to upgrade', upgrade.replace(subprotocol, 'chat'), 400],
    ['no key to upgrade', upgrade.replace(/sec-websocket-key.*\r\n/, ''), 400],
  ])('%s is refused', async (_what, text, status) => {
    const socket = await raw(await ground.listen())
    socket.write(text)
    expect((await everything(socket)).toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it('a body that does not end is not read for ever', async () => {
    const address = await ground.listen()
    const socket = await raw(address)
    const session = randomBytes(16).toString('hex')
    socket.write(
      `POST /prove HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n${pollHeaders.session}: ${session}\r\n${pollHeaders.send}: 0\r\n\r\n`,
    )
    const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`
    const more = (): void => void (socket.writable && socket.write(chunk, () => setImmediate(more)))
    more()
    expect((await everything(socket).catch(() => Buffer.alloc(0))).toString()).toMatch(/^(HTTP\/1.1 413 |$)/)
  })

  it('a frame that is too long ends its connection', async () => {
    const address = await ground.listen({}, echo)
    const socket = await raw(address)
    const accepted = ground.next()
    socket.write(Buffer.concat([Buffer.from(upgrade), frame(2, creditMessage(window))]))
    const stream = await accepted
    const head = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    head.writeUInt32BE(longestMessage + 1, 6)
    socket.resume().write(head)
    await Promise.all([gone(socket), gone(stream)])
  })

  it('more connections than are allowed are refused, until there is room', async () => {
    const address = await ground.listen({ maxConnections: 2 }, echo)
    const first = await ground.dial(address, { framing: 'websocket' })
    await ground.dial(address, { framing: 'poll' })
    for (const framing of ['websocket', 'poll']) {
      await expect(ground.dial(address, { framing })).rejects.toMatchObject({ code: 'PRV_TRANSPORT_UNREACHABLE' })
    }
    const left = Promise.all(ground.accepted.slice(0, 1).map(gone))
    first.destroy()
    await left
    await ground.dial(address)
  })
})
