import { definePlugin } from '@prove/core'
import { httpsTransport, httpTransport } from './http-transport.js'

export { httpsTransport, httpTransport }

export default definePlugin({ name: 'transport-http', core: '^0.1.0', transports: [httpTransport, httpsTransport] })
