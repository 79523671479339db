import type { WordSource } from '../commands/command.js'
import type { Candidate } from './candidate.js'
import { filesFor } from './files.js'
import type { TypedCommand } from './place-of-cursor.js'

export interface Wanted {
  /** The typed part of the word. */
  readonly begun: string
  readonly typed: TypedCommand
}

/** Where words come from that no command holds. What needs the catalog is loaded only when it is asked. */
export const wordSources: Readonly<Record<WordSource, (wanted: Wanted) => Promise<readonly Candidate[]>>> = {
  files: async ({ begun }) => filesFor(begun, () => true),
  folders: async ({ begun }) => filesFor(begun, () => false),
  targets: async ({ begun }) => (await import('./catalog-words.js')).targetExpressions(begun),
  target: async () => (await import('./catalog-words.js')).targetNames(),
  states: async (wanted) => (await import('./catalog-words.js')).statesAndFiles(wanted),
  functions: async () => (await import('./catalog-words.js')).functionNames(),
  facts: async () => (await import('./catalog-words.js')).factNames(),
  runs: async () => (await import('./catalog-words.js')).runIds(),
}
