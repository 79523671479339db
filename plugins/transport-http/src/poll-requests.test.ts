import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { creditMessage, dataMessage, window } from './messages.js'
import { messagesOf, Outbox } from './outbox.js'
import { pollHeaders } from './poll-headers.js'
import { gone, HttpGround } from './testing/http-ground.js'

const batchOf = (...messages: readonly Buffer[]): Buffer => {
  const outbox = new Outbox()
  for (const message of messages) outbox.add(message, () => undefined)
  return outbox.take()
}

const opening = batchOf(creditMessage(window))

describe('requests of a poll', () => {
  const ground = new HttpGround()
  afterEach(() => ground.clear())

  const ask = (address: string, session: string, headers: Record<string, string>, body?: Buffer, method = 'POST') =>
    fetch(address, { method, headers: { [pollHeaders.session]: session, ...headers }, ...(body ? { body } : {}) })

  const send = (address: string, session: string, number: number, body: Buffer) =>
    ask(address, session, { [pollHeaders.send]: String(number) }, body)

  const opened = async (given?: Record<string, unknown>) => {
    const address = await ground.listen(given)
    const session = randomBytes(16).toString('hex')
    const accepted = ground.next()
    expect((await send(address, session, 0, opening)).status).toBe(204)
    return { address, session, accepted: await accepted }
  }

  it('that come again are answered again, and deliver nothing twice', async () => {
    const { address, session, accepted } = await opened()
    const hello = batchOf(dataMessage(Buffer.from('hello')))
    for (let times = 0; times < 3; times++) {
      expect((await send(address, session, 0, opening)).status).toBe(204)
      expect((await send(address, session, 1, hello)).status).toBe(204)
    }
    expect((await send(address, session, 2, batchOf(dataMessage(Buffer.from('!'))))).status).toBe(204)
    await once(accepted, 'readable')
    expect(String(accepted.read())).toBe('hello!')
    expect(ground.accepted.length).toBe(1)
  })

  it('that fetch again get the same again', async () => {
    const { address, session, accepted } = await opened()
    accepted.write('there')
    const fetched = async (number: number) =>
      Buffer.from(await (await ask(address, session, { [pollHeaders.receive]: String(number) })).arrayBuffer())
    const first = await fetched(0)
    expect(messagesOf(first)).toEqual([creditMessage(window), dataMessage(Buffer.from('there'))])
    accepted.write('more')
    expect(await fetched(0)).toEqual(first)
    expect(messagesOf(await fetched(1))).toEqual([dataMessage(Buffer.from('more'))])
    expect((await ask(address, session, { [pollHeaders.receive]: '0' })).status).toBe(409)
  })

  it('that leave one out, are none, or come from nowhere are refused', async () => {
    const { address, session } = await opened()
    const nobody = randomBytes(16).toString('hex')
    const statuses = await Promise.all([
      send(address, session, 7, opening),
      ask(address, session, { [pollHeaders.receive]: '7' }),
      ask(address, session, {}),
      ask(address, session, { [pollHeaders.send]: '1', [pollHeaders.receive]: '1' }),
      ask(address, session, { [pollHeaders.send]: '-1' }),
      ask(address, 'short', { [pollHeaders.send]: '0' }),
      send(address, nobody, 1, opening),
      ask(address, nobody, { [pollHeaders.receive]: '0' }),
      ask(address, session, { [pollHeaders.send]: '1' }, undefined, 'PUT'),
      send(address, nobody, 0, Buffer.alloc(2048)),
      send(address, session, 1, Buffer.alloc(2 * window)),
      fetch(address),
      fetch(`${address}/elsewhere`),
    ]).then((answers) => answers.map(({ status }) => status))
    expect(statuses).toEqual([409, 409, 400, 400, 400, 400, 410, 410, 405, 413, 413, 426, 404])
    expect(ground.accepted.map(({ destroyed }) => destroyed)).toEqual([false])
  })

  it('that bring something give way to the next before they have brought it', async () => {
    const { address, session } = await opened({ silence: 600, handshakeTimeout: 600 })
    const slow = connect(Number(new URL(address).port), '127.0.0.1')
    const head = [`POST /prove HTTP/1.1`, 'host: h', `${pollHeaders.session}: ${session}`, `${pollHeaders.send}: 1`]
    const first = `POST /prove HTTP/1.1\r\nhost: h\r\n${pollHeaders.session}: ${session}\r\n${pollHeaders.send}: 9\r\n\r\n`
    // The answer to what comes before it shows that the slow one has begun.
    slow.write(`${first}${head.join('\r\n')}\r\ncontent-length: 100\r\n\r\nsome`)
    expect(String((await once(slow, 'data'))[0])).toContain('409')
    expect((await send(address, session, 1, batchOf(dataMessage(Buffer.from('x'))))).status).toBe(204)
    await gone(slow.on('error', () => undefined).resume())
  })

  it('that stop coming end the connection', async () => {
    const { accepted } = await opened()
    const [error] = (await once(accepted, 'error')) as [Error]
    expect(error.message).toContain('heard')
  })

  it('with what is no batch end the connection', async () => {
    const { address, session, accepted } = await opened()
    const closed = gone(accepted)
    expect((await send(address, session, 1, Buffer.from([0, 0, 0, 9, 1]))).status).toBe(400)
    await closed
    expect((await send(address, session, 2, opening)).status).toBe(410)
  })

  it('are answered while one of the same kind waits: the older one gives way', async () => {
    const { address, session } = await opened()
    const receive = (number: string) => ask(address, session, { [pollHeaders.receive]: number })
    await receive('0')
    const older = receive('1')
    const newer = receive('1')
    expect(new Set([(await older).status, (await newer).status])).toEqual(new Set([200, 409]))
  })
})
