import type { Socket } from 'node:dgram'
import { performance } from 'node:perf_hooks'
import type { Duplex } from 'node:stream'
import { ProveError } from '@prove/core'
import { formatSocketAddress, type HostAndPort } from '@prove/core/sockets'
import { type Answer, Dialling } from './handshake/dialling.js'
import { StreamDriver } from './stream-driver.js'
import { StreamMachine } from './stream/stream-machine.js'
import type { Patience } from './stream/watch.js'
import { UdpDuplex } from './udp-duplex.js'
import { newConnectionId } from './udp-port.js'
import { ready, socketFor } from './udp-socket.js'
import { decode } from './wire/decode.js'

/** What a dialled stream keeps to. */
export interface DialLimits {
  readonly capacity: number
  readonly patience: Patience
}

const refusals = {
  full: ['has as many connections as it takes', 'check "maxConnections" of the other side'],
  shut: ['takes no connections any more', 'check that the other side is not about to stop'],
} as const

const refusalOf = (where: HostAndPort, why: keyof typeof refusals): ProveError => {
  const [said, hint] = refusals[why]
  return new ProveError('PRV_TRANSPORT_UNREACHABLE', `"${formatSocketAddress('udp', where)}" ${said}`, { hint })
}

/** Dials one address. Rejects when nobody answers there, or with the reason of `stop`. */
export const dialAt = async (where: HostAndPort, limits: DialLimits, stop: AbortSignal): Promise<Duplex> => {
  const { host, port } = where
  stop.throwIfAborted()
  const socket = socketFor(host)
  await ready(socket, (done) => socket.connect(port, host, done))
  const ours = newConnectionId()
  try {
    const answer = await shakeHands(socket, new Dialling(ours), stop)
    if ('refusal' in answer) throw refusalOf(where, answer.refusal)
    const took = answer.answerTook === undefined ? {} : { answerTook: answer.answerTook }
    const start = { ours, theirs: answer.listener, ...limits, ...took, speaksFirst: true }
    return connectionOver(socket, new StreamMachine(start, performance.now()))
  } catch (error) {
    socket.close()
    throw error
  }
}

/** Asks until there is an answer. Rejects with what the network says, or with the reason of `stop`. */
export const shakeHands = (socket: Socket, dialling: Dialling, stop: AbortSignal): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      stop.removeEventListener('abort', giveUp)
      socket.removeAllListeners('message').removeAllListeners('error')
      act()
    }
    const fail = (error: unknown): void => settle(() => reject(error))
    const giveUp = (): void => fail(stop.reason)
    const go = (): void => {
      clearTimeout(timer)
      const { answer } = dialling
      if (answer !== undefined) return settle(() => resolve(answer))
      const datagram = dialling.poll(performance.now())
      if (datagram !== undefined) socket.send(datagram, (error) => void (error !== null && fail(error)))
      timer = setTimeout(go, Math.max(1, dialling.deadline - performance.now()))
    }
    if (stop.aborted) return giveUp()
    stop.addEventListener('abort', giveUp, { once: true })
    // Nobody has said anything yet: what the network says about it is all there is.
    socket.on('error', fail)
    socket.on('message', (datagram) => {
      dialling.receive(datagram, performance.now())
      go()
    })
    go()
  })

const connectionOver = (socket: Socket, machine: StreamMachine): Duplex => {
  const driver = new StreamDriver(machine)
  const doubt = (error: NodeJS.ErrnoException | null): void => {
    if (error?.code !== 'ECONNREFUSED') return
    machine.doubt(performance.now())
    driver.wake()
  }
  const connection = new UdpDuplex(driver, () => socket.unref())
  socket.on('error', doubt)
  socket.on('message', (datagram) => {
    const packet = decode(datagram)
    if (packet === undefined) return
    machine.receive(packet, performance.now())
    driver.wake()
  })
  driver.begin({
    send: (datagram) => socket.send(datagram, doubt),
    settle: connection.settle,
    closed: () => socket.close(),
  })
  return connection
}
