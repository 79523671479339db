import { once } from 'node:events'
import { connect as tlsConnect, TLSSocket } from 'node:tls'
import { makeIdentity } from '@prove/core/identity'
import { describe, expect, it } from 'vitest'
import { bothEnds, securedEnds } from '../testing/both-ends.js'
import { protocolName } from './messages.js'
import { secure } from './secure.js'

const here = makeIdentity()
const there = makeIdentity()
const refused = expect.objectContaining({ code: 'PRV_LINK_SECURITY' }) as Error
const server = { identity: there, dialled: false, timeout: 10_000 }

describe('a secured stream', () => {
  it('tells each side the key of the other', async () => {
    const [dialled, accepted] = await securedEnds(await bothEnds(), [here, there])
    expect([dialled.peer, accepted.peer]).toEqual([there.fingerprint, here.fingerprint])
    dialled.stream.write('hello')
    const [said] = (await once(accepted.stream, 'data')) as [Buffer]
    expect(String(said)).toBe('hello')
    dialled.stream.destroy()
    accepted.stream.destroy()
  })

  it('is TLS 1.3, and is never resumed', async () => {
    const [dialled, accepted] = await securedEnds(await bothEnds(), [here, there])
    expect(dialled.stream.getProtocol()).toBe('TLSv1.3')
    expect([dialled.stream.isSessionReused(), accepted.stream.isSessionReused()]).toEqual([false, false])
    dialled.stream.destroy()
    accepted.stream.destroy()
  })

  it('does not come about with someone who shows no key', async () => {
    const { dialled, accepted } = await bothEnds()
    const client = tlsConnect({ socket: dialled, rejectUnauthorized: false, ALPNProtocols: [protocolName] })
    client.on('error', () => undefined)
    await expect(secure(accepted, server)).rejects.toThrow(refused)
    expect(accepted.destroyed).toBe(true)
  })

  it('does not come about with an older TLS', async () => {
    const { dialled, accepted } = await bothEnds()
    const { key, cert } = here
    const client = tlsConnect({ socket: dialled, rejectUnauthorized: false, key, cert, maxVersion: 'TLSv1.2' })
    client.on('error', () => undefined)
    await expect(secure(accepted, server)).rejects.toThrow(refused)
  })

  it('does not come about with someone who speaks something else inside', async () => {
    const { dialled, accepted } = await bothEnds()
    const { key, cert } = here
    const client = tlsConnect({ socket: dialled, rejectUnauthorized: false, key, cert, ALPNProtocols: ['http/1.1'] })
    client.on('error', () => undefined)
    await expect(secure(accepted, server)).rejects.toThrow(refused)
  })

  it('does not come about with a key that someone only knows of', async () => {
    const { dialled, accepted } = await bothEnds()
    // The certificate of one, and the key of another.
    expect(() => new TLSSocket(dialled, { isServer: true, cert: there.cert, key: here.key })).toThrow(/mismatch/)
    accepted.destroy()
  })

  it.each([
    ['says nothing', ''],
    ['says something else', 'GET / HTTP/1.1\r\n\r\n'],
    ['says the beginning of TLS', '\u0016\u0003\u0001\u0002\u0000'],
  ])('does not come about with someone who %s', async (_what, said) => {
    const { dialled, accepted } = await bothEnds()
    dialled.write(said)
    await expect(secure(accepted, { ...server, timeout: 100 })).rejects.toThrow(refused)
    expect(accepted.destroyed).toBe(true)
  })

  it('does not come about with a recorded session that is played again', async () => {
    const first = await bothEnds()
    const recorded: Buffer[] = []
    const emit = first.accepted.emit.bind(first.accepted)
    first.accepted.emit = (event: string | symbol, ...rest: unknown[]) => {
      if (event === 'data') recorded.push(rest[0] as Buffer)
      return emit(event, ...rest)
    }
    const [dialled, accepted] = await securedEnds(first, [here, there])
    dialled.stream.end('make it so')
    await once(accepted.stream, 'data')
    accepted.stream.destroy()
    const second = await bothEnds()
    second.dialled.write(Buffer.concat(recorded))
    await expect(secure(second.accepted, { ...server, timeout: 500 })).rejects.toThrow(refused)
  })

  it('shows a man in the middle to both sides: he has keys of his own', async () => {
    const [middle, left, right] = [makeIdentity(), await bothEnds(), await bothEnds()]
    const [victim, inside] = await securedEnds(left, [here, middle])
    const [outside, other] = await securedEnds(right, [middle, there])
    inside.stream.pipe(outside.stream).pipe(inside.stream)
    expect(victim.peer).toBe(middle.fingerprint)
    expect(other.peer).toBe(middle.fingerprint)
    for (const { stream } of [victim, inside, outside, other]) stream.destroy()
  })
})
