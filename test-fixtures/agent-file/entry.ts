// Stands for the agent until there is one: what build/agent-file.mjs and build/agent-package.mjs are tried with.
//   run      says that it is ready, applies what its configuration asks for, and stays until it is told to end: then the step
//            that runs ends first
//   apply    reads requests from standard input, one a line, and tells events; stays until the input ends
//   probe    tries what an agent needs of Node, and says how it went
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { ProveEvent } from '@prove/core'
import { applyStates, type AskedState } from './apply-states.js'

/** What a line of standard input asks for. */
interface Asked {
  readonly states: readonly AskedState[]
}

const tell = (event: ProveEvent | object): void => {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

const ready = (): void => tell({ type: 'ready', node: process.versions.node, pid: process.pid })

const configuration = '/etc/prove-agent/agent.json'

const run = async (): Promise<void> => {
  const stay = setInterval(() => undefined, 1 << 30)
  const told = once(process, 'SIGTERM')
  ready()
  if (existsSync(configuration)) {
    const { states = [] } = JSON.parse(readFileSync(configuration, 'utf8')) as Partial<Asked>
    if (states.length > 0) tell({ type: 'applied', summary: await applyStates(states, tell) })
  }
  await told
  clearInterval(stay)
}

const apply = async (): Promise<void> => {
  ready()
  for await (const line of createInterface(process.stdin)) {
    const { states } = JSON.parse(line) as Asked
    tell({ type: 'applied', summary: await applyStates(states, tell) })
  }
}

const main = async (word: string | undefined): Promise<void> => {
  if (word === 'run') return run()
  if (word === 'apply') return apply()
  if (word === 'probe') return tell(await (await import('./probe.js')).probe())
  process.stderr.write('what is asked is one of: run, apply, probe\n')
  process.exitCode = 1
}

void main(process.argv[2])
