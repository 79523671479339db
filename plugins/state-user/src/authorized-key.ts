import { defineState, path, z } from '@prove/core'
import { editKeys, type KeyLine, parseKeyLine } from './authorized-keys.js'
import { authorizedKeyExamples } from './examples.js'
import { loginName } from './account-names.js'
import { type SeenSshFile, type SshFile, sshFileChanges, sshFileReads, sshFileSteps } from './ssh-file.js'

const keySchema = z
  .string()
  .refine(
    (text) => !text.includes('\n') && parseKeyLine(text) !== undefined,
    'expected a public key on one line, as a file such as id_ed25519.pub holds it',
  )

interface Given {
  readonly user: string
  readonly key: string | readonly string[]
  readonly options?: readonly string[] | undefined
  readonly exclusive?: boolean | undefined
  readonly absent?: boolean | undefined
  readonly path?: string | undefined
}

const fileOf = ({ user, path: name }: Given): SshFile =>
  name === undefined ? { user, file: 'authorized_keys' } : { path: name }

/** Each key once: of one that is given with two comments, the first counts. */
const keysOf = ({ key, options }: Given): readonly KeyLine[] => {
  const lines = new Map<string, KeyLine>()
  for (const text of typeof key === 'string' ? [key] : key) {
    const line = parseKeyLine(text)
    if (line === undefined || lines.has(line.key)) continue
    lines.set(line.key, options === undefined ? line : { ...line, options: options.join(',') })
  }
  return [...lines.values()]
}

const editOf = (given: Given) => {
  const keys = keysOf(given)
  // Options that nobody speaks of stay as they are.
  const options = given.options !== undefined || keys.some((key) => key.options !== '')
  const wanted = { keys, options, absent: given.absent === true, exclusive: given.exclusive === true }
  return (text: string) => editKeys(text, wanted)
}

/** Keep who may log in as a user. */
export const authorizedKey = defineState({
  name: 'ssh.authorized_key',
  about: 'Keep public keys that let in as a user.',
  details: `The keys are lines of \`~/.ssh/authorized_keys\`, which is made with its directory where it is missing. Every other line stays
byte for byte, unless \`exclusive\` says that these keys are all. The user must be there, or be made by an earlier state.

A key is known by itself: with another comment or other options than are given, its line is rewritten. Without them, those that are
there are right.

The file is written with the rights of the user, and no link that a user has put in its home is followed.`,
  main: 'key',
  args: {
    user: loginName('The user that is let in.'),
    key: z
      .union([keySchema, z.array(keySchema)])
      .meta({ description: 'A public key with its type and comment, or several.' }),
    options: z
      .array(
        z
          .string()
          .refine(
            (text) => /^[^\s,"]+(?:="(?:[^"\n]|\\")*")?$/.test(text),
            'expected an option such as from="10.0.0.*"',
          ),
      )
      .optional()
      .meta({
        description: 'What the keys are restricted to, such as `no-pty` or `from="10.0.0.*"`; an empty list: nothing.',
      }),
    exclusive: z.boolean().optional().meta({ description: 'No other key stays.' }),
    absent: z.boolean().optional().meta({ description: 'The keys let nobody in any more.' }),
    path: path('A file outside the home, for a host whose sshd reads keys there; root writes it.').optional(),
  },
  examples: authorizedKeyExamples,

  edits: ({ path: name }) => name,
  conflict: ({ key, absent, exclusive, options }) => {
    if (absent === true && (exclusive === true || options !== undefined)) {
      return '"absent" excludes "exclusive" and "options"'
    }
    return Array.isArray(key) && key.length === 0 && exclusive !== true
      ? '"key" is empty: only "exclusive" gives that a sense'
      : undefined
  },

  reads: (given, seen: SeenSshFile) => sshFileReads(fileOf(given), seen),
  check: (given, seen) => sshFileChanges(fileOf(given), seen, editOf(given)),
  apply: (given, seen) => sshFileSteps(fileOf(given), seen, editOf(given)),
})
