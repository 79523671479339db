import { defineState, type StateFunction } from '@prove/core'
import { unmountedExamples } from './examples.js'
import { unmountedChanges, unmountingArguments, unmountSteps } from './mount/unmounting.js'
import { mounts } from './reads/mounts.js'

/** Keep nothing mounted at a path. */
export const unmounted: StateFunction = defineState({
  name: 'mount.unmounted',
  about: 'Keep nothing mounted at a path, until the next boot.',
  details: 'The line of `/etc/fstab` stays; `mount.absent` removes that as well.',
  main: 'path',
  args: unmountingArguments,
  examples: unmountedExamples,
  reads: (given) => ({ mounted: mounts(given.path) }),
  check: (given, seen) => unmountedChanges(given.path, seen.mounted),
  apply: (given, seen) => unmountSteps(given.path, seen.mounted),
})
