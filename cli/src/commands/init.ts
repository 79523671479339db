import { defineCommand } from './command.js'

export const initCommand = defineCommand({
  name: 'init',
  about: 'Begin a catalog: a small one that works, with schemas for your editor. Nothing is overwritten.',
  heading: 'Set up',
  arguments: [{ words: '[folder]', about: 'where; here unless given', completes: 'folders' }],
  options: [],
  examples: [{ line: 'prove init site && cd site && prove plan', about: 'a catalog in a new folder' }],
  run: async ([folder], _flags, { print }) => {
    const { init } = await import('../init.js')
    return init({ folder: (folder as string | undefined) ?? '.' }, print)
  },
})
