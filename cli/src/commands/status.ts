import { defineCommand } from './command.js'
import { list } from './options.js'
import { type RunFlags, runOptions } from './run-options.js'

interface Flags extends RunFlags {
  readonly dismiss: readonly string[]
}

export const statusCommand = defineCommand<Flags>({
  name: 'status',
  about: 'Tell which notifications the targets keep for the next run.',
  heading: 'Look',
  arguments: [{ words: '[targets...]', about: 'the same as -t', completes: 'targets' }],
  options: [
    ...runOptions,
    {
      flags: '--dismiss <state>',
      about: 'forget what is pending for this state, by its full id',
      parse: list,
      default: [],
      completes: 'states',
    },
  ],
  examples: [
    { line: 'prove status web1', about: 'what a run that was cut has left to do' },
    { line: 'prove status web1 --dismiss web/site:reload', about: 'it will not be done' },
  ],
  run: async ([names], flags, context) => {
    const { runCommand } = await import('./run-command.js')
    const { dismiss, target } = flags
    const operation = dismiss.length > 0 ? 'dismiss' : 'status'
    const targets = [...(names as readonly string[]), ...target]
    return runCommand(flags, context, { operation, targets, input: { dismiss } })
  },
})
