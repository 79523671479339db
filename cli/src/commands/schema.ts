import { defineCommand } from './command.js'

interface Flags {
  readonly write?: true
}

export const schemaCommand = defineCommand<Flags>({
  name: 'schema',
  about: 'Print a JSON Schema for the installed plugins.',
  heading: 'Write',
  arguments: [
    {
      words: '[what]',
      about: 'states, config, role, variables or component; states unless given',
      completes: ['states', 'config', 'role', 'variables', 'component'],
    },
  ],
  options: [{ flags: '--write', about: 'write all of them to .prove/schemas, for editors' }],
  examples: [{ line: 'prove schema --write', about: 'after plugins were added' }],
  run: async ([what], { write }, { project, print }) => {
    const { schema } = await import('../schema.js')
    return schema(await project(), { what: what as string | undefined, write: write === true }, print)
  },
})
