import { applyCommand } from './apply.js'
import { checkCommand } from './check.js'
import { cmdCommand } from './cmd.js'
import type { Command } from './command.js'
import { factsCommand } from './facts.js'
import { graphCommand } from './graph.js'
import { initCommand } from './init.js'
import { inspectCommand } from './inspect.js'
import { pingCommand } from './ping.js'
import { planCommand } from './plan.js'
import { runsCommand } from './runs.js'
import { schemaCommand } from './schema.js'
import { showCommand } from './show.js'
import { statusCommand } from './status.js'
import { whyCommand } from './why.js'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  planCommand,
  applyCommand,
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
  schemaCommand,
  initCommand,
]
