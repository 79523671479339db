import type { Transport } from '../contracts/transport.js'
import { ProveError } from '../error.js'
import { didYouMean } from '../nearest.js'
import type { LaterPlugins } from './later-plugins.js'
import type { Registry } from './registry.js'

/** The transport that an address names by its scheme; its plugin is loaded for it. Throws PRV_TRANSPORT_UNKNOWN. */
export const transportOf = async (
  address: string,
  transports: Registry<Transport>,
  later: LaterPlugins,
): Promise<Transport> => {
  const scheme = /^([a-z][a-z0-9-]*):\/\//.exec(address)?.[1]
  if (scheme === undefined) {
    throw new ProveError('PRV_TRANSPORT_ADDRESS', `"${address}" does not begin with the name of a transport`, {
      hint: 'write it as tcp://host:port',
    })
  }
  await later.bring('transports', scheme)
  const transport = transports.get(scheme)
  if (transport !== undefined) return transport
  await later.bring('transports')
  throw new ProveError('PRV_TRANSPORT_UNKNOWN', `no plugin brings the transport "${scheme}" of "${address}"`, {
    hint: didYouMean(scheme, transports.names) ?? `transports are ${transports.names.join(', ')}`,
  })
}
