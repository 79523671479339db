import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Listener } from '@prove/core'
import { formatSocketAddress, readSocketAddress } from '@prove/core/sockets'
import { afterEach, describe, expect, it } from 'vitest'
import { udpRelay } from './testing/udp-relay.js'
import { udpTransport } from './udp-transport.js'
import { encode } from './wire/encode.js'

const options = { connectTimeout: 5, keepAlive: 10, deadAfter: 60, maxConnections: 10 }

describe('a connection over UDP', () => {
  const listeners: Listener[] = []
  const open: Duplex[] = []

  const keep = (connection: Duplex): Duplex => {
    open.push(connection.on('error', () => undefined))
    return connection
  }

  const listen = async (address: string, more: Partial<typeof options> = {}): Promise<Listener> => {
    const listener = await udpTransport.listen(address, { ...options, ...more }, (connection) => {
      keep(connection).pipe(connection)
    })
    listeners.push(listener)
    return listener
  }

  const dial = async (address: string): Promise<Duplex> => keep(await udpTransport.dial(address, options))

  const echoes = async (connection: Duplex, text: string): Promise<void> => {
    const came = once(connection, 'data')
    connection.write(text)
    expect(String((await came)[0])).toBe(text)
  }

  afterEach(async () => {
    for (const connection of open.splice(0)) connection.destroy()
    await Promise.all(listeners.splice(0).map((listener) => listener.close()))
  })

  it.each(['[::1]', '[::1%lo]'])('goes over IPv6: %s', async (host) => {
    const { address } = await listen(`udp://${host}:0`)
    expect(address).toMatch(/:[1-9]\d*$/)
    expect(address.startsWith(`udp://${host}:`)).toBe(true)
    await echoes(await dial(address), 'hello')
  })

  it('is dialled by name, whichever address of it someone listens at', async () => {
    for (const { address: host } of await lookup('localhost', { all: true })) {
      const { address } = await listen(formatSocketAddress('udp', { host, port: 0 }))
      await echoes(await dial(`udp://localhost:${readSocketAddress('udp', address).port}`), host)
    }
  })

  it('lives on when its port is listened at anew', async () => {
    const first = await listen('udp://127.0.0.1:0')
    const old = await dial(first.address)
    await first.close()
    const { address } = await listen(first.address)
    expect(address).toBe(first.address)
    await echoes(old, 'still here')
    await echoes(await dial(address), 'again')
  })

  it('is refused when there are as many as the listener takes', async () => {
    const { address } = await listen('udp://127.0.0.1:0', { maxConnections: 2 })
    await echoes(await dial(address), 'one')
    await echoes(await dial(address), 'two')
    await expect(dial(address)).rejects.toMatchObject({
      code: 'PRV_TRANSPORT_UNREACHABLE',
      hint: expect.stringContaining('maxConnections') as unknown,
    })
  })

  it('cannot be dialled without a port', async () => {
    await expect(dial('udp://127.0.0.1:0')).rejects.toMatchObject({ code: 'PRV_TRANSPORT_UNREACHABLE' })
  })

  it('notices long before its patience ends that nobody is at the other end any more', async () => {
    const { address } = await listen('udp://127.0.0.1:0')
    const relay = await udpRelay(address)
    const connection = await dial(relay.address)
    await echoes(connection, 'hello')
    const failed = once(connection, 'error')
    await relay.close()
    connection.write('anyone?')
    expect((await failed)[0]).toMatchObject({ code: 'ETIMEDOUT' })
  })

  it('is not broken by strangers who send to its port', async () => {
    const { address } = await listen('udp://127.0.0.1:0')
    const connection = await dial(address)
    await echoes(connection, 'before')
    const { host, port } = readSocketAddress('udp', address)
    const stranger = createSocket('udp4').on('error', () => undefined)
    for (let i = 0; i < 300; i++) {
      const guess = `guess${String(i).padStart(3, '0')}`
      for (const packet of [
        { kind: 'reset', to: guess },
        { kind: 'gone', unknown: guess },
        { kind: 'stream', to: guess, isProbe: true, isDone: true },
        { kind: 'hello', dialler: guess },
      ] as const) {
        await new Promise((resolve) => stranger.send(encode(packet), port, host, resolve))
      }
    }
    stranger.close()
    await echoes(connection, 'after')
  })
})
