import { quote } from '@prove/core'
import type { Repository } from './repository.js'

/** How the repository is reached. */
export interface Access {
  readonly repository: Repository
  /** A file of the target. */
  readonly key?: string | undefined
  readonly acceptHostKey?: boolean | undefined
}

// The helper is told in an environment variable what no process list may show.
const helper = `!f() { printf 'username=%s\\npassword=%s\\n' "$PROVE_GIT_USERNAME" "$PROVE_GIT_PASSWORD"; }; f`

/** Submodules and redirections may lead to other servers, which are not told the password. */
const originOf = (url: string): string => /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? url

// New keys go to the first file, and all files are looked at: a look keeps nothing.
const knownNowhere = 'UserKnownHostsFile=/dev/null ~/.ssh/known_hosts ~/.ssh/known_hosts2'

/** Variables by which git asks nobody anything, and which say who it is. */
export const gitEnvironment = (
  { repository, key, acceptHostKey }: Access,
  { isLook = false }: { readonly isLook?: boolean } = {},
): Readonly<Record<string, string>> => {
  const { credentials } = repository
  const ssh = ['ssh', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15']
  if (acceptHostKey === true) ssh.push('-o', 'StrictHostKeyChecking=accept-new')
  if (acceptHostKey === true && isLook) ssh.push('-o', knownNowhere)
  if (key !== undefined) ssh.push('-o', 'IdentitiesOnly=yes', '-i', key)
  return {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    // A look at a checkout writes nothing into it.
    GIT_OPTIONAL_LOCKS: '0',
    GIT_SSH_COMMAND: ssh.map(quote).join(' '),
    ...(credentials === undefined
      ? {}
      : {
          GIT_CONFIG_COUNT: '3',
          // Empty: helpers of the host are not asked, neither those of all servers nor those of this one.
          GIT_CONFIG_KEY_0: 'credential.helper',
          GIT_CONFIG_VALUE_0: '',
          GIT_CONFIG_KEY_1: `credential.${originOf(repository.url)}.helper`,
          GIT_CONFIG_VALUE_1: '',
          GIT_CONFIG_KEY_2: `credential.${originOf(repository.url)}.helper`,
          GIT_CONFIG_VALUE_2: helper,
          PROVE_GIT_USERNAME: credentials.username,
          PROVE_GIT_PASSWORD: credentials.password,
        }),
  }
}
