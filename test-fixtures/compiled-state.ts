import type { CompiledState } from '@prove/core'

/** A compiled state without parts, for tests of what is around states. */
export const compiledState = (id: string, more: Partial<CompiledState> = {}): CompiledState => ({
  id,
  parts: [],
  requires: [],
  lazy: false,
  notifications: [],
  place: { file: 'command line', line: 1, column: 1 },
  ...more,
})
