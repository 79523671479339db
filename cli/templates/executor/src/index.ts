import { definePlugin } from '@prove/core'
import { acmeExecutor } from './acme-executor.js'

export { acmeExecutor }

export default definePlugin({ name: 'prove-executor-acme', core: '^0.1.0', executors: [acmeExecutor] })
