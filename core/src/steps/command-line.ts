import { quote, quoteAll } from '../wire/quote.js'

/** A command as the user gave it: a list of words, or text for a shell. */
export interface CommandLine {
  readonly command: string | readonly string[]
  /** Absolute folder; default the user's home. */
  readonly cwd?: string | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  /** A user of the target. */
  readonly runAs?: string | undefined
}

/**
 * The words that run a command under the watchdog, for a script that has the `watch` function. The text travels in an
 * environment variable that the command itself does not see, so that nothing of it shows in a process list.
 */
export const runWords = ({ command, cwd, env = {}, runAs }: CommandLine, seconds: number): string => {
  const text = typeof command === 'string' ? command : `exec ${quoteAll(command)}`
  const exports = Object.entries(env).map(([name, value]) => `export ${name}=${quote(value)}`)
  const enter = cwd === undefined ? 'cd "${HOME:-/}" 2>/dev/null || cd /' : `cd ${quote(cwd)} || exit 126`
  const inner = ['umask 022', enter, ...exports, text].join('\n')
  const shell =
    runAs === undefined
      ? `sh -c 's=$PROVE_TEXT;unset PROVE_TEXT;eval "$s"'`
      : `su -s /bin/sh ${quote(runAs)} -c 's=$PROVE_TEXT;unset PROVE_TEXT;eval "$s"'`
  return `eval ${quote(`PROVE_TEXT=${quote(inner)}; export PROVE_TEXT; watch ${Math.ceil(seconds)} ${shell}`)}`
}
