import { definePlugin } from '@prove/core'
import { run } from './run.js'

export { run }

export default definePlugin({ name: 'state-cmd', core: '^0.1.0', states: [run] })
