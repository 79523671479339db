interface Failed {
  readonly code: string | undefined
  /** What of ssh failed, in the words of ssh2. */
  readonly level: string | undefined
  readonly said: string
}

interface Problem {
  readonly said: string
  /** What to try next. */
  readonly hint: string
}

const tooMany =
  'sshd takes no more logins just now (MaxStartups), or bars this address: try again, or lower --concurrency'
const silent = 'check the address, the firewall, and that the host is up'

const byCode: Readonly<Record<string, Problem>> = {
  ECONNREFUSED: { said: 'connection refused', hint: 'check that sshd runs there, and "port"' },
  EHOSTUNREACH: { said: 'no route to the host', hint: 'check the address, and that the host is up' },
  ENETUNREACH: { said: 'the network is unreachable', hint: 'check the address, and the network here' },
  ETIMEDOUT: { said: 'nobody answered in time', hint: silent },
  ENOTFOUND: {
    said: 'no address is known for that name',
    hint: 'check "host" of the target, and HostName in ssh_config',
  },
  EAI_AGAIN: {
    said: 'no name server answered',
    hint: 'check "host" of the target, and the name servers here',
  },
  ECONNRESET: { said: 'the connection was reset', hint: tooMany },
}

/** Why no login came about, out of what the library said. */
export const problemOf = ({ code, level, said }: Failed): Problem => {
  const known = byCode[code ?? '']
  if (known !== undefined) return known
  if (level === 'client-timeout') {
    return { said: 'nobody answered in time', hint: `${silent}; "connectTimeout" allows more` }
  }
  return /lost before handshake|was closed/i.test(said)
    ? { said: 'closed by the other side', hint: tooMany }
    : { said, hint: 'try it by hand with "ssh -v", or use the executor "openssh"' }
}
