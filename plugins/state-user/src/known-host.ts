import { defineState, z } from '@prove/core'
import { loginName } from './account-names.js'
import { knownHostExamples } from './examples.js'
import { editHosts, type HostKey, hostName, parseHostKey } from './known-hosts.js'
import { type SeenSshFile, type SshFile, sshFileChanges, sshFileReads, sshFileSteps } from './ssh-file.js'

const keySchema = z
  .string()
  .refine(
    (text) => !text.includes('\n') && parseHostKey(text) !== undefined,
    'expected the type and the key of a host, as "ssh-keyscan" prints them behind its name',
  )

interface Given {
  readonly host: string
  readonly port?: number | undefined
  readonly key?: string | readonly string[] | undefined
  readonly user?: string | undefined
  readonly exclusive?: boolean | undefined
  readonly absent?: boolean | undefined
}

const fileOf = ({ user }: Given): SshFile =>
  user === undefined ? { path: '/etc/ssh/ssh_known_hosts' } : { user, file: 'known_hosts' }

/** Each key once, whatever comments it is given with. */
const keysOf = ({ key = [] }: Given): readonly HostKey[] => {
  const keys = (typeof key === 'string' ? [key] : key).flatMap((text) => parseHostKey(text) ?? [])
  return [...new Map(keys.map((each) => [each.key, each])).values()]
}

const editOf = (given: Given) => {
  const wanted = {
    host: hostName(given.host, given.port ?? 22),
    keys: keysOf(given),
    absent: given.absent === true,
    exclusive: given.exclusive === true,
  }
  return (text: string) => editHosts(text, wanted)
}

/** Keep what ssh knows of a host. */
export const knownHost = defineState({
  name: 'ssh.known_host',
  about: 'Keep the public keys by which ssh knows a host.',
  details: `A key of the same type that is another goes; keys of other types stay, unless \`exclusive\` is set. Names that ssh has hashed
are recognised. A line that is about several hosts keeps the others, and every other line stays byte for byte.

Compare keys with what the host itself says before you write them down: this is what they are for.`,
  main: 'host',
  args: {
    host: z
      .string()
      .regex(/^[^\s,*?!|#@[\]][^\s,*?!|[\]]*$/, 'expected the name or address of a host')
      .meta({ description: 'The name or address by which it is reached.' }),
    port: z.int().min(1).max(65_535).optional().meta({ description: 'Where its sshd listens; 22 unless given.' }),
    key: z
      .union([keySchema, z.array(keySchema).min(1)])
      .optional()
      .meta({
        description: 'Type and key, such as `ssh-ed25519 AAAA…`, or several. With `absent` it may be left out: all.',
      }),
    user: loginName('Whose `~/.ssh/known_hosts` it is; of all users unless given.').optional(),
    exclusive: z.boolean().optional().meta({ description: 'Keys of other types go as well.' }),
    absent: z.boolean().optional().meta({ description: 'The host is not known any more.' }),
  },
  examples: knownHostExamples,

  edits: ({ user }) => (user === undefined ? '/etc/ssh/ssh_known_hosts' : undefined),
  conflict: ({ key, absent, exclusive }) => {
    if (key === undefined && absent !== true) return 'the argument "key" is missing'
    return absent === true && exclusive === true ? '"absent" and "exclusive" exclude each other' : undefined
  },

  reads: (given, seen: SeenSshFile) => sshFileReads(fileOf(given), seen),
  check: (given, seen) => sshFileChanges(fileOf(given), seen, editOf(given)),
  apply: (given, seen) => sshFileSteps(fileOf(given), seen, editOf(given)),
})
