import { definePlugin } from '@prove/core'
import { opensshExecutor } from './openssh-executor.js'

export { opensshExecutor }

export default definePlugin({
  name: 'executor-openssh',
  core: '^0.1.0',
  executors: [opensshExecutor],
})
