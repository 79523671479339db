import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { readSocketAddress, unreachable, withDeadline } from '@prove/core/sockets'
import type { Dealer } from 'zeromq'
import { knock } from './knock.js'
import { Outbox } from './outbox.js'
import { wayIn } from './way-in.js'
import { hiccup, zeroMq } from './zeromq.js'
import type { ZmqOptions } from './zmq-options.js'
import { ZmqStream } from './zmq-stream.js'

/** What a socket that is closed may still send, in milliseconds. */
const linger = 1000

/** Resolves when the other side has taken the connection. Throws PRV_TRANSPORT_ADDRESS and PRV_TRANSPORT_UNREACHABLE. */
export const dialZmq = async (address: string, options: ZmqOptions, signal?: AbortSignal): Promise<Duplex> => {
  const where = readSocketAddress('zmq', address)
  const attempt = async (stop: AbortSignal): Promise<Duplex> => {
    stop.throwIfAborted()
    return opened(await knock(where, stop), options, stop)
  }
  return withDeadline(options.connectTimeout, signal, attempt).catch((error: unknown) => {
    throw unreachable(address, error)
  })
}

/** A stream over a connection to where ZeroMQ answers; the connection is closed when that fails. */
const opened = async (outer: Socket, options: ZmqOptions, stop: AbortSignal): Promise<ZmqStream> => {
  const dealer = (await zeroMq()).dealer(options)
  let release: () => void = () => undefined
  const handedOver = new Promise<void>((resolve) => {
    release = resolve
  })
  try {
    const { path, close } = await wayIn(outer)
    let stream: ZmqStream
    try {
      dealer.connect(`ipc://${path}`)
      stream = await accepted({ dealer, outer, handedOver }, options, stop)
    } finally {
      await close()
    }
    if (stream.destroyed) throw stream.errored ?? new Error('the connection was closed again')
    // Who dialled listens for errors by then.
    setImmediate(() => {
      stream.off('error', ignore)
      release()
    })
    return stream
  } catch (error) {
    release()
    dealer.close()
    outer.destroy()
    throw error
  }
}

const ignore = (): void => undefined

/** What carries a stream that is being dialled; after the acceptance nothing is taken until it is `handedOver`. */
interface Way {
  readonly dealer: Dealer
  readonly outer: Socket
  readonly handedOver: Promise<void>
}

const accepted = (way: Way, options: ZmqOptions, stop: AbortSignal): Promise<ZmqStream> =>
  new Promise((resolve, reject) => {
    const fail = (reason: unknown): void => {
      settle()
      reject(reason)
      stream.destroy()
    }
    const giveUp = (): void => fail(stop.reason)
    const leave = (): void => fail(new Error('who listens there did not take the connection'))
    const settle = (): void => {
      stop.removeEventListener('abort', giveUp)
      way.outer.off('close', leave)
      stream.off('error', fail)
    }
    const stream = streamOver(way.dealer, options, () => {
      settle()
      resolve(stream)
    })
    stream.on('error', ignore)
    stream.once('error', fail)
    stop.addEventListener('abort', giveUp, { once: true })
    way.outer.once('close', leave)
    void take(way, stream)
    if (stop.aborted) giveUp()
    else if (way.outer.destroyed) leave()
  })

const streamOver = (dealer: Dealer, { window, heartbeat }: ZmqOptions, taken: () => void): ZmqStream => {
  const outbox = new Outbox<ZmqStream>((_, frame) => dealer.send(frame))
  const carrier = {
    accepted: taken,
    wake: (stream: ZmqStream) => outbox.wake(stream),
    retry: (stream: ZmqStream) => outbox.retry(stream),
    over: (stream: ZmqStream) => {
      outbox.forget(stream)
      if (dealer.closed) return
      // The last frames tell the other side that nothing is missing.
      dealer.linger = linger
      dealer.close()
    },
  }
  return new ZmqStream({ id: randomBytes(16), role: 'dialer', window, heartbeat, carrier })
}

/** Hands on what comes, until the socket is closed. */
const take = async ({ dealer, handedOver }: Way, stream: ZmqStream): Promise<void> => {
  for await (const [message, ...more] of dealer) {
    if (message === undefined || message.equals(hiccup)) stream.lost('the other side is gone')
    else if (more.length > 0) stream.refuse('a message has one part')
    else stream.receive(message)
    await handedOver
  }
}
