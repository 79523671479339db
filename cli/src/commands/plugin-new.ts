import { pluginKindNames } from '../scaffold/plugin-kinds.js'
import { defineCommand } from './command.js'

export const pluginNewCommand = defineCommand({
  name: 'plugin new',
  about: 'Begin a plugin: a package with code that works, and with tests that pass.',
  heading: 'Set up',
  arguments: [
    { words: '<kind>', about: 'state, meta, loader, executor or transport', completes: pluginKindNames },
    { words: '<name>', about: 'redis makes prove-state-redis; @acme/redis keeps its scope' },
    { words: '[folder]', about: 'where; a folder with the name of the package unless given', completes: 'folders' },
  ],
  options: [],
  examples: [
    { line: 'prove plugin new state redis', about: 'a state function, in ./prove-state-redis' },
    { line: 'prove plugin new executor @acme/docker', about: 'a way to reach targets' },
  ],
  run: async ([kind, name, folder], _flags, { print }) => {
    const { newPlugin } = await import('../scaffold/new-plugin.js')
    const at = folder === undefined ? {} : { folder: folder as string }
    return newPlugin({ kind: kind as string, name: name as string, ...at }, print)
  },
})
