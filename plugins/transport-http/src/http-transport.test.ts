import { once } from 'node:events'
import { connect } from 'node:net'
import { tcpRelay, transportSuite } from '@prove/core/testing'
import { describe } from 'vitest'
import { httpTransport } from './http-transport.js'

const stranger = async (listening: string) => {
  const { hostname, port } = new URL(listening)
  const socket = connect({ host: hostname, port: Number(port) })
  await once(socket, 'connect')
  return socket
}

describe.each(['websocket', 'poll'])('by %s', (framing) => {
  transportSuite(httpTransport, {
    address: () => 'http://127.0.0.1:0/prove',
    options: { framing, handshakeTimeout: 0.5, silence: 2 },
    malformed: [
      'http://',
      'http://h:99999',
      'http://h:1/?query',
      'http://h:1/#part',
      'http://u@h:1/',
      'http://::1:80/',
      'https://h',
      'h:80',
    ],
    relay: tcpRelay,
    stranger,
  })
})
