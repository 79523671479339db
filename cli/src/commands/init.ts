import { defineCommand } from './command.js'

interface Flags {
  readonly demo?: true
}

export const initCommand = defineCommand<Flags>({
  name: 'init',
  about: 'Begin a catalog: a small one that works, with schemas for your editor. Nothing is overwritten.',
  heading: 'Set up',
  arguments: [{ words: '[folder]', about: 'where; here unless given', completes: 'folders' }],
  options: [{ flags: '--demo', about: 'a larger one, to try things out: two sites below /tmp, without root' }],
  examples: [
    { line: 'prove init site && cd site && prove plan', about: 'a catalog in a new folder' },
    { line: 'prove init --demo demo && cd demo && prove plan', about: 'one that shows more; read its README.md' },
  ],
  run: async ([folder], { demo }, { print }) => {
    const { init } = await import('../init.js')
    return init({ folder: (folder as string | undefined) ?? '.', demo: demo === true }, print)
  },
})
