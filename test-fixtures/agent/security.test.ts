import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { makeIdentity } from '@prove/core/identity'
import { Connection, greet, type Hello, KeyRing, ownIdentity, secure } from '@prove/link'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../cli/prove.js'
import { AgentPlace } from './agent-place.js'

let place: AgentPlace
beforeEach(() => {
  place = new AgentPlace()
})
afterEach(() => place.close())

const portOf = (address: string): number => Number(/:(\d+)$/.exec(address)?.[1])

const dial = async (address: string): Promise<Socket> => {
  const socket = connect(portOf(address), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

const targets = (address: string, more: object = {}) => ({ web1: { executor: 'agent', options: { address, ...more } } })

/** Someone with a key who says what he likes to an agent. */
const speak = async (address: string, identity: ReturnType<typeof makeIdentity>, role: Hello['role']) => {
  const { stream, peer } = await secure(await dial(address), { identity, dialled: true, timeout: 10_000 })
  const connection = new Connection(stream, peer)
  return {
    connection,
    greeted: greet(connection, { own: { role, version: '1', name: 'x' }, judge: () => undefined, timeout: 10_000 }),
  }
}

describe('an agent', () => {
  it('does not speak with a master that it was not told of, and logs it once', async () => {
    const { address } = await place.agent('web1')
    const stranger = makeIdentity()
    const { greeted } = await speak(address, stranger, 'master')
    await expect(greeted).rejects.toMatchObject({ code: 'PRV_LINK_REFUSED' })
    await until('the line', () => place.logged.some((line) => line.includes(stranger.fingerprint)))
    expect(place.logged.filter((line) => line.includes(stranger.fingerprint))).toHaveLength(1)
  })

  it('does not obey another agent, although the master has accepted that one', async () => {
    const { address } = await place.agent('web1')
    await place.agent('web2')
    const { greeted } = await speak(address, ownIdentity(place.at('web2', 'agent.key')), 'master')
    await expect(greeted).rejects.toMatchObject({ code: 'PRV_LINK_REFUSED' })
  })

  it('ends a link on which something is asked before the greeting, or that nobody says', async () => {
    const { address } = await place.agent('web1')
    const master = place.ring.identity()
    const early = await secure(await dial(address), { identity: master, dialled: true, timeout: 10_000 })
    const link = new Connection(early.stream, early.peer)
    await link.send({ kind: 'interrupt', id: 'a'.repeat(32), times: 1 })
    await link.closed
    const { connection, greeted } = await speak(address, master, 'master')
    await greeted
    await connection.send({ kind: 'content', sha256: 'b'.repeat(64), size: 1 })
    await connection.closed
    expect((await place.run('ping', targets(address))).summary.outcome).toBe('ok')
  })

  it('stays there for its master while 300 strangers stand at its door and say nothing', async () => {
    const { address } = await place.agent('web1')
    const strangers = await Promise.all(Array.from({ length: 300 }, () => dial(address)))
    expect((await place.run('ping', targets(address))).summary.outcome).toBe('ok')
    // Those that were too many were shown the door.
    await until('most of them to be gone', () => strangers.filter((socket) => socket.closed).length >= 200)
    for (const socket of strangers) socket.destroy()
  })

  it('does not crash over what is no TLS, and what is too long', async () => {
    const { address } = await place.agent('web1')
    const sockets = await Promise.all(Array.from({ length: 40 }, () => dial(address)))
    for (const [i, socket] of sockets.entries()) socket.end(Buffer.alloc(20_000, i * 7))
    for (const socket of sockets) socket.resume()
    await until('all to be gone', () => sockets.every((socket) => socket.closed))
    expect((await place.run('ping', targets(address))).summary.outcome).toBe('ok')
  })
})

describe('a master', () => {
  it('does not speak with an agent whose key nobody has accepted, and says what to do', async () => {
    const { address, fingerprint } = await place.agent('web1', { accepted: false })
    const { summary, events } = await place.run('ping', targets(address))
    expect(summary.outcome).toBe('unreachable')
    expect(JSON.stringify(events)).toContain(`prove keys accept ${fingerprint}`)
    expect(place.ring.all()).toMatchObject([{ fingerprint, state: 'waiting' }])
    place.ring.accept({ fingerprint, name: 'web1' })
    expect((await place.run('ping', targets(address))).summary.outcome).toBe('ok')
  })

  it('does not take one agent for another', async () => {
    await place.agent('web1')
    const { address } = await place.agent('web2')
    const { summary, events } = await place.run('ping', targets(address))
    expect(summary.outcome).toBe('unreachable')
    expect(JSON.stringify(events)).toContain('web2')
  })

  it('does not speak with an agent that has another key than its target says', async () => {
    const { address } = await place.agent('web1')
    const { summary } = await place.run('ping', targets(address, { key: makeIdentity().fingerprint }))
    expect(summary.outcome).toBe('unreachable')
  })

  it('lets an agent in by a join string, and by the same one no other', async () => {
    const expires = new Date(Date.now() + 60_000).toISOString()
    const token = place.ring.tokens.make({ expires, many: false, name: 'web1' })
    const first = await place.agent('first', { accepted: false, token })
    expect((await place.run('ping', targets(first.address))).summary.outcome).toBe('ok')
    const second = await place.agent('second', { accepted: false, token })
    const { summary, events } = await place.run('ping', {
      second: { executor: 'agent', options: { address: second.address } },
    })
    expect(summary.outcome).toBe('unreachable')
    expect(JSON.stringify(events)).toContain('join string')
    expect(JSON.stringify(events)).not.toContain(token)
  })

  it('closes a link when its key is revoked, in the middle of a run', async () => {
    const { address, fingerprint } = await place.agent('web1')
    const started = place.at('started')
    const running = place.run('apply', targets(address, { within: 1 }), {
      states: `c:\n  cmd.run: touch ${started}; sleep 5\n`,
    })
    await until('the step', () => existsSync(started))
    const ring = new KeyRing(place.ring.folder)
    ring.revoke(ring.byFingerprint(fingerprint) ?? expect.fail('the key is gone'))
    const { summary, events } = await running
    expect(['unreachable', 'lost']).toContain(summary.outcome)
    expect(JSON.stringify(events)).toContain('revoked')
  })
})
