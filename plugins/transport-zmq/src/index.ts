import { definePlugin } from '@prove/core'
import { zmqTransport } from './zmq-transport.js'

export { zmqTransport }

export default definePlugin({ name: 'transport-zmq', core: '^0.1.0', transports: [zmqTransport] })
