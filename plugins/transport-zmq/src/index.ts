import { definePlugin } from '@prove/core'

export default definePlugin({ name: 'transport-zmq', core: '^0.1.0', transports: [] })
