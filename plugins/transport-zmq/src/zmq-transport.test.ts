import { once } from 'node:events'
import { connect } from 'node:net'
import { readSocketAddress } from '@prove/core/sockets'
import { tcpRelay, transportSuite } from '@prove/core/testing'
import { zmqTransport } from './zmq-transport.js'

transportSuite(zmqTransport, {
  address: () => 'zmq://127.0.0.1:0',
  options: { connectTimeout: 2 },
  malformed: ['zmq://', 'zmq://127.0.0.1', 'zmq://127.0.0.1:99999', 'tcp://127.0.0.1:80', '127.0.0.1:80'],
  relay: tcpRelay,
  stranger: async (listening) => {
    const socket = connect(readSocketAddress('zmq', listening))
    await once(socket, 'connect')
    return socket
  },
})
