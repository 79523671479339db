import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { z } from '@prove/core'
import { tcpRelay, transportSuite } from '@prove/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { tcpTransport } from './tcp-transport.js'

transportSuite(tcpTransport, {
  address: () => 'tcp://127.0.0.1:0',
  malformed: [
    'tcp://',
    'tcp://127.0.0.1',
    'tcp://127.0.0.1:99999',
    'tcp://::1:4505',
    'tcp://127.0.0.1:4505/path',
    'http://127.0.0.1:80',
    '127.0.0.1:80',
  ],
  relay: tcpRelay,
})

describe('the transport tcp', () => {
  const open: Duplex[] = []
  const stopped: ChildProcess[] = []

  afterEach(() => {
    for (const connection of open.splice(0)) connection.destroy()
    for (const child of stopped.splice(0)) child.kill('SIGKILL')
  })

  const keep = <T extends Duplex>(connection: T): T => {
    open.push(connection.on('error', () => undefined))
    return connection
  }
  const options = (given: Record<string, unknown> = {}) => z.strictObject(tcpTransport.options).parse(given)
  const dial = async (address: string, given?: Record<string, unknown>, signal?: AbortSignal) =>
    keep(await tcpTransport.dial(address, options(given), signal))

  it.each(['tcp://[::1]:0', 'tcp://[::1%lo]:0', 'tcp://localhost:0'])('listens at %s', async (where) => {
    const listener = await tcpTransport.listen(where, options(), keep)
    expect(listener.address.slice(0, where.length - 1)).toBe(where.slice(0, -1))
    const connection = await dial(listener.address)
    await listener.close()
    expect(connection.destroyed).toBe(false)
  })

  it('says which part of the way is missing', async () => {
    await expect(dial('tcp://127.0.0.1:1')).rejects.toMatchObject({
      code: 'PRV_TRANSPORT_UNREACHABLE',
      cause: { code: 'ECONNREFUSED' },
    })
    await expect(dial('tcp://no-such-host.invalid:1', { connectTimeout: 60 })).rejects.toMatchObject({
      code: 'PRV_TRANSPORT_UNREACHABLE',
      hint: expect.stringContaining('name') as unknown,
    })
    await expect(tcpTransport.listen('tcp://192.0.2.1:0', options(), keep)).rejects.toMatchObject({
      code: 'PRV_TRANSPORT_LISTEN',
      cause: { code: 'EADDRNOTAVAIL' },
      hint: expect.stringContaining('0.0.0.0') as unknown,
    })
  })

  /** An address where a program listens that is stopped, and whose queue is full: who comes then gets no answer. */
  const deaf = async (): Promise<string> => {
    const program = `const server = require('node:net').createServer()
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () =>
        require('node:fs').writeSync(1, String(server.address().port)) && process.kill(process.pid, 'SIGSTOP'))`
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    stopped.push(child)
    const [port] = (await once(child.stdout, 'data')) as [Buffer]
    for (let i = 0; i < 8; i++) keep(connect(Number(port), '127.0.0.1'))
    return `tcp://127.0.0.1:${port.toString()}`
  }

  it('gives up when nobody answers in time, and when it is told to', async () => {
    const address = await deaf()
    await expect(dial(address, { connectTimeout: 0.2 })).rejects.toThrow('within 0.2 s')
    const abort = new AbortController()
    const waiting = dial(address, { connectTimeout: 3600 }, abort.signal)
    abort.abort(new Error('told to'))
    await expect(waiting).rejects.toThrow('told to')
  })

  /** What the system waits for on behalf of a socket: "02" is to ask whether the other side is there. */
  const timerOf = (socket: Socket): string | undefined => {
    const port = (socket.localPort ?? 0).toString(16).toUpperCase().padStart(4, '0')
    const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n')
    const fields = rows.map((row) => row.trim().split(/\s+/)).find(([, local = '']) => local.endsWith(`:${port}`))
    return fields?.[5]?.slice(0, 2)
  }

  it.each([
    [60, '02'],
    [0, '00'],
  ])('asks a silent peer after %i seconds whether it is there', async (keepAlive, timer) => {
    let taken: (connection: Duplex) => void = () => undefined
    const accepted = new Promise<Duplex>((resolve) => {
      taken = resolve
    })
    const listener = await tcpTransport.listen('tcp://127.0.0.1:0', options({ keepAlive }), (connection) =>
      taken(keep(connection)),
    )
    const ends = [await dial(listener.address, { keepAlive }), await accepted]
    await listener.close()
    expect(ends.map((end) => timerOf(end as Socket))).toEqual([timer, timer])
  })
})
