import { messageOf, ProveError } from '../error.js'

interface Problem {
  readonly said: string
  /** What to do next. */
  readonly hint: string
}

const silent = 'check the address, that the other side runs, and that no firewall is between'

const whenDialling: Readonly<Record<string, Problem>> = {
  ECONNREFUSED: {
    said: 'connection refused',
    hint: 'check that the other side runs, that it listens at this port, and that no firewall refuses for it',
  },
  ECONNRESET: { said: 'the connection was reset', hint: 'check what listens there, and what is on the way to it' },
  EHOSTUNREACH: { said: 'no route to the host', hint: 'check the address, the route to it, and that the host is up' },
  ENETUNREACH: { said: 'the network is unreachable', hint: 'check the address, and the network of this host' },
  ETIMEDOUT: { said: 'nobody answered in time', hint: silent },
  ENOTFOUND: { said: 'no address is known for that name', hint: 'check how the name is written, or write an address' },
  EAI_AGAIN: { said: 'no name server answered', hint: 'check the name servers of this host, or write an address' },
  EACCES: { said: 'permission denied', hint: 'check the firewall of this host' },
  EPERM: { said: 'not permitted', hint: 'check the firewall of this host' },
}

const whenListening: Readonly<Record<string, Problem>> = {
  EADDRINUSE: {
    said: 'something listens there already',
    hint: 'choose another port, or stop what listens there ("ss -lntup" shows it)',
  },
  EADDRNOTAVAIL: {
    said: 'this host has no such address',
    hint: 'write an address of this host ("ip address" shows them), 0.0.0.0 or [::] for all of them',
  },
  EACCES: { said: 'permission denied', hint: 'choose a port above 1023, or give the program CAP_NET_BIND_SERVICE' },
  ENOTFOUND: whenDialling['ENOTFOUND'] as Problem,
  EAI_AGAIN: whenDialling['EAI_AGAIN'] as Problem,
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? ''

/** What becomes of an error that a socket had while it dialled: PRV_TRANSPORT_UNREACHABLE. One that is known stays as it is. */
export const unreachable = (address: string, error: unknown): ProveError => {
  if (error instanceof ProveError) return error
  const { said, hint } = whenDialling[codeOf(error)] ?? { said: messageOf(error) || codeOf(error), hint: silent }
  return new ProveError('PRV_TRANSPORT_UNREACHABLE', `nobody answers at "${address}": ${said}`, { hint, cause: error })
}

/** What becomes of an error that a socket had when it was to listen: PRV_TRANSPORT_LISTEN. One that is known stays as it is. */
export const cannotListen = (address: string, error: unknown): ProveError => {
  if (error instanceof ProveError) return error
  const { said, hint } = whenListening[codeOf(error)] ?? {
    said: messageOf(error),
    hint: 'choose another address or port',
  }
  return new ProveError('PRV_TRANSPORT_LISTEN', `cannot listen at "${address}": ${said}`, { hint, cause: error })
}
