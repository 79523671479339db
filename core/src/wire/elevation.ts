import { ProveError } from '../error.js'
import { quote, quoteAll } from './quote.js'

/** How the shell on the target becomes another user, once, when it is opened. */
export interface Elevation {
  readonly method: 'sudo' | 'doas' | 'su'
  readonly user: string
  /** Asked for at most once, and only when the target wants a password. */
  readonly password?: (() => Promise<string>) | undefined
}

/** One try at a shell: a command line, and how the target asks for a password if it may. */
export interface Attempt {
  readonly command: string
  readonly prompt?: string | RegExp
}

/**
 * The command lines to try, in order. The second is reached only when the first says that it needs a password.
 * `boot` must survive being single-quoted for any login shell.
 */
export const attempts = (boot: string, elevation: Elevation | undefined, nonce: string): readonly Attempt[] => {
  const plain = `sh -c '${boot}'`
  if (elevation === undefined) return [{ command: plain }]
  const { method, user, password } = elevation
  switch (method) {
    case 'sudo': {
      const silent = { command: `${quoteAll(['sudo', '-n', '-u', user])} ${plain}` }
      const prompt = `prove-password-${nonce}:`
      const asking = { command: `${quoteAll(['sudo', '-k', '-S', '-p', prompt, '-u', user])} ${plain}`, prompt }
      return password === undefined ? [silent] : [silent, asking]
    }
    case 'doas':
      return [{ command: `${quoteAll(['doas', '-n', '-u', user])} ${plain}` }]
    case 'su':
      return [{ command: `su -s /bin/sh ${quote(user)} -c '${boot}'`, prompt: /password[^\n]*: ?$/i }]
  }
}

/** The error for a shell that could not become the user, out of what the tool said. */
export const elevationError = (elevation: Elevation, said: string, wrongPassword: boolean): ProveError => {
  const { method, user } = elevation
  const words = said.trim().split('\n').slice(-2).join('; ')
  if (wrongPassword) {
    return new ProveError('PRV_TARGET_ELEVATION', `${method} did not accept the password`, {
      hint: 'check the password, then run again',
    })
  }
  const quoted = words === '' ? '' : `: ${words}`
  return new ProveError('PRV_TARGET_ELEVATION', `${method} could not become "${user}"${quoted}`, {
    hint: hintOf(method, words),
  })
}

const hintOf = (method: Elevation['method'], words: string): string => {
  const others = ['sudo', 'doas', 'su'].filter((name) => name !== method)
  if (/not found|no such file|unknown command/i.test(words)) {
    return `install ${method} there, or set "elevate" of the target to what it has: ${others.join(' or ')}`
  }
  if (/\btty\b/.test(words)) {
    return 'allow it without a terminal: a line "Defaults:USER !requiretty" in sudoers, for the user who logs in'
  }
  if (/not in the sudoers|not allowed/.test(words))
    return 'give the user who logs in a rule in sudoers, or log in as another'
  if (method === 'doas') return 'give the user a "nopass" rule in doas.conf: doas reads passwords from a terminal only'
  return `run with --ask-password, or let ${method} work without a password for this user`
}
