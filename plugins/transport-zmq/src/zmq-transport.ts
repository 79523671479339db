import type { Transport } from '@prove/core'
import { dialZmq } from './zmq-dialer.js'
import { listenZmq } from './zmq-listener.js'
import { zmqOptions } from './zmq-options.js'

/** Moves bytes over ZeroMQ, a ROUTER that listens and a DEALER that dials. */
export const zmqTransport: Transport<typeof zmqOptions> = {
  name: 'zmq',
  about: 'Streams over ZeroMQ.',
  options: zmqOptions,
  listen: listenZmq,
  dial: dialZmq,
}
