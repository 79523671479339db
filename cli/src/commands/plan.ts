import { defineCommand } from './command.js'
import { variableOptions, type VariableFlags } from './options.js'
import { type RunFlags, runOptions } from './run-options.js'
import { exitStatusNotes, type StateFlags, stateOptions, statesArgument } from './state-options.js'

interface Flags extends RunFlags, StateFlags, VariableFlags {}

export const planCommand = defineCommand<Flags>({
  name: 'plan',
  about: 'Say what apply would do, and how sure that is; change nothing.',
  heading: 'Change and plan',
  arguments: [statesArgument],
  options: [...runOptions, ...variableOptions, ...stateOptions],
  examples: [
    { line: 'prove plan', about: 'what the catalog gives every target' },
    { line: "prove plan -t 'web* and not web3'", about: 'some targets' },
    { line: 'prove plan site.yml', about: 'one state file, on this machine where there is no catalog' },
    { line: 'prove plan vhost -t web1', about: 'one state, with what it requires' },
  ],
  notes: exitStatusNotes('would change'),
  run: async ([states], flags, context) => {
    const { givenVariables } = await import('./given-variables.js')
    const { runCommand } = await import('./run-command.js')
    const given = givenVariables(flags)
    return runCommand(flags, context, { operation: 'plan', states: states as readonly string[], given })
  },
})
