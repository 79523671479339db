import { defineCommand } from './command.js'
import { type CatalogFlags, outputOption, targetOption, variableOptions } from './options.js'
import { filesArgument } from './state-options.js'

interface Flags extends CatalogFlags {
  readonly facts?: string
}

export const checkCommand = defineCommand<Flags>({
  name: 'check',
  about: 'Compile every target without reaching it, and tell everything that is wrong.',
  heading: 'Look',
  arguments: [filesArgument],
  options: [
    targetOption,
    ...variableOptions,
    {
      flags: '--facts <file>',
      about: 'facts of the targets: what "prove facts -o json" printed, or a map of targets to facts',
      completes: 'files',
    },
    outputOption(['console', 'json']),
  ],
  examples: [
    { line: 'prove check', about: 'all targets of the catalog around you' },
    { line: "prove check -t 'group:web' && prove plan -t 'group:web'", about: 'plan only what compiles' },
  ],
  run: async ([files], flags, { project, colors, print }) => {
    const { check } = await import('../check.js')
    return check(await project(), { ...flags, files: files as readonly string[] }, colors, print)
  },
})
