import { definePlugin } from '@prove/core'
import { udpTransport } from './udp-transport.js'

export { udpTransport }

export default definePlugin({ name: 'transport-udp', core: '^0.1.0', transports: [udpTransport] })
