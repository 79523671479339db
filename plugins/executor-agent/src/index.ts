import { definePlugin } from '@prove/core'
import { agentExecutor } from './agent-executor.js'

export { agentExecutor }

export default definePlugin({ name: 'executor-agent', core: '^0.1.0', executors: [agentExecutor] })
