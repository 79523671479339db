import { definePlugin } from '@prove/core'
import { sshExecutor } from './ssh-executor.js'

export { sshExecutor }

export default definePlugin({
  name: 'executor-ssh',
  core: '^0.1.0',
  executors: [sshExecutor],
})
