import { readAgentConfig } from '@prove/agent'
import { ownIdentity } from '@prove/link'
import type { PlaceFlags } from '../commands/agent.js'
import { agentFiles } from './agent-files.js'

/** Shows by which key this agent is known, and whom it obeys. */
export const showAgent = ({ config: file, state }: PlaceFlags, print: (text: string) => void): number => {
  const { masters, listen, dial } = readAgentConfig(file)
  const rows = [
    ['this agent is', ownIdentity(agentFiles(state).key).fingerprint],
    ...masters.map((master) => ['it obeys', master]),
    ...listen.map((address) => ['it listens at', address]),
    ...dial.map((address) => ['it dials', address]),
  ]
  for (const [label = '', value = ''] of rows) print(`${label.padEnd(13)}  ${value}\n`)
  return 0
}
