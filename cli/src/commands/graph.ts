import { defineCommand } from './command.js'
import { type CatalogFlags, outputOption, targetOption, variableOptions } from './options.js'
import { filesArgument } from './state-options.js'

interface Flags extends CatalogFlags {
  readonly format: string
  readonly run?: true
}

export const graphCommand = defineCommand<Flags>({
  name: 'graph',
  about: 'Show the states of one target in the order they run, and what leads from one to another.',
  heading: 'Look',
  arguments: [filesArgument],
  options: [
    targetOption,
    ...variableOptions,
    {
      flags: '--format <format>',
      about: 'text, dot (for Graphviz) or mermaid (for Markdown)',
      default: 'text',
      choices: ['text', 'dot', 'mermaid'],
    },
    { flags: '--run', about: 'with what came of each state in the last "prove apply" of the target' },
    outputOption(['console', 'json']),
  ],
  examples: [
    { line: 'prove graph -t web1', about: 'as text' },
    { line: 'prove graph -t web1 --run --format dot | dot -Tsvg >web1.svg', about: 'as a picture of the last run' },
  ],
  run: async ([files], flags, { project, colors, print }) => {
    const { graph } = await import('../graph/graph.js')
    const call = { ...flags, command: 'graph', files: files as readonly string[], run: flags.run === true }
    return graph(await project(), call, colors, print)
  },
})
