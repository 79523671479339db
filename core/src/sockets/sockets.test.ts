import { once } from 'node:events'
import { createServer } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProveError } from '../error.js'
import {
  cannotListen,
  formatHostAndPort,
  formatSocketAddress,
  listening,
  readHostAndPort,
  readSocketAddress,
  unreachable,
  withDeadline,
} from './index.js'

describe('host and port', () => {
  it.each([
    ['localhost:4505', { host: 'localhost', port: 4505 }],
    ['127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    ['[::1]:65535', { host: '::1', port: 65_535 }],
    ['[fe80::1%eth0]:1', { host: 'fe80::1%eth0', port: 1 }],
    ['[fe80::1%br-lan.100]:1', { host: 'fe80::1%br-lan.100', port: 1 }],
  ])('%s', (text, parts) => {
    expect(readHostAndPort(text)).toEqual(parts)
    expect(formatHostAndPort(parts)).toBe(text)
    expect(readSocketAddress('tcp', `tcp://${text}`)).toEqual(parts)
    expect(formatSocketAddress('tcp', parts)).toBe(`tcp://${text}`)
  })

  it.each(['', 'host', ':1', 'host:', '::1:1', 'host:65536', 'a b:1', 'host:1/path', '[host]:1', 'user@host:1'])(
    'is not %j',
    (text) => {
      expect(readHostAndPort(text)).toBeUndefined()
      expect(() => readSocketAddress('tcp', `tcp://${text}`)).toThrow(ProveError)
    },
  )

  it('is read again as it was written', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(host, fc.integer({ min: 0, max: 65_535 }), (name, port) => {
        expect(readHostAndPort(formatHostAndPort({ host: name, port }))).toEqual({ host: name, port })
      }),
    )
  })
})

describe('a problem of the network', () => {
  it('has a hint of its own where it is known, and one in any case', () => {
    const codes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENOTFOUND', 'ETIMEDOUT', 'EACCES', 'EWHATEVER']
    const hints = codes.map((code) => unreachable('tcp://h:1', Object.assign(new Error('no'), { code })).hint)
    expect(hints).not.toContain(undefined)
    expect(new Set(hints).size).toBeGreaterThan(4)
  })

  it('of the system is told by its code when a server cannot listen', async () => {
    const [first, second] = [createServer(), createServer()]
    await listening(first, { port: 0, host: '127.0.0.1' })
    const refused = await listening(second, { host: '127.0.0.1', ...(first.address() as object) }).then(
      () => undefined,
      (error: unknown) => cannotListen('tcp://127.0.0.1:1', error),
    )
    first.close()
    await once(first, 'close')
    expect(refused).toMatchObject({ code: 'PRV_TRANSPORT_LISTEN', cause: { code: 'EADDRINUSE' } })
    expect(refused?.hint).toContain('port')
  })

  it('that is known already stays as it is', () => {
    const known = new ProveError('PRV_TRANSPORT_ADDRESS', 'no')
    expect(unreachable('tcp://h:1', known)).toBe(known)
    expect(cannotListen('tcp://h:1', known)).toBe(known)
  })
})

describe('a deadline', () => {
  const untilStopped = (stop: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      if (stop.aborted) reject(stop.reason as Error)
      stop.addEventListener('abort', () => reject(stop.reason as Error))
    })

  it('ends an attempt that takes too long', async () => {
    await expect(withDeadline(0.01, undefined, untilStopped)).rejects.toThrow('0.01 s')
  })

  it('ends an attempt when it is told to, also before it began', async () => {
    const abort = new AbortController()
    const attempt = withDeadline(60, abort.signal, untilStopped)
    abort.abort(new Error('told to'))
    await expect(attempt).rejects.toThrow('told to')
    await expect(withDeadline(60, abort.signal, untilStopped)).rejects.toThrow('told to')
  })

  it('does not stop what came in time', async () => {
    const abort = new AbortController()
    let kept: AbortSignal | undefined
    await withDeadline(60, abort.signal, async (stop) => void (kept = stop))
    abort.abort()
    expect(kept?.aborted).toBe(false)
  })
})
