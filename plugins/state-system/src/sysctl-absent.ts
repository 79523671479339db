import { defineState, type StateFunction } from '@prove/core'
import { sysctlAbsentExamples } from './examples.js'
import { heldText, keptFileDiffers, keptFileReads, keptFileSteps, shownFrom } from './kept-file.js'
import { settingIn, withoutSetting } from './sysctl/conf.js'
import { confFile, confPath } from './sysctl/conf-file.js'
import { sysctlKey } from './sysctl/key.js'

/** Keep a setting of the kernel out of a file. */
export const sysctlAbsent: StateFunction = defineState({
  name: 'sysctl.absent',
  about: 'Keep a setting of the kernel out of a file of /etc/sysctl.d.',
  details: 'The kernel keeps the value that it has until it is set or booted again.',
  main: 'name',
  args: { name: sysctlKey('The setting.'), ...confFile },
  examples: sysctlAbsentExamples,

  edits: confPath,
  reads: (given) => keptFileReads(confPath(given)),

  check: (given, seen) => {
    const differs = keptFileDiffers(confPath(given), seen, (text) => withoutSetting(text, given.name))
    if (typeof differs !== 'boolean') return differs
    const { text, encoding } = heldText(seen.held)
    return differs
      ? [{ field: confPath(given), from: shownFrom(encoding, settingIn(text, given.name) ?? ''), to: null }]
      : []
  },

  apply: (given, seen) => keptFileSteps(confPath(given), seen, (text) => withoutSetting(text, given.name)),
})
