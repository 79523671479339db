import { defineState, type StateFunction } from '@prove/core'
import { purgedExamples } from './examples.js'
import { removal, removalArguments } from './removal.js'

/** Keep packages away, with what they configured. */
export const purged: StateFunction = defineState({
  name: 'pkg.purged',
  about: 'Keep packages away, and their configuration files too.',
  details: `As \`pkg.removed\`; a package that was removed before and has left configuration files is purged as well. Where a package
manager keeps none (dnf, zypper, apk), it is the same as \`pkg.removed\`.`,
  main: 'name',
  args: removalArguments,
  examples: purgedExamples,
  ...removal('purge'),
})
