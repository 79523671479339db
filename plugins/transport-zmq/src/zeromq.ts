import type { Context, Dealer, Router } from 'zeromq'
import { maxFrame } from './frame.js'
import type { ZmqOptions } from './zmq-options.js'

/** The sockets of ZeroMQ as streams use them. */
export interface ZeroMq {
  /** One that tells of each peer that is gone by an empty message from it. */
  router(options: ZmqOptions): Router
  /** One that tells that its connection is gone by the message `hiccup`, and does not connect again by itself. */
  dealer(options: ZmqOptions): Dealer
}

/** A message that no frame is: the DEALER puts it behind all that came before its connection was lost. */
export const hiccup = Buffer.from('gone')

/** Options that libzmq has as drafts, and its JavaScript has no names for: where they are not built in, silence tells as much. */
const [routerNotify, notifyDisconnect, hiccupMessage] = [97, 2, 114]

/** The highest number of sockets that libzmq allows a context. */
const maxSockets = 65_535

/** Longer than any process lives, in milliseconds. */
const never = 2 ** 31 - 1

const common = (context: Context, { highWaterMark, heartbeat, connectTimeout }: ZmqOptions) => ({
  context,
  sendHighWaterMark: highWaterMark,
  receiveHighWaterMark: highWaterMark,
  // A message that cannot go now is held here, beside those of others, and not by libzmq before them.
  sendTimeout: 0,
  maxMessageSize: maxFrame,
  heartbeatInterval: Math.ceil(heartbeat * 1000),
  heartbeatTimeout: Math.ceil(heartbeat * 2000),
  handshakeInterval: Math.ceil(connectTimeout * 1000),
  linger: 0,
})

let loaded: Promise<ZeroMq> | undefined

/** Loads the addon, when it is needed for the first time. */
export const zeroMq = (): Promise<ZeroMq> => (loaded ??= load())

const load = async (): Promise<ZeroMq> => {
  const { capability, Context: ContextOf, Dealer: DealerOf, Router: RouterOf } = await import('zeromq')

  class NotifyingRouter extends RouterOf {
    notify(): this {
      if (capability.draft === true) this.setInt32Option(routerNotify, notifyDisconnect)
      return this
    }
  }

  class NotifyingDealer extends DealerOf {
    notify(): this {
      if (capability.draft === true) this.setStringOption(hiccupMessage, hiccup)
      return this
    }
  }

  // Of our own: other users of ZeroMQ in this process keep their limits.
  const context = new ContextOf({ maxSockets, blocky: false })
  return {
    router: (options) =>
      new NotifyingRouter({
        ...common(context, options),
        mandatory: true,
        handover: false,
        // A path, other than a port, refuses who comes beyond it at once.
        backlog: Math.max(options.maxHalfOpen, 128),
      }).notify(),
    dealer: (options) => new NotifyingDealer({ ...common(context, options), reconnectInterval: never }).notify(),
  }
}
