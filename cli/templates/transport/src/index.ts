import { definePlugin } from '@prove/core'
import { acmeTransport } from './acme-transport.js'

export { acmeTransport }

export default definePlugin({ name: 'prove-transport-acme', core: '^0.1.0', transports: [acmeTransport] })
