import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AgentPlace } from './agent-place.js'

let place: AgentPlace
beforeEach(() => {
  place = new AgentPlace()
})
afterEach(() => place.close())

describe('operations, by an agent', () => {
  it('ping', async () => {
    const { address } = await place.agent('web1')
    const { exit, events, summary } = await place.run('ping', { web1: { executor: 'agent', options: { address } } })
    expect(exit).toBe(0)
    expect(summary).toMatchObject({ outcome: 'ok' })
    expect(events).toContainEqual(expect.objectContaining({ event: 'answered' }))
  })

  it('plans, applies, and finds nothing to change', async () => {
    const { address } = await place.agent('web1')
    const targets = { web1: { executor: 'agent', options: { address } } }
    const file = place.write('made/motd', 'good morning\n')
    const states = `d:\n  file.directory: ${place.at('new')}\nm:\n  file.managed: { path: ${file}, content: "hello\\n" }\n  requires: d\n`
    const plan = await place.run('plan', targets, { states })
    expect(plan.lines.map(({ outcome }) => outcome)).toEqual(['would-change', 'would-change'])
    expect(plan.lines[1]?.changes.find(({ diff }) => diff !== undefined)?.diff).toContain('-good morning\n+hello')
    const first = await place.run('apply', targets, { states })
    expect(first.summary).toMatchObject({ outcome: 'changed', changed: 2 })
    expect(readFileSync(file, 'utf8')).toBe('hello\n')
    const second = await place.run('apply', targets, { states })
    expect(second.summary).toMatchObject({ outcome: 'ok', roundTrips: 2 })
  })

  it('runs a command, and tells its output', async () => {
    const { address } = await place.agent('web1')
    const targets = { web1: { executor: 'agent', options: { address } } }
    const { events } = await place.run('cmd', targets, {
      input: { command: ['sh', '-c', 'echo out; echo err >&2; exit 3'] },
    })
    const answered = events.find((event) => event.type === 'target' && event.event === 'answered')
    expect(answered).toMatchObject({ result: { stdout: 'out\n', stderr: 'err\n', exit: 3 } })
  })

  it('tells facts, also those that states ask for', async () => {
    const { address } = await place.agent('web1')
    const targets = { web1: { executor: 'agent', options: { address } } }
    const { events } = await place.run('facts', targets)
    const answered = events.find((event) => event.type === 'target' && event.event === 'answered')
    expect(Object.keys(answered?.type === 'target' ? (answered.result ?? {}) : {})).toContain('memory')
  })

  it('reaches an agent that dials', async () => {
    const port = await freePort()
    const listen = `tcp://127.0.0.1:${port}`
    await place.agent('web1', { listen: [], dial: [listen] })
    const { summary } = await place.run('ping', { web1: { executor: 'agent', options: { listen } } })
    expect(summary).toMatchObject({ outcome: 'ok' })
  })
})

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
