interface Failed {
  readonly code: string | undefined
  /** What of ssh failed, in the words of ssh2. */
  readonly level: string | undefined
  readonly said: string
}

const tooMany =
  'sshd takes no more logins just now (MaxStartups), or bars this address: try again, or lower --concurrency'

const byCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'check that sshd runs there, and "port"',
  EHOSTUNREACH: 'check the address, and that the host is up',
  ENETUNREACH: 'check the address, and the network here',
  ETIMEDOUT: 'check the address, the firewall, and that the host is up',
  ENOTFOUND: 'check "host" of the target, and HostName in ssh_config',
  EAI_AGAIN: 'check "host" of the target, and the name servers here',
  ECONNRESET: tooMany,
}

const byLevel: Readonly<Record<string, string>> = {
  'client-authentication': 'check "user" and "identity", and that the agent has the key: ssh-add -l',
  'client-timeout': 'check the address, the firewall, and that the host is up; "connectTimeout" allows more',
  agent: 'check that the agent runs: ssh-add -l',
}

/** What to try next where no login came about. */
export const hintOf = ({ code, level, said }: Failed): string => {
  const known = byCode[code ?? ''] ?? byLevel[level ?? '']
  if (known !== undefined) return known
  return /lost before handshake|was closed/i.test(said)
    ? tooMany
    : 'try it by hand with "ssh -v", or use the executor "openssh"'
}
