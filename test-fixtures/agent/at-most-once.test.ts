import { readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AgentPlace } from './agent-place.js'
import { Cutter } from './cutting-transport.js'

let place: AgentPlace
let address: string
beforeAll(async () => {
  place = new AgentPlace()
  address = (await place.agent('web1')).address
})
afterAll(() => place.close())

const targets = (scheme: string) => ({
  web1: { executor: 'agent', options: { address: address.replace(/^tcp/, scheme), within: 20 } },
})

/** A file, whose content the agent fetches, and a command that leaves a line each time that it runs. */
const statesFor = (n: number): string => `
f:
  file.managed: { path: ${place.at(`f${n}`)}, content: "content ${n}\\n" }
c:
  cmd.run: echo ran >>${place.at(`log${n}`)}
  requires: f
`

describe('a link that is cut after the n-th piece, for all n', () => {
  it('leaves every action done once, and reported', async () => {
    // Until a run is over before its piece comes.
    for (let n = 1, isCut = true; isCut; n++) {
      expect(n).toBeLessThan(200)
      const cutter = new Cutter(n)
      // oxlint-disable-next-line no-await-in-loop -- one after the other: each has the agent for itself
      const { summary, lines, events } = await place.run('apply', targets('cut'), {
        states: statesFor(n),
        plugins: [cutter.plugin],
      })
      isCut = cutter.hasCut
      const told = `cut after piece ${n}: ${JSON.stringify(events)}`
      if (summary.outcome === 'unreachable') {
        // Before anything was asked for.
        expect(lines, told).toEqual([])
        continue
      }
      expect(summary, told).toMatchObject({ outcome: 'changed', changed: 2 })
      expect(
        lines.map(({ outcome }) => outcome),
        told,
      ).toEqual(['changed', 'changed'])
      expect(readFileSync(place.at(`log${n}`), 'utf8'), told).toBe('ran\n')
      expect(readFileSync(place.at(`f${n}`), 'utf8'), told).toBe(`content ${n}\n`)
      rmSync(place.at(`f${n}`))
    }
  })
})
