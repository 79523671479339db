import { definePlugin } from '@prove/core'

export default definePlugin({ name: 'state-pkg', core: '^0.1.0', states: [] })
