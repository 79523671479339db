import type { Target } from '@prove/catalog'
import { isMap, ProveError } from '@prove/core'

/** How an agent and its master come together. */
export interface Meeting {
  /** Addresses at which the agent listens. */
  readonly listen: readonly string[]
  /** Addresses of the master that the agent dials. */
  readonly dial: readonly string[]
}

/** Where an agent listens that nobody told anything. */
export const usualListen = 'tcp://0.0.0.0:4505'

/** What a target says of how its agent is reached. */
export const agentOptions = ({ declared }: Target): Readonly<Record<string, unknown>> => {
  const { options } = declared.input
  return isMap(options) ? options : {}
}

/** What was asked for, or else what the target says of how its agent is reached. Throws PRV_USAGE. */
export const meetingOf = (target: Target, asked: Meeting): Meeting => {
  const { name } = target
  const { address, listen } = agentOptions(target)
  if (listen !== undefined && asked.dial.length === 0) {
    throw new ProveError('PRV_USAGE', `the agent of "${name}" is to dial this master, and nobody said where that is`, {
      hint: 'add --dial with the address of this master as the host sees it',
    })
  }
  if (asked.listen.length > 0 || asked.dial.length > 0) return asked
  return { listen: [typeof address === 'string' ? listeningFor(name, address) : usualListen], dial: [] }
}

const parts = /^(?<scheme>[a-z][a-z0-9-]*):\/\/(?<host>\[[^\]]*\]|[^:/]*)(?<rest>.*)$/

/** At all addresses of its host: the one that is dialled may be that of a router or a tunnel. */
const listeningFor = (name: string, address: string): string => {
  const { scheme, host = '', rest } = parts.exec(address)?.groups ?? {}
  if (scheme === undefined || scheme === 'https') {
    throw new ProveError('PRV_USAGE', `"${address}" does not tell where the agent of "${name}" is to listen`, {
      hint: 'add --listen, such as --listen http://127.0.0.1:4505/prove behind a proxy',
    })
  }
  return `${scheme}://${host.startsWith('[') ? '[::]' : '0.0.0.0'}${rest}`
}
