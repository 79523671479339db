import { blocked, type Change, defineState, type Step, z } from '@prove/core'
import { sysctlValueExamples } from './examples.js'
import { heldText, keptFileDiffers, keptFileReads, keptFileSteps, shownFrom } from './kept-file.js'
import { sysctl } from './reads/sysctl.js'
import type { SysctlStep } from './steps/sysctl.js'
import { settingIn, withSetting } from './sysctl/conf.js'
import { confFile, confPath } from './sysctl/conf-file.js'
import { plainValue, sysctlKey } from './sysctl/key.js'

/** Keep a setting of the kernel, now and at every boot. */
export const sysctlValue = defineState({
  name: 'sysctl.value',
  about: 'Keep a setting of the kernel, now and at every boot.',
  details: `At boot the files of \`/etc/sysctl.d\` are read in the order of their names, and the last one counts: a file such as
\`99-sysctl.conf\`, which on Debian is \`/etc/sysctl.conf\`, has the last word. The other lines of the file stay as they are.`,
  main: 'name',
  args: {
    name: sysctlKey('The setting, with dots, or with slashes where a part of it has a dot.'),
    value: z
      .union([z.string().regex(/^[^\n\r\0]*\S[^\n\r\0]*$/, 'expected a value in one line'), z.int()])
      .transform((value) => plainValue(String(value)))
      .meta({ description: 'Its value.' }),
    ...confFile,
  },
  examples: sysctlValueExamples,

  edits: confPath,
  reads: (given) => ({ kernel: sysctl(given.name), ...keptFileReads(confPath(given)) }),

  check: (given, seen) => {
    const { kernel, held } = seen
    const { name, value } = given
    if (!kernel.exists) return blocked(`this kernel has no setting "${name}"; a module may bring it`)
    const differs = keptFileDiffers(confPath(given), seen, (text) => withSetting(text, name, value))
    if (typeof differs !== 'boolean') return differs
    const { text, encoding } = heldText(held)
    const written = settingIn(text, name)
    const changes: Change[] = []
    // What may only be written, such as vm.drop_caches on some kernels, is compared by its file alone.
    const isOther = kernel.value === undefined ? differs : plainValue(kernel.value) !== value
    if (isOther) changes.push({ field: 'value', from: kernel.value ?? null, to: value })
    if (differs)
      changes.push({
        field: confPath(given),
        from: written === undefined ? null : shownFrom(encoding, written),
        to: value,
      })
    return changes
  },

  apply: (given, seen, changes) => {
    const { name, value } = given
    const write: SysctlStep = { kind: 'sysctl.write', name, value }
    const now: readonly Step[] = changes.some(({ field }) => field === 'value') ? [write] : []
    return [...now, ...keptFileSteps(confPath(given), seen, (text) => withSetting(text, name, value))]
  },
})
