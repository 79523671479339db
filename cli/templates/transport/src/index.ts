import { definePlugin } from '@prove/core'
import { sampleTransport } from './sample-transport.js'

export { sampleTransport }

export default definePlugin({ name: 'prove-transport-sample', core: '^0.1.0', transports: [sampleTransport] })
