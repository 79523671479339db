import { type Given, givesPlace, type Touches } from '@prove/core'
import { databasePaths } from '../reads/accounts.js'

/** What a step on accounts changes: the databases, and these. */
export const accountTouches = (...more: readonly (string | undefined)[]): Touches => ({
  paths: [...databasePaths, ...more.filter((path) => path !== undefined)],
})

/** The databases stay where they are; what they hold then is told by name. */
export const givesDatabases: readonly Given[] = databasePaths.map(givesPlace)
