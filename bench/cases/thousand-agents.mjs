import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { makeIdentity } from '../../core/dist/identity/index.js'
import { Connection, greet, secure } from '../../link/dist/index.js'
import { shareOf } from '../measure.mjs'
import { transportOf } from '../transport-of.mjs'

const count = 1000
const pings = 5
const worker = fileURLToPath(new URL('../agents-worker.mjs', import.meta.url))

/** A link to one agent, and what comes of what it was asked. */
class Asked {
  #waiting = new Map()

  constructor(connection, incoming) {
    this.connection = connection
    this.#read(incoming).catch(() => undefined)
  }

  async ping() {
    const id = randomBytes(16).toString('hex')
    const began = performance.now()
    const ended = new Promise((resolve) => this.#waiting.set(id, resolve))
    const owner = { who: 'bench', since: '' }
    await this.connection.send({
      kind: 'request',
      id,
      operation: 'ping',
      request: {},
      target: 'x',
      owner,
      from: 0,
    })
    await ended
    return performance.now() - began
  }

  async #read(incoming) {
    for await (const said of incoming) if (said.kind === 'ended') this.#waiting.get(said.id)?.()
  }
}

const linked = async (transport, options, address, identity) => {
  const stream = await transport.dial(address, options)
  const secured = await secure(stream, { identity, dialled: true, timeout: 60_000 })
  const connection = new Connection(secured.stream, secured.peer)
  const own = { role: 'master', version: '0', name: 'bench' }
  const { incoming } = await greet(connection, { own, judge: () => undefined, timeout: 60_000 })
  return new Asked(connection, incoming)
}

/** So many at once: no master begins a thousand handshakes in one moment. */
const inTurns = async (total, atOnce, work) => {
  let next = 0
  const one = async () => {
    while (next < total) await work(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}

const over = async (scheme) => {
  const master = makeIdentity()
  const child = fork(worker, [scheme, master.fingerprint])
  const [address] = await once(child, 'message')
  const { transport, options } = await transportOf(scheme)
  const before = process.cpuUsage()
  const began = performance.now()
  const links = []
  await inTurns(count, 50, async () => void links.push(await linked(transport, options, address, master)))
  const connecting = performance.now() - began
  const connectingCpu = process.cpuUsage(before)
  const rounds = []
  for (let round = 0; round < pings; round++) {
    const cpuBefore = process.cpuUsage()
    const start = performance.now()
    const each = await Promise.all(links.map((link) => link.ping()))
    const cpu = process.cpuUsage(cpuBefore)
    rounds.push({
      all: performance.now() - start,
      each: each.toSorted((a, b) => a - b),
      cpu: (cpu.user + cpu.system) / 1000,
    })
  }
  const memory = process.memoryUsage().rss / 2 ** 20
  const alone = []
  for (let i = 0; i < 200; i++) alone.push(await links[i % count].ping())
  for (const { connection } of links) connection.destroy()
  child.kill()
  await once(child, 'exit')
  const middle = rounds.toSorted((a, b) => a.all - b.all)[Math.floor(pings / 2)]
  const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
  const cpuOf = ({ user, system }) => `${((user + system) / 1e6).toFixed(2)} s`
  const sorted = alone.toSorted((a, b) => a - b)
  return [
    `${scheme}: ${count} links in ${(connecting / 1000).toFixed(1)} s (${cpuOf(connectingCpu)} of processor)`,
    `${scheme}: a ping to all at once ${ms(middle.all)} (goal 1 s), p50 ${ms(shareOf(middle.each, 0.5))}, p99 ${ms(shareOf(middle.each, 0.99))}, ${ms(middle.cpu)} of processor, ${Math.round(memory)} MB`,
    `${scheme}: one ping after the other p50 ${ms(shareOf(sorted, 0.5))}, p99 ${ms(shareOf(sorted, 0.99))}`,
  ]
}

/** A ping to 1,000 agents that another process plays: real sockets, real TLS, and no shell behind them. */
export async function* thousandAgents() {
  for (const scheme of ['tcp', 'http', 'zmq', 'udp']) {
    yield { title: `${count} agents over ${scheme}`, rows: [], notes: await over(scheme) }
  }
}
