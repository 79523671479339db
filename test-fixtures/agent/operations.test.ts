import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ProveEvent } from '@prove/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../sshd.js'
import { AgentPlace } from './agent-place.js'

let place: AgentPlace
beforeEach(() => {
  place = new AgentPlace()
})
afterEach(() => place.close())

/** Where an agent of each transport listens in these tests: at any port of this machine. */
const listeners = ['tcp://127.0.0.1:0', 'http://127.0.0.1:0', 'zmq://127.0.0.1:0', 'udp://127.0.0.1:0']

describe.each(listeners)('operations, by an agent at %s', (listen) => {
  const reached = async () => {
    const { address } = await place.agent('web1', { listen: [listen] })
    return { web1: { executor: 'agent', options: { address } } }
  }

  it('ping', async () => {
    const { exit, events, summary } = await place.run('ping', await reached())
    expect(exit).toBe(0)
    expect(summary).toMatchObject({ outcome: 'ok' })
    expect(events).toContainEqual(expect.objectContaining({ event: 'answered' }))
  })

  it('plans, applies, and finds nothing to change', async () => {
    const targets = await reached()
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

  it('pushes a file of megabytes, as it was', async () => {
    const targets = await reached()
    const bytes = randomBytes(3_000_000)
    const made = place.at('made')
    const pushed = await place.run('apply', targets, {
      states: `f:\n  file.managed: { path: ${made}, source: "prove://large" }\n`,
      files: { large: bytes },
    })
    expect(pushed.summary).toMatchObject({ outcome: 'changed' })
    expect(readFileSync(made).equals(bytes)).toBe(true)
  })

  it('fetches a file', async () => {
    const kept = place.write('kept', 'what the host has\n')
    const { events } = await place.run('cmd', await reached(), { input: { command: ['cat', kept] } })
    expect(answered(events)).toMatchObject({ stdout: 'what the host has\n', exit: 0 })
  })

  it('runs a command, and tells its output', async () => {
    const input = { command: ['sh', '-c', 'echo out; echo err >&2; exit 3'] }
    const { events } = await place.run('cmd', await reached(), { input })
    expect(answered(events)).toEqual({ stdout: 'out\n', stderr: 'err\n', exit: 3 })
  })

  it('tells facts, also those that states ask for', async () => {
    const { events } = await place.run('facts', await reached())
    expect(Object.keys(answered(events) ?? {})).toEqual(expect.arrayContaining(['hostname', 'memory']))
  })

  it('is reached where it dials', async () => {
    const port = await freePort()
    const address = listen.replace(/:0$/, `:${port}`)
    await place.agent('web1', { listen: [], dial: [address] })
    const { summary } = await place.run('ping', { web1: { executor: 'agent', options: { listen: address } } })
    expect(summary).toMatchObject({ outcome: 'ok' })
  })
})

const answered = (events: readonly ProveEvent[]): Readonly<Record<string, unknown>> | undefined =>
  events.flatMap((event) => (event.type === 'target' && event.event === 'answered' ? [event.result ?? {}] : []))[0]
