// Runs the tests that depend on Node with a Node 24 from npm: node build/on-node-24.mjs [path…]
// Random and exhaustive runs (oracle, crash, fuzz, graph-cases, schema), what shells do alone (loop, fact-frames, facts-host), the
// tables of state functions, which compute and ask nothing, what nginx does, the tarballs' form and what commands say are left to the
// Node of "pnpm check": what they look at does not change with Node.
import { spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeFromNpm, pinnedNode } from './node-from-npm.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const paths = [
  'core/src',
  'catalog/src',
  'link/src',
  'agent/src',
  'cli/src',
  'plugins',
  ...['certificate', 'completion', 'errors', 'facts', 'graph', 'init', 'interrupt', 'live', 'ssh'].map(
    (name) => `test-fixtures/cli/${name}.test.ts`,
  ),
  'test-fixtures/golden',
  'test-fixtures/engine.test.ts',
  'test-fixtures/minimal-install.test.ts',
]

const run = (program, words, options = {}) => {
  const { status, error } = spawnSync(program, words, { stdio: 'inherit', cwd: root, ...options })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}

if (process.platform !== 'linux') throw new Error('npm has a Node for Linux alone that this script knows of')
const node = join(nodeFromNpm(), 'bin/node')

const asked = process.argv.slice(2)
const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`
console.log(`Node ${pinnedNode}`)
const left = [
  'core/src/wire/loop.test.ts',
  'plugins/facts-host/**',
  'plugins/state-*/**',
  'plugins/transport-udp/src/udp-weather.test.ts',
  'plugins/transport-http/src/hostile-input.test.ts',
  'plugins/transport-http/src/behind-nginx.test.ts',
  'core/src/wire/fact-frames.test.ts',
  '**/fuzz.test.ts',
].flatMap((path) => ['--exclude', path])
run(node, ['node_modules/vitest/vitest.mjs', 'run', ...left, ...(asked.length === 0 ? paths : asked)], {
  env: { ...process.env, PATH },
})
