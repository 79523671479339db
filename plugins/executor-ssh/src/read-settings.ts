import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { messageOf, ProveError } from '@prove/core'
import type { SshOptions } from './ssh-options.js'
import { type SshSettings, settingsOf } from './ssh-settings.js'

type Given = Pick<SshOptions, 'user' | 'port' | 'identity' | 'config' | 'knownHosts' | 'connectTimeout'>

/**
 * What ssh_config says of a host, with what the target says in its place. OpenSSH is asked where it is installed, since it alone
 * knows all of its language; else a parser reads the file. Throws PRV_TARGET_UNREACHABLE for a configuration that cannot be read.
 */
export const readSettings = async (host: string, given: Given): Promise<SshSettings> => {
  const found = settingsOf((await asked(host, given)) ?? (await parsed(host, given)), process.env)
  const { user, port, identity, knownHosts, connectTimeout } = given
  return {
    ...found,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(identity === undefined ? {} : { identityFiles: [identity], identitiesOnly: true }),
    ...(knownHosts === undefined ? {} : { knownHostsFiles: [knownHosts] }),
    ...(connectTimeout === undefined ? {} : { connectTimeout }),
  }
}

/** Undefined where there is no OpenSSH. */
const asked = async (host: string, { user, port, config }: Given): Promise<string | undefined> => {
  const words = [
    '-G',
    ...(config === undefined ? [] : ['-F', config]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    '--',
    host,
  ]
  try {
    return (await promisify(execFile)('ssh', words, { maxBuffer: 1 << 20 })).stdout
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const said = ((error as { readonly stderr?: string }).stderr ?? '').trim()
    throw unreadable(said === '' ? messageOf(error) : said.split('\n').slice(0, 2).join('; '), error)
  }
}

const usualFiles = (): readonly string[] =>
  ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => join(homedir(), '.ssh', name))

/** Lines as OpenSSH would print them, with its defaults where this executor heeds them. */
const parsed = async (host: string, { config }: Given): Promise<string> => {
  const file = config ?? join(homedir(), '.ssh/config')
  const { default: SshConfig } = await import('ssh-config')
  let values: Readonly<Record<string, string | readonly string[]>> = {}
  try {
    if (existsSync(file)) values = SshConfig.parse(readFileSync(file, 'utf8')).compute(host, { ignoreCase: true })
  } catch (error) {
    throw unreadable(`${file}: ${messageOf(error)}`, error)
  }
  const given = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]))
  const usual = {
    hostname: host,
    user: userInfo().username,
    identityfile: usualFiles(),
    userknownhostsfile: '~/.ssh/known_hosts ~/.ssh/known_hosts2',
    globalknownhostsfile: '/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2',
  }
  const all = { ...usual, ...Object.fromEntries(given) }
  return Object.entries(all)
    .flatMap(([key, value]) => {
      const words = [value].flat()
      // Keys are declared one a line; files of known hosts stand on one.
      return key === 'identityfile' ? words.map((word) => `${key} ${word}`) : [`${key} ${words.join(' ')}`]
    })
    .join('\n')
}

const unreadable = (said: string, cause: unknown): ProveError =>
  new ProveError('PRV_TARGET_UNREACHABLE', `cannot read the configuration of ssh: ${said}`, {
    hint: 'mend the file that it names, or set the option "config"',
    cause,
  })
