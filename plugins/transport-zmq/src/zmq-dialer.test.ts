import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { answerTo, echo, turns, ZmqGround } from './testing/zmq-ground.js'

describe('dialling over ZeroMQ', { timeout: 60_000 }, () => {
  const ground = new ZmqGround()
  afterEach(() => ground.clear())

  const folder = mkdtempSync(join(tmpdir(), 'prove-dialling-'))
  beforeAll(() => vi.stubEnv('TMPDIR', folder))
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  const failing = async (address: string, connectTimeout = 0.3, signal?: AbortSignal): Promise<unknown> =>
    ground.dial(address, { connectTimeout }, signal).then(
      () => undefined,
      (error: unknown) => error,
    )

  it('says why nobody answers', async () => {
    const refused = await ground.listen(echo)
    await refused.close()
    expect(await failing(refused.address)).toMatchObject({
      code: 'PRV_TRANSPORT_UNREACHABLE',
      cause: { code: 'ECONNREFUSED' },
    })
    expect(await failing('zmq://no-such-host.invalid:1', 20)).toMatchObject({
      code: 'PRV_TRANSPORT_UNREACHABLE',
      cause: { syscall: 'getaddrinfo' },
    })
  })

  it.each(['[::1]', '[::1%lo]'])('goes over IPv6: %s', async (host) => {
    const { address } = await ground.listen(echo, {}, `zmq://${host}:0`)
    expect(address.startsWith(`zmq://${host}:`)).toBe(true)
    expect(await answerTo(await ground.dial(address), 'well')).toBe('well')
  })

  it('says where it has no place for its sockets', async () => {
    const { address } = await ground.listen(echo)
    vi.stubEnv('TMPDIR', join(folder, 'missing'))
    const hint = expect.stringContaining('TMPDIR') as unknown
    const refused = await ground.listen(echo).catch((error: unknown) => error)
    const failed = await failing(address, 5)
    vi.stubEnv('TMPDIR', folder)
    expect(refused).toMatchObject({ code: 'PRV_TRANSPORT_LISTEN', hint })
    expect(failed).toMatchObject({ code: 'PRV_TRANSPORT_UNREACHABLE', hint })
  })

  it.each([
    ['says nothing', () => undefined],
    ['speaks something else', (socket: Duplex) => void socket.write('220 mail.example\r\n')],
    ['hangs up', (socket: Duplex) => void socket.end()],
    [
      'begins like ZeroMQ and hangs up',
      (socket: Duplex) => void socket.end(Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3])),
    ],
  ])('gives up, and leaves nothing behind, where someone listens who %s', async (_, behave) => {
    const server = createServer((socket) => {
      behave(socket.on('error', () => undefined).resume())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(await failing(`zmq://127.0.0.1:${port}`)).toMatchObject({ code: 'PRV_TRANSPORT_UNREACHABLE' })
    expect(readdirSync(folder)).toEqual([])
    // Nobody is connected any more, or this would wait for them.
    await new Promise((resolve) => server.close(resolve))
  })

  it('can be called off at any moment', async () => {
    const { address } = await ground.listen(echo)
    for (let i = 0; i < 40; i++) {
      const stop = new AbortController()
      const dialled = failing(address, 5, stop.signal)
      await turns(i)
      stop.abort()
      const error = await dialled
      if (error !== undefined) expect(error).toMatchObject({ code: 'PRV_TRANSPORT_UNREACHABLE' })
    }
    expect(await answerTo(await ground.dial(address), 'well')).toBe('well')
  })
})
