import { defineCommand } from './command.js'
import { type RunFlags, runOptions } from './run-options.js'

export const factsCommand = defineCommand<RunFlags>({
  name: 'facts',
  about: 'Tell what is known of the targets.',
  heading: 'Look',
  arguments: [{ words: '[names...]', about: 'the facts to tell; all of them unless given', completes: 'facts' }],
  options: runOptions,
  examples: [
    { line: 'prove facts', about: 'of all targets' },
    { line: 'prove facts os osVersion', about: 'some of them' },
    { line: 'prove facts -t web1 -o json', about: 'for programs, and for "prove check --facts"' },
  ],
  run: async ([words], flags, context) => {
    const { runCommand } = await import('./run-command.js')
    const { assertFacts } = await import('../assert-facts.js')
    const names = words as readonly string[]
    assertFacts(names, (await context.project()).kernel.factNames)
    return runCommand(flags, context, { operation: 'facts', input: names.length === 0 ? undefined : { names } })
  },
})
