import { agentInstallCommand, agentJoinCommand, agentRunCommand, agentShowCommand } from './agent.js'
import { agentDeployCommand } from './agent-deploy.js'
import { applyCommand } from './apply.js'
import { checkCommand } from './check.js'
import { cmdCommand } from './cmd.js'
import type { Command } from './command.js'
import { completionCommand } from './completion.js'
import { docsCommand } from './docs.js'
import { doctorCommand } from './doctor.js'
import { factsCommand } from './facts.js'
import { graphCommand } from './graph.js'
import { initCommand } from './init.js'
import { inspectCommand } from './inspect.js'
import {
  keysAcceptCommand,
  keysJoinCommand,
  keysListCommand,
  keysRejectCommand,
  keysRevokeCommand,
  keysRotateCommand,
  keysShowCommand,
} from './keys.js'
import { pingCommand } from './ping.js'
import { planCommand } from './plan.js'
import { pluginNewCommand } from './plugin-new.js'
import { runsCommand } from './runs.js'
import { schemaCommand } from './schema.js'
import { showCommand } from './show.js'
import { stateCommand } from './state.js'
import { statusCommand } from './status.js'
import { whyCommand } from './why.js'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  planCommand,
  applyCommand,
  stateCommand,
  cmdCommand,
  pingCommand,
  factsCommand,
  statusCommand,
  checkCommand,
  inspectCommand,
  graphCommand,
  whyCommand,
  runsCommand,
  showCommand,
  docsCommand,
  schemaCommand,
  initCommand,
  pluginNewCommand,
  agentDeployCommand,
  agentInstallCommand,
  agentJoinCommand,
  agentShowCommand,
  agentRunCommand,
  keysListCommand,
  keysShowCommand,
  keysAcceptCommand,
  keysRejectCommand,
  keysRevokeCommand,
  keysRotateCommand,
  keysJoinCommand,
  doctorCommand,
  completionCommand,
]

/** What is told of a word that only leads to commands. */
export const parents: Readonly<Record<string, string>> = {
  agent: 'Be the agent of this host, or bring one to another.',
  keys: 'Decide which agents this master speaks with.',
  plugin: 'Write plugins of your own: prove plugin new.',
}
