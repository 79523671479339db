import { defineCommand } from './command.js'
import { variableOptions, type VariableFlags } from './options.js'
import { type RolloutFlags, rolloutOptions, type RunFlags, runOptions } from './run-options.js'
import { type StateFlags, stateOptions } from './state-options.js'

interface Flags extends RunFlags, RolloutFlags, StateFlags, VariableFlags {
  readonly plan?: true
}

export const stateCommand = defineCommand<Flags>({
  name: 'state',
  about: 'Bring about one state that no file holds: a function with its arguments.',
  heading: 'Change and plan',
  arguments: [
    { words: '<function>', about: 'a state function, such as file.directory', completes: 'functions' },
    {
      words: '[arguments...]',
      about:
        'name=value, and the main argument alone; a value is read as JSON where it can be, and a.b=1 means b of the map a',
    },
  ],
  options: [
    { flags: '--plan', about: 'only say what it would do' },
    ...runOptions,
    ...rolloutOptions,
    ...variableOptions,
    ...stateOptions,
  ],
  examples: [
    { line: 'prove state file.directory /srv/www mode=0755', about: 'the main argument needs no name' },
    { line: "prove state file.managed path=/etc/motd content='hello' --plan", about: 'what it would change' },
    { line: "prove state cmd.run 'systemctl restart nginx' -t group:web", about: 'on some targets' },
  ],
  notes: `Fields such as creates, unless and run_as may be given as well; the arguments
of a function are told by "prove docs FUNCTION".`,
  run: async ([fn, words], { plan, ...flags }, context) => {
    const { givenVariables } = await import('./given-variables.js')
    const { runCommand } = await import('./run-command.js')
    const { typedState } = await import('../typed-state.js')
    const { kernel } = await context.project()
    await kernel.bring('functions', fn as string)
    const typed = typedState(kernel, fn as string, words as readonly string[])
    return runCommand(flags, context, {
      operation: plan === true ? 'plan' : 'apply',
      typed,
      given: givenVariables(flags),
    })
  },
})
