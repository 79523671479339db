import { columnsOf } from '../console/screen.js'
import { defineCommand } from './command.js'
import { type OutputFlags, outputOption } from './options.js'

export const docsCommand = defineCommand<OutputFlags>({
  name: 'docs',
  about: 'Tell what state functions there are, or all about one: arguments and examples.',
  heading: 'Write',
  arguments: [{ words: '[function]', about: 'such as file.managed, or the first half: file', completes: 'functions' }],
  options: [outputOption(['console', 'json'])],
  examples: [
    { line: 'prove docs', about: 'a line for each function of the plugins here' },
    { line: 'prove docs file.managed', about: 'its arguments, and examples to copy' },
  ],
  run: async ([name], { output }, { project, print, colors, screen }) => {
    const { docs } = await import('../docs/docs.js')
    const place = { print, colors, columns: columnsOf(screen) }
    return docs(await project(), { name: name as string | undefined, output }, place)
  },
})
