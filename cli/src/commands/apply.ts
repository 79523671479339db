import { defineCommand } from './command.js'
import { variableOptions, type VariableFlags } from './options.js'
import { type RolloutFlags, rolloutOptions, type RunFlags, runOptions } from './run-options.js'
import {
  exitStatusNotes,
  type LedgerFlags,
  ledgerOption,
  type StateFlags,
  stateOptions,
  statesArgument,
} from './state-options.js'

interface Flags extends RunFlags, RolloutFlags, StateFlags, LedgerFlags, VariableFlags {}

export const applyCommand = defineCommand<Flags>({
  name: 'apply',
  about: 'Make the targets what the state files declare.',
  heading: 'Change and plan',
  arguments: [statesArgument],
  options: [...runOptions, ...rolloutOptions, ...variableOptions, ...stateOptions, ledgerOption],
  examples: [
    { line: 'prove apply', about: 'what the catalog gives every target' },
    { line: 'prove apply site.yml', about: 'one state file, on this machine where there is no catalog' },
    { line: 'prove apply reload -t web1', about: 'one state, with what it requires; also a lazy one' },
    { line: 'prove apply -t group:web --var release=42', about: 'with a variable' },
    { line: 'prove apply --serial 1,25%', about: 'one target first, then a quarter at a time, until one fails' },
  ],
  notes: exitStatusNotes('changed'),
  run: async ([states], flags, context) => {
    const { givenVariables } = await import('./given-variables.js')
    const { runCommand } = await import('./run-command.js')
    const given = givenVariables(flags)
    const ledgerOptional = !flags.ledger
    return runCommand(flags, context, {
      operation: 'apply',
      states: states as readonly string[],
      given,
      ledgerOptional,
    })
  },
})
