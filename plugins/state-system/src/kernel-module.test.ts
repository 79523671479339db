import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import { kernelModule } from './kernel-module.js'

const load = '/etc/modules-load.d/br_netfilter.conf'
const ban = '/etc/modprobe.d/br_netfilter.conf'
const utf8 = 'utf8'
const seen = (module: string, loaded = '', banned = ''): Readonly<Record<string, unknown>> => ({
  module,
  now: loaded === '' ? seenEntry({ type: 'absent' }, load) : seenEntry({}, load),
  held: loaded === '' ? { why: 'absent' } : { text: loaded, encoding: utf8 },
  bannedNow: banned === '' ? seenEntry({ type: 'absent' }, ban) : seenEntry({}, ban),
  banned: banned === '' ? { why: 'absent' } : { text: banned, encoding: utf8 },
})
const line = 'br_netfilter\n'

stateTable(
  kernelModule,
  { name: 'br_netfilter' },
  [
    { title: 'converged', seen: seen('loaded', line), changes: [], steps: [] },
    { title: 'converged, built in', seen: seen('builtin', `# x\n ${line}`), changes: [], steps: [] },
    { title: 'not loaded', seen: seen('absent', line), changes: ['loaded'], steps: ['exec modprobe br_netfilter'] },
    {
      title: 'neither, and blacklisted',
      seen: seen('absent', '', 'options br_netfilter x=1\nblacklist  br_netfilter\n'),
      changes: ['loaded', 'boot', 'blacklisted'],
      steps: [
        `file.write ${load}`,
        {
          kind: 'file.write',
          path: ban,
          blob: expect.objectContaining({ text: 'options br_netfilter x=1\n' }) as unknown,
        },
        'exec modprobe br_netfilter',
      ],
    },
    {
      title: 'absent',
      args: { absent: true },
      seen: seen('loaded', line),
      changes: ['loaded', 'boot'],
      steps: [`file.remove ${load}`, 'exec modprobe -r br_netfilter'],
    },
    {
      title: 'blacklisted',
      args: { blacklisted: true },
      seen: seen('absent', 'other\n'),
      changes: ['blacklisted'],
      steps: [`file.write ${ban}`],
    },
    {
      title: 'absent, and built in',
      args: { absent: true },
      seen: seen('builtin'),
      changes: [],
      steps: [],
      blocked: 'built in',
    },
  ],
  [plugin],
)

it.each(['', '-r', 'a b', 'a/b', 'ä'])('refuses the name %j', (name) => {
  expect(z.strictObject(kernelModule.args).safeParse({ name }).success).toBe(false)
})
