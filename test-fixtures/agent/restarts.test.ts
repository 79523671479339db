import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { program } from '../cli/prove.js'
import { AgentPlace, type Told } from './agent-place.js'
import { AgentProcess } from './agent-process.js'
import { PieceRelay } from './piece-relay.js'

let place: AgentPlace
let agent: AgentProcess
beforeAll(async () => {
  place = new AgentPlace()
  agent = new AgentProcess(place.at('agent'), place.ring.identity().fingerprint)
  place.ring.accept({ fingerprint: agent.fingerprint, name: 'web1' })
  await agent.start()
})
afterAll(async () => {
  await agent.kill()
  await place.close()
})

const targets = (address: string) => ({ web1: { executor: 'agent', options: { address, within: 30 } } })

/** A file, a command that leaves a line each time that it runs, and another file. */
const statesFor = (name: string): string => `
f:
  file.managed: { path: ${place.at(`${name}.f`)}, content: "${name}\\n" }
c:
  cmd.run: { command: "echo ran >>${place.at(`${name}.log`)}" }
  creates: ${place.at(`${name}.log`)}
  requires: f
g:
  file.managed: { path: ${place.at(`${name}.g`)}, content: "${name}\\n" }
  requires: c
`

const ran = (name: string): string =>
  existsSync(place.at(`${name}.log`)) ? readFileSync(place.at(`${name}.log`), 'utf8') : ''

/** What a killed run has begun may still be ending. */
const converged = async (name: string): Promise<Told> => {
  for (let attempt = 0; ; attempt++) {
    // oxlint-disable-next-line no-await-in-loop -- until the lock of the run before is free
    const told = await place.runBuilt('apply', targets(`tcp://127.0.0.1:${agent.port}`), { states: statesFor(name) })
    if (!JSON.stringify(told.events).includes('PRV_TARGET_LOCKED') || attempt > 50) return told
  }
}

describe('an agent that is killed after the n-th piece, for all n, and started again', () => {
  it('does nothing twice, reports every request, and the next run converges', async () => {
    for (let n = 1, isKilled = true; isKilled; n++) {
      expect(n).toBeLessThan(200)
      const name = `agent-${n}`
      let again: Promise<void> | undefined
      const relay = await PieceRelay.before(agent.port, (passed) => {
        if (passed === n) again = agent.kill().then(() => agent.start())
      })
      const { summary, events } = await place.runBuilt('apply', targets(relay.address), { states: statesFor(name) })
      relay.close()
      await again
      isKilled = again !== undefined
      const told = `killed after piece ${n}: ${JSON.stringify(events)}`
      expect(['changed', 'lost', 'unreachable', 'failed'], told).toContain(summary.outcome)
      if (summary.outcome === 'lost') expect(told).toMatch(/during step|between two steps/)
      expect(['', 'ran\n'], told).toContain(ran(name))
      const { summary: next, events: more } = await converged(name)
      expect(['ok', 'changed'], JSON.stringify(more)).toContain(next.outcome)
      expect(ran(name), told).toBe('ran\n')
      expect((await converged(name)).summary.outcome).toBe('ok')
    }
  })
})

describe('a master that is killed after the n-th piece, for all n', () => {
  it('leaves nothing done twice, and the next run converges', async () => {
    for (let n = 1, isKilled = true; isKilled; n++) {
      expect(n).toBeLessThan(200)
      const name = `master-${n}`
      isKilled = false
      let master: ReturnType<typeof spawn> | undefined
      const relay = await PieceRelay.before(agent.port, (passed) => {
        if (passed !== n) return
        isKilled = true
        master?.kill('SIGKILL')
      })
      place.write(`${name}/prove.config.json`, JSON.stringify({ targets: targets(relay.address) }))
      place.write(`${name}/site.yml`, statesFor(name))
      master = spawn(process.execPath, [program, 'apply', 'site.yml'], { cwd: place.at(name), stdio: 'ignore' })
      await once(master, 'exit')
      relay.close()
      expect(['', 'ran\n']).toContain(ran(name))
      expect(['ok', 'changed']).toContain((await converged(name)).summary.outcome)
      expect(ran(name), `killed after piece ${n}`).toBe('ran\n')
      expect((await converged(name)).summary.outcome).toBe('ok')
    }
  })
})
