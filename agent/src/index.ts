export * from './agent.js'
export * from './agent-config.js'
export * from './agent-keys.js'
export * from './log.js'
