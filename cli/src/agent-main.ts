import { coreVersion } from '@prove/core'
import { agentInstallCommand, agentJoinCommand, agentRunCommand, agentShowCommand } from './commands/agent.js'
import { colorsFor } from './console/colors.js'
import type { Command } from './commands/command.js'
import type { Face } from './program.js'
import { runLine } from './run-line.js'

/** As the program of its own says them: `prove-agent run` is `prove agent run`. */
const own = (command: Command): Command => ({
  ...command,
  name: command.name.replace(/^agent /, ''),
  examples: command.examples.map(({ line, about }) => ({ line: line.replace(/^prove agent /, 'prove-agent '), about })),
})

const face: Face = {
  name: 'prove-agent',
  version: coreVersion,
  about: 'The agent of Prove on this host.',
  commands: [agentRunCommand, agentInstallCommand, agentJoinCommand, agentShowCommand].map(own),
}

/** The program that a host has which has no Node: the agent, and what it takes to set it up. */
void runLine(
  process.argv.slice(2),
  {
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    colors: colorsFor(process.stdout),
    errorColors: colorsFor(process.stderr),
    screen: undefined,
  },
  face,
).then((status) => {
  process.exitCode = status
})
