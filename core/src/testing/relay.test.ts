import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Relay, tcpRelay } from './relay.js'
import { echo, everything, gone, take } from './streams.js'

describe('a relay', () => {
  let server: Server
  let relay: Relay
  const sockets: Socket[] = []

  beforeEach(async () => {
    server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.push(socket.on('error', () => undefined))
      echo(socket)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    relay = await tcpRelay(`any://127.0.0.1:${(server.address() as AddressInfo).port}/path`)
  })

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await relay.close()
    server.close()
  })

  const dial = (): Socket => {
    const socket = connect({ port: Number(/:(\d+)/.exec(relay.address)?.[1]), allowHalfOpen: true, host: '127.0.0.1' })
    sockets.push(socket.on('error', () => undefined))
    return socket
  }

  it('keeps all of the address but host and port', () => {
    expect(relay.address).toMatch(/^any:\/\/127\.0\.0\.1:\d+\/path$/)
  })

  it('passes bytes and ends', async () => {
    const socket = dial()
    socket.end('hello')
    expect((await everything(socket)).toString()).toBe('hello')
    expect(relay.passed).toBe(10)
  })

  it('delays both ways', async () => {
    const socket = dial()
    socket.write('1')
    await take(socket, 1)
    relay.delay(40)
    const begun = performance.now()
    socket.write('2')
    await take(socket, 1)
    expect(performance.now() - begun).toBeGreaterThan(79)
  })

  it('lets nothing pass while it is frozen, not even news of the other side', async () => {
    const socket = dial()
    socket.write('1')
    await take(socket, 1)
    relay.freeze()
    socket.write('2')
    for (const other of sockets) if (other !== socket) other.resetAndDestroy()
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(relay.passed).toBe(2)
    expect(socket.destroyed).toBe(false)
    relay.thaw()
    await gone(socket)
  })

  it('tears what goes through it, and lets others through after that', async () => {
    const socket = dial()
    socket.write('1')
    await take(socket, 1)
    const errors = sockets.map((other) => once(other, 'error'))
    relay.cut()
    const codes = (await Promise.all(errors)).map(([error]) => (error as NodeJS.ErrnoException).code)
    expect(codes).toEqual(['ECONNRESET', 'ECONNRESET'])
    const next = dial()
    next.end('hello')
    expect((await everything(next)).toString()).toBe('hello')
  })

  it('lets nobody through when it is closed', async () => {
    await relay.close()
    const socket = dial()
    await gone(socket)
    expect(socket.bytesRead).toBe(0)
  })
})
