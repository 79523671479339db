import { definePlugin } from '@prove/core'

export default definePlugin({ name: 'transport-udp', core: '^0.1.0', transports: [] })
