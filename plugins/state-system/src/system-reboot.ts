import { defineState, entry, type FileAnswer, type Read, z } from '@prove/core'
import { rebootExamples } from './examples.js'
import type { RebootStep } from './steps/reboot.js'

/** Where Debian and its like note that an upgrade wants a boot. */
const wish = '/run/reboot-required'

/** Boot the host, and wait until it is back. */
export const reboot = defineState({
  name: 'system.reboot',
  about: 'Boot the host, and go on when it is back.',
  details: `It is lazy by nature: it runs when a state that changed notifies it. The run waits until the host answers from another
boot, and then goes on with what comes after. A host that is not back in time is lost, and the next run goes on from what was done.

With \`only_if_required\` it boots only where \`/run/reboot-required\` exists; with \`lazy: false\` beside it, that is looked at in
every run. The machine that Prove itself runs on is not booted.`,
  args: {
    within: z.int().min(10).max(86_400).default(600).meta({ description: 'Seconds until the host must be back.' }),
    only_if_required: z.boolean().optional().meta({ description: 'Only where an upgrade has asked for it.' }),
  },
  examples: rebootExamples,
  lazy: true,

  reads: (given): { readonly wish?: Read<FileAnswer> } =>
    given.only_if_required === true ? { wish: entry(wish) } : {},

  check: (_given, seen) => (seen.wish?.exists === false ? [] : [{ field: 'boot', from: 'this', to: 'another' }]),

  apply: ({ within }) => {
    const step: RebootStep = { kind: 'system.reboot', within }
    return [step]
  },

  // The session that goes on has seen that it is another boot; the wish is gone with the old one.
  verify: (given) => (given.only_if_required === true ? 'now' : 'none'),
})
