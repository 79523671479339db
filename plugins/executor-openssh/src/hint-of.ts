import { quote } from '@prove/core'

/** What ssh says, and what to try then; the first that fits. */
const hints: readonly (readonly [RegExp, (host: string) => string])[] = [
  [
    /IDENTIFICATION HAS CHANGED/,
    (host) =>
      `its key is another than the known one: find out why, and only then forget the old one: ssh-keygen -R ${quote(host)}`,
  ],
  [
    /Host key verification failed/,
    (host) => `compare its key with what its administrator says, then accept it once: ssh ${quote(host)}`,
  ],
  [/Could not resolve hostname/, () => 'check "host" of the target, and HostName in ssh_config'],
  [/Connection refused/, () => 'check that sshd runs there, and "port"'],
  [/No route to host|Network is unreachable/, () => 'check the address, and that the host is up'],
  [/timed out/, () => 'check the address, the firewall, and that the host is up; "connectTimeout" allows more'],
  [
    /Permission denied|Too many authentication failures/,
    () => 'check "user" and "identity", and that the agent has the key: ssh-add -l',
  ],
  [
    /kex_exchange_identification|Connection (reset|closed) by/,
    () => 'sshd takes no more logins just now (MaxStartups), or bars this address: try again, or lower --concurrency',
  ],
  [/Bad configuration option|no argument after keyword/i, () => 'check "settings", and the ssh_config that is read'],
]

/** What to try next where ssh did not connect. */
export const hintOf = (said: string, host: string): string =>
  hints.find(([words]) => words.test(said))?.[1](host) ?? `try it by hand: ssh -v ${quote(host)}`
