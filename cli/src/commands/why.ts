import { defineCommand } from './command.js'
import { type CatalogFlags, outputOption, targetOption, variableOptions } from './options.js'
import { filesArgument } from './state-options.js'

export const whyCommand = defineCommand<CatalogFlags>({
  name: 'why',
  about: 'Tell why a state runs where it does, and what came of it in the last "prove apply" of the target.',
  heading: 'Look',
  arguments: [{ words: '<state>', about: 'a full id, or a short one', completes: 'states' }, filesArgument],
  options: [targetOption, ...variableOptions, outputOption(['console', 'json'])],
  examples: [
    { line: 'prove why reload -t web1', about: 'by its short id' },
    { line: 'prove why nginx/site:reload -t web1 -o json', about: 'by its full id, for programs' },
  ],
  run: async ([state, files], flags, { project, colors, print }) => {
    const { why } = await import('../why/why.js')
    const call = { ...flags, command: 'why', state: state as string, files: files as readonly string[] }
    return why(await project(), call, colors, print)
  },
})
