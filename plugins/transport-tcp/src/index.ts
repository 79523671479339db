import { definePlugin } from '@prove/core'
import { tcpTransport } from './tcp-transport.js'

export { tcpTransport }

export default definePlugin({ name: 'transport-tcp', core: '^0.1.0', transports: [tcpTransport] })
