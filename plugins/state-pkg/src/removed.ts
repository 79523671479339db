import { defineState, type StateFunction } from '@prove/core'
import { removedExamples } from './examples.js'
import { removal, removalArguments } from './removal.js'

/** Keep packages away. */
export const removed: StateFunction = defineState({
  name: 'pkg.removed',
  about: 'Keep packages away; their configuration files may stay.',
  details: `What depends on them goes too, and a plan names all of it. An essential package, and one that is held, are errors; so is a
name that only other packages provide.`,
  main: 'name',
  args: removalArguments,
  examples: removedExamples,
  ...removal('remove'),
})
