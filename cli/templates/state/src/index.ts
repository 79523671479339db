import { definePlugin } from '@prove/core'
import { setting } from './setting.js'
import { linesKind } from './setting-lines.js'
import { setLineKind } from './set-line.js'

export { setting }

export default definePlugin({
  name: 'prove-state-acme',
  core: '^0.1.0',
  states: [setting],
  reads: [linesKind],
  steps: [setLineKind],
})
