import { defineCommand } from './command.js'
import { type RunFlags, runOptions } from './run-options.js'

export const pingCommand = defineCommand<RunFlags>({
  name: 'ping',
  about: 'Open a shell on the targets and wait for their answer.',
  heading: 'Look',
  arguments: [],
  options: runOptions,
  examples: [{ line: 'prove ping', about: 'all targets' }],
  run: async (_words, flags, context) => {
    const { runCommand } = await import('./run-command.js')
    return runCommand(flags, context, { operation: 'ping' })
  },
})
