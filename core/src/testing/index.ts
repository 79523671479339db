export { MemoryTarget, type MemoryEntry, type MemoryTargetOptions } from './memory-target.js'
export { blobOf, seenEntry, seenFile } from './seen-file.js'
export { type ExpectedStep, type StateCase, stateTable } from './state-table.js'
export { loadContext } from './load-context.js'
