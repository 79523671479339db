import type { Duplex } from 'node:stream'
import { type Transport, z } from '@prove/core'
import { cannotListen, readSocketAddress, unreachable, withDeadline } from '@prove/core/sockets'
import { dialAt } from './udp-dial.js'
import { UdpPort } from './udp-port.js'
import { addressesOf } from './udp-socket.js'

const seconds = (otherwise: number, description: string) =>
  z.number().positive().default(otherwise).meta({ description })

const options = {
  connectTimeout: seconds(
    10,
    'Seconds to wait for an answer when dialling, and in which a new peer says a first word.',
  ),
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

  async listen(address, { connectTimeout, maxConnections, ...pace }, accept) {
    const where = readSocketAddress('udp', address)
    const limits = {
      connections: maxConnections,
      ...waiting,
      firstWord: connectTimeout * 1000,
      capacity,
      patience: patienceOf(pace),
    }
    try {
      const [first = where] = await addressesOf(where)
      const port = await UdpPort.open(first, limits, accept)
      return { address: port.address, close: async () => port.shut() }
    } catch (error) {
      throw cannotListen(address, error)
    }
  },

  async dial(address, { connectTimeout, ...pace }, signal) {
    const where = readSocketAddress('udp', address)
    try {
      const targets = await addressesOf(where)
      const limits = { capacity, patience: patienceOf(pace) }
      const patience = connectTimeout / targets.length
      return await firstOf(targets, (target) => withDeadline(patience, signal, (stop) => dialAt(target, limits, stop)))
    } catch (error) {
      throw unreachable(address, error)
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
