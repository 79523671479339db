import { defineCommand } from './command.js'
import { list } from './options.js'
import { type RunFlags, runOptions } from './run-options.js'

interface DeployFlags extends RunFlags {
  readonly file: string
  readonly listen: readonly string[]
  readonly dial: readonly string[]
}

export const agentDeployCommand = defineCommand<DeployFlags>({
  name: 'agent deploy',
  about: 'Bring the agent to hosts by ssh, start it there, and let it in.',
  heading: 'Set up',
  arguments: [],
  options: [
    {
      flags: '--file <file>',
      about: 'the agent as one file, or as a Debian package',
      completes: 'files',
      default: 'prove-agent',
    },
    {
      flags: '--listen <address>',
      about: 'where it is to listen; as "address" of the target says unless given, or tcp://0.0.0.0:4505',
      parse: list,
      default: [],
    },
    {
      flags: '--dial <address>',
      about: 'where this master listens, for a target with "listen"',
      parse: list,
      default: [],
    },
    ...runOptions,
  ],
  examples: [
    { line: 'prove agent deploy -t web1', about: 'with ./prove-agent' },
    {
      line: 'prove agent deploy -t group:web --file prove-agent_0.1.0_amd64.deb',
      about: 'as a package, on many hosts',
    },
  ],
  notes: `The targets are those with "executor: 'agent'"; "options.ssh" of a target holds
the options of ssh. A host whose agent is as it should be is left alone.`,
  run: async (_words, { file, listen, dial, ...flags }, context) => {
    const { deployAgent } = await import('../agent/deploy-agent.js')
    const { runOf } = await import('./run-command.js')
    const { options: run, shown, ground } = runOf(flags, context, { operation: 'apply' })
    return deployAgent(await context.project(), { run, shown, ground, file, meeting: { listen, dial } })
  },
})
