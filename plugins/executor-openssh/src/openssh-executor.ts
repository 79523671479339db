import { randomBytes } from 'node:crypto'
import { type Executor, spawnStream, z } from '@prove/core'
import { connected } from './connected.js'

const told = (description: string) => z.string().min(1).optional().meta({ description })

const options = {
  user: told('Whom to log in as, in place of what ssh_config says.'),
  port: z.int().positive().optional().meta({ description: 'Where sshd listens, in place of what ssh_config says.' }),
  identity: told('A file with a private key. Others are not tried then.'),
  config: told('A file to read in place of ~/.ssh/config.'),
  knownHosts: told('The file of known host keys, in place of the usual ones.'),
  connectTimeout: z.int().min(1).default(10).meta({ description: 'Seconds that connecting may take.' }),
  settings: z
    .record(z.string().regex(/^[A-Za-z0-9]+$/), z.string())
    .default({})
    .meta({ description: 'Further settings of ssh_config, such as { ProxyJump: "gate" }; they come first.' }),
  program: z.string().min(1).default('ssh').meta({ description: 'The ssh program.' }),
}

type Options = z.output<z.ZodObject<typeof options>>

/** After so many seconds of silence ssh asks whether the other side is there; it asks this often, then gives it up. */
const silence = { seconds: 8, times: 2 }

/** Runs a command line over the ssh program; nothing is asked at the terminal, and no terminal is made on the target. */
export const opensshExecutor: Executor<typeof options> = {
  name: 'openssh',
  about: 'The ssh program of OpenSSH, with its configuration.',
  options,
  open: async (given, command, { host, signal }) => {
    const mark = `prove-${randomBytes(9).toString('hex')}`
    // Whether it was ssh or the command that failed, its exit status alone does not tell.
    const words = [...wordsOf(given, host), `echo ${mark};${command}`]
    const stream = await spawnStream(words, { hint: 'install the client of OpenSSH, or set the option "program"' })
    return connected(stream, mark, { host, signal })
  },
}

const wordsOf = (given: Options, host: string): readonly string[] => {
  const { program, user, port, identity, config, knownHosts, connectTimeout, settings } = given
  const all: Readonly<Record<string, string | number | undefined>> = {
    ServerAliveInterval: silence.seconds,
    ServerAliveCountMax: silence.times,
    ...settings,
    BatchMode: 'yes',
    ConnectTimeout: connectTimeout,
    IdentitiesOnly: identity === undefined ? undefined : 'yes',
    UserKnownHostsFile: knownHosts,
    // A file of known keys that was named is the only one.
    GlobalKnownHostsFile: knownHosts === undefined ? undefined : '/dev/null',
  }
  return [
    program,
    '-T',
    ...(config === undefined ? [] : ['-F', config]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(identity === undefined ? [] : ['-i', identity]),
    ...Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : ['-o', `${name}=${value}`])),
    '--',
    host,
  ]
}
