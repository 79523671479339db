import { defineCommand } from './command.js'
import { type RunFlags, runOptions } from './run-options.js'

export const factsCommand = defineCommand<RunFlags>({
  name: 'facts',
  about: 'Tell what is known of the targets.',
  heading: 'Look',
  arguments: [],
  options: runOptions,
  examples: [
    { line: 'prove facts', about: 'of all targets' },
    { line: 'prove facts -t web1 -o json', about: 'for programs, and for "prove check --facts"' },
  ],
  run: async (_words, flags, context) => {
    const { runCommand } = await import('./run-command.js')
    return runCommand(flags, context, { operation: 'facts' })
  },
})
