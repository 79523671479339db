import { defineCommand } from './command.js'
import { type OutputFlags, outputOption, variableOptions, type VariableFlags } from './options.js'

interface Flags extends VariableFlags, OutputFlags {
  readonly explain?: true
  readonly component?: string
}

const topics = ['targets', 'groups', 'roles', 'components', 'vars', 'states'] as const

export const inspectCommand = defineCommand<Flags>({
  name: 'inspect',
  about: 'Tell what the catalog holds.',
  heading: 'Look',
  arguments: [
    { words: '<what>', about: 'targets, groups, roles, components, vars or states', completes: topics },
    { words: '[target]', about: 'of vars and states: whose', completes: 'target' },
  ],
  options: [
    { flags: '--explain', about: 'with vars: every contributor of every variable, with its file and line' },
    { flags: '--component <name>', about: 'with vars: as the files of this component see them' },
    ...variableOptions,
    outputOption(['console', 'json', 'yaml']),
  ],
  examples: [
    { line: 'prove inspect targets', about: 'with their groups and roles' },
    { line: 'prove inspect vars web1 --explain', about: 'who set what, and where' },
  ],
  run: async ([what, target], flags, { project, colors, print }) => {
    const { inspect } = await import('../inspect.js')
    const call = { ...flags, what: what as string, target: target as string | undefined }
    return inspect(await project(), call, colors, print)
  },
})
