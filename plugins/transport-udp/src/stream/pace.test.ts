import { describe, expect, it } from 'vitest'
import { Simulation } from '../testing/simulation.js'

const limits = {
  connections: 4,
  waiting: 4,
  waitingOfOne: 4,
  firstWord: 15_000,
  capacity: 896,
  patience: { keepAlive: 10_000, deadAfter: 30_000 },
}

/** Milliseconds of the simulated clock for so many bytes over a way of 25 ms, from the first question to the last farewell. */
const durationAt = (seed: number, loss: number, bytes: number): number => {
  const network = { loss, duplication: 0, corruption: 0, delay: 25, jitter: 0 }
  const simulation = new Simulation(seed, network, limits)
  simulation.run([{ side: 0, pause: 0, act: { write: bytes } }])
  expect(Buffer.concat(simulation.came[1]).length).toBe(bytes)
  return simulation.now
}

describe('a stream', () => {
  it.each([
    [0, 2_000_000, 1000],
    [0.05, 2_000_000, 5000],
    [0.3, 300_000, 30_000],
  ])('is not slowed to a crawl where a share of %d is lost', (loss, bytes, most) => {
    const durations = [1, 2, 3, 4, 5].map((seed) => durationAt(seed, loss, bytes)).sort((a, b) => a - b)
    expect(durations[2]).toBeLessThan(most)
  })
})
