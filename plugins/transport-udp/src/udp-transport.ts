import { messageOf, ProveError, type Transport, z } from '@prove/core'
import type { Duplex } from 'node:stream'
import { parseAddress } from './udp-address.js'
import { dialAt } from './udp-dial.js'
import { UdpPort } from './udp-port.js'
import { addressesOf } from './udp-socket.js'

const seconds = (otherwise: number, description: string) =>
  z.number().positive().default(otherwise).meta({ description })

const options = {
  connectTimeout: seconds(10, 'Seconds to wait for an answer when dialling.'),
  keepAlive: seconds(10, 'Seconds without a word after which the other side is asked whether it is there.'),
  deadAfter: seconds(30, 'Seconds without a word after which the other side is taken for dead.'),
  maxConnections: z
    .int()
    .positive()
    .default(2000)
    .meta({ description: 'Connections that a listener takes at one time.' }),
}

/** Segments that an end keeps for its reader: about 1 MiB. */
const capacity = 896

/** Connections at one time that were let in and have not spoken yet. */
const waiting = { waiting: 4096, waitingOfOne: 1024 }

const patienceOf = ({ keepAlive, deadAfter }: { keepAlive: number; deadAfter: number }) => ({
  keepAlive: keepAlive * 1000,
  deadAfter: deadAfter * 1000,
})

/** Reliable streams over UDP, for networks that let nothing else through. Experimental. */
export const udpTransport: Transport<typeof options> = {
  name: 'udp',
  about: 'Streams over UDP; experimental.',
  options,

  async listen(address, { maxConnections, ...pace }, accept) {
    const where = parseAddress(address)
    const limits = { connections: maxConnections, ...waiting, capacity, patience: patienceOf(pace) }
    try {
      const [first = where] = await addressesOf(where)
      const port = await UdpPort.open(first, limits, accept)
      return { address: port.address, close: async () => port.shut() }
    } catch (error) {
      throw new ProveError('PRV_TRANSPORT_LISTEN', `cannot listen at "${address}": ${messageOf(error)}`, {
        hint: 'choose another port, or stop what listens there',
        cause: error,
      })
    }
  },

  async dial(address, { connectTimeout, ...pace }, signal) {
    const where = parseAddress(address)
    try {
      const targets = await addressesOf(where)
      const limits = { capacity, patience: patienceOf(pace) }
      return await firstOf(targets, (target) => {
        const stop = AbortSignal.timeout((connectTimeout * 1000) / targets.length)
        return dialAt(target, limits, signal === undefined ? stop : AbortSignal.any([stop, signal]))
      })
    } catch (error) {
      throw new ProveError('PRV_TRANSPORT_UNREACHABLE', `nobody answers at "${address}": ${messageOf(error)}`, {
        hint: 'check that the other side runs, and that no firewall is between that drops UDP',
        cause: error,
      })
    }
  },
}

/** The first that succeeds, tried one after the other; else the last failure. */
const firstOf = async <T>(all: readonly T[], attempt: (one: T) => Promise<Duplex>): Promise<Duplex> => {
  let last: unknown
  for (const one of all) {
    try {
      return await attempt(one)
    } catch (error) {
      last = error
    }
  }
  throw last
}
