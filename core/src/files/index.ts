export * from './obstacle.js'
export * from './ownership.js'
export * from './whole-file.js'
export * from './edit.js'
