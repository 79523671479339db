// Interleaved runs of several programs: each round runs each of them once, so that what else
// the machine does hits all of them.
import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** Rounds that are counted; one more comes first and is not. */
export const rounds = 7

/**
 * @typedef {object} Variant
 * @property {string} name
 * @property {() => void | Promise<void>} [before] Not timed.
 * @property {() => Sample} run
 *
 * @typedef {{ ms: number, [figure: string]: number }} Sample
 * @typedef {readonly Readonly<Record<string, Sample>>[]} Rounds One object a round, with the samples by name.
 */

/** Somebody else has the target; the sample is taken again. */
class Busy extends Error {}

/**
 * Runs a program to its end and tells the wall time.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 * @returns {Sample & { stdout: string }}
 */
export const timed = (command, args, options = {}) => {
  const began = performance.now()
  const { status, stdout, stderr, error } = spawnSync(command, args, { maxBuffer: 1 << 28, ...options })
  const ms = performance.now() - began
  if (error !== undefined) throw error
  const said = String(stdout) + String(stderr)
  if (said.includes('PRV_TARGET_LOCKED')) throw new Busy(said)
  if (status !== 0) {
    throw new Error(`${command} ${args.slice(0, 4).join(' ')} ended with ${status}: ${said.slice(-2000)}`)
  }
  return { ms, stdout: String(stdout) }
}

/**
 * @param {readonly Variant[]} variants
 * @param {number} [counted] Rounds, beside the first; where it is only one there is none before it.
 * @returns {Promise<Rounds>}
 */
export const interleave = async (variants, counted = rounds) => {
  const taken = []
  for (let round = counted === 1 ? 1 : 0; round <= counted; round++) {
    const samples = {}
    // Each round begins with another variant.
    for (const i of variants.keys()) {
      const variant = variants[(i + round) % variants.length]
      samples[variant.name] = await sample(variant)
    }
    if (round > 0) taken.push(samples)
  }
  return taken
}

/** @param {Variant} variant */
const sample = async ({ before, run }) => {
  for (let tries = 1; ; tries++) {
    await before?.()
    try {
      return run()
    } catch (error) {
      if (!(error instanceof Busy) || tries === 50) throw error
      await sleep(200)
    }
  }
}

/**
 * So that half of them are less, or all but one in a hundred.
 *
 * @param {readonly number[]} sorted
 * @param {number} share From 0 to 1.
 */
export const shareOf = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** @param {readonly number[]} numbers */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/**
 * One line of a table: the median, and the median of the ratios of each round to the floor of the same round.
 *
 * @param {Rounds} taken
 * @param {{ name: string, of: readonly string[], floor: readonly string[], goal?: number, figure?: string }} row
 *   `of` and `floor` name variants; their samples are added up.
 */
export const rowOf = (taken, { name, of, floor, goal, figure = 'ms' }) => {
  const sum = (samples, names) => names.reduce((total, key) => total + samples[key][figure], 0)
  const values = taken.map((samples) => sum(samples, of))
  const ratios = taken.map((samples) => sum(samples, of) / sum(samples, floor))
  return {
    name,
    median: median(values),
    low: Math.min(...values),
    high: Math.max(...values),
    ratio: median(ratios),
    goal,
  }
}
