import { rmSync } from 'node:fs'
import { once } from 'node:events'
import { Agent, AgentKeys, journalLog, readAgentConfig } from '@prove/agent'
import { coreVersion, createKernel, type Executor, knownErrors } from '@prove/core'
import { readPrivate } from '@prove/link'
import type { PlaceFlags } from '../commands/agent.js'
import { standardPlugins } from '../load-kernel.js'
import { agentFiles } from './agent-files.js'

/** The status by which systemd is told that another start would not help: the configuration is wrong. */
const wrongConfiguration = 78

/** What is wrong until somebody changes it. */
const lasting: readonly string[] = [
  'PRV_AGENT_CONFIG',
  'PRV_KEY_FILE',
  'PRV_TRANSPORT_ADDRESS',
  'PRV_TRANSPORT_UNKNOWN',
]

/** Runs the agent until it is told to end; resolves to the exit status. */
export const runAgent = async (
  { config: file, state }: PlaceFlags,
  complain: (text: string) => void,
): Promise<number> => {
  const log = journalLog(complain)
  const files = agentFiles(state)
  try {
    const config = readAgentConfig(file)
    const kernel = createKernel(await standardPlugins())
    const agent = new Agent({
      config,
      keys: new AgentKeys({ config: file, key: files.key }, config),
      kernel,
      local: localOf(kernel.executors.get('local')),
      stateFolder: state,
      version: coreVersion,
      plugins: kernel.plugins.map(({ name, build }) => ({ name, ...(build === undefined ? {} : { build }) })),
      token: readPrivate(files.token)?.trim(),
      admitted: () => rmSync(files.token, { force: true }),
      log,
    })
    await agent.start()
    await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
    log.info('ending, when what runs has ended')
    await agent.stop()
    return 0
  } catch (error) {
    log.problem(error)
    const [known] = knownErrors(error)
    return known !== undefined && lasting.includes(known.code) ? wrongConfiguration : 1
  }
}

const localOf = (executor: unknown): Executor => {
  if (executor === undefined) throw new Error('the plugin that reaches this machine is missing')
  return executor as Executor
}
