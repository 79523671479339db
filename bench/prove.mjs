import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { timed } from './measure.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

export const bin = join(root, 'cli/bin/prove.js')

/**
 * Runs the built command line.
 *
 * @param {readonly string[]} args
 * @param {string} [cwd]
 * @param {NodeJS.ProcessEnv} [env]
 */
export const prove = (args, cwd = root, env = process.env) => timed(process.execPath, [bin, ...args], { cwd, env })

/** What starting Node costs, and doing nothing in it. */
export const nodeStart = { name: 'node -e 0', run: () => timed(process.execPath, ['-e', '0']) }

/**
 * The events of a run with `-o json`, of which the last is the summary.
 *
 * @param {string} stdout
 */
export const summaryOf = (stdout) => JSON.parse(stdout.trimEnd().split('\n').at(-1)).targets.local
