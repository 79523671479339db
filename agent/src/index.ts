export * from './agent.js'
export * from './agent-config.js'
export * from './log.js'
