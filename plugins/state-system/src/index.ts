import { definePlugin } from '@prove/core'

export default definePlugin({ name: 'state-system', core: '^0.1.0', states: [] })
