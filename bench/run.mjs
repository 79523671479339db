// Measures Prove beside the floor of each case: node bench/run.mjs [case…]
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { compile } from './cases/compile.mjs'
import { files } from './cases/files.mjs'
import { plan } from './cases/plan.mjs'
import { agents, ansible, fleet, ssh } from './cases/ssh.mjs'
import { startUp } from './cases/start-up.mjs'
import { targets } from './cases/targets.mjs'
import { thousandAgents } from './cases/thousand-agents.mjs'
import { rounds } from './measure.mjs'
import { root } from './prove.mjs'
import { tableOf } from './table.mjs'

const cases = { 'start-up': startUp, files, plan, compile, targets }
/** Only where they are asked for: they boot hosts, which takes root and some minutes. */
const onHosts = {
  ssh,
  fleet,
  ansible,
  agents: agents(process.env['PROVE_BENCH_AGENT'] ?? 'prove-agent'),
  'thousand-agents': thousandAgents,
}
const all = { ...cases, ...onHosts }

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(all, name))
if (unknown.length > 0) {
  console.error(`there is no case "${unknown.join('", "')}"; cases are ${Object.keys(all).join(', ')}`)
  process.exit(1)
}
if (!existsSync(join(root, 'cli/dist/main.js'))) {
  console.error('nothing is built; run "pnpm build" first')
  process.exit(1)
}

const changed = git('status', '--porcelain')
  .split('\n')
  .filter((line) => line !== '' && !/ (bench|docs)\//.test(line))
const also = changed.length === 0 ? '' : ` + ${changed.length} uncommitted files`
const commit = `${git('rev-parse', '--short', 'HEAD')}${also}`
const load = loadavg()[0]?.toFixed(1)
console.log(
  `commit ${commit}, node ${process.version}, ${availableParallelism()} cpus, load ${load}, ${rounds} rounds\n`,
)

for (const name of asked.length === 0 ? Object.keys(cases) : asked) {
  const measured = all[name]()
  if (Symbol.asyncIterator in measured) for await (const result of measured) console.log(tableOf(result))
  else console.log(tableOf(await measured))
}
