import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where the keys of the master are: `$PROVE_KEYS`, else `prove/keys` among what its user keeps (XDG_STATE_HOME). */
export const keyFolder = (env: NodeJS.ProcessEnv = process.env): string => {
  const { PROVE_KEYS: given = '', XDG_STATE_HOME: state = '' } = env
  if (isAbsolute(given)) return given
  return join(isAbsolute(state) ? state : join(homedir(), '.local/state'), 'prove/keys')
}
