import { type Args, blocked, defineState, entry, type FileAnswer, source, text, z } from '@prove/core'
import {
  modeArgument,
  ownershipArguments,
  secretArgument,
  type SeenWholeFile,
  unwritable,
  type WholeFile,
  wholeFileChanges,
  wholeFileReads,
  wholeFileSteps,
} from '@prove/core/files'
import { fileName, root, test } from './configuration.js'
import { snippetExamples } from './examples.js'

const snippetArguments = {
  name: fileName('The name of its file below /etc/nginx/snippets, such as "tls.conf".'),
  content: text('What it holds.').optional(),
  source: source('A file of the catalog that holds it.').optional(),
  absent: z.boolean().optional().meta({ description: 'Keep the name free.' }),
  ...ownershipArguments,
  ...modeArgument,
  ...secretArgument,
}

type SnippetArguments = Args<typeof snippetArguments>

const pathOf = (name: string): string => `${root}/snippets/${name}`

const fileOf = ({ name, content, source: named, absent: _absent, ...more }: SnippetArguments): WholeFile => ({
  ...more,
  path: pathOf(name),
  blob: content ?? named,
  create_parents: true,
  confirm: test,
})

/** Keep a piece of configuration that sites include. */
export const snippet = defineState({
  name: 'nginx.snippet',
  about: 'Keep a piece of configuration that sites include.',
  details: `Its change is tried with \`nginx -t\` once it is in place, and taken back where that fails. \`include snippets/NAME;\` brings it
into a site. Nothing is reloaded; \`notify\` a state that does it.`,
  main: 'name',
  args: snippetArguments,
  examples: snippetExamples,

  owns: ({ name }) => pathOf(name),

  conflict: ({ content, source: named, absent }) => {
    const given = [content, named, absent === true ? absent : undefined].filter((each) => each !== undefined)
    return given.length === 1 ? undefined : 'exactly one of "content", "source" and "absent" is needed'
  },

  reads: (given, seen: { readonly nginx?: FileAnswer } & Partial<SeenWholeFile>) => ({
    nginx: entry(root),
    ...wholeFileReads(fileOf(given), seen),
  }),

  check: (given, { nginx, ...seen }) => {
    const { now } = seen
    if (given.absent === true) {
      if (now.type === 'absent') return []
      if (now.type === 'directory') return blocked(`"${pathOf(given.name)}" is a directory`)
      return now.writable ? [{ field: 'type', from: now.type, to: 'absent' }] : unwritable(pathOf(given.name))
    }
    return nginx.type === 'absent'
      ? blocked('there is no nginx: /etc/nginx is missing')
      : wholeFileChanges(fileOf(given), seen)
  },

  apply: (given, seen) =>
    given.absent === true
      ? [{ kind: 'file.remove', path: pathOf(given.name), confirm: { command: test } } as const]
      : wholeFileSteps(fileOf(given), seen),
})
