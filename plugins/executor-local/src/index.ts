import { definePlugin } from '@prove/core'
import { localExecutor } from './local-executor.js'

export { localExecutor }

export default definePlugin({
  name: 'executor-local',
  core: '^0.1.0',
  executors: [localExecutor],
})
