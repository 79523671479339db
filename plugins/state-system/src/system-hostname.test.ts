import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import { hostname } from './system-hostname.js'

const seen = (running: string, text: string): Readonly<Record<string, unknown>> => ({
  running,
  now: seenEntry({}, '/etc/hostname'),
  held: { text, encoding: 'utf8' },
})

stateTable(
  hostname,
  { name: 'web-1' },
  [
    { title: 'converged', seen: seen('web-1', 'web-1\n'), changes: [], steps: [] },
    { title: 'converged, with a comment', seen: seen('web-1', '# name\n\n web-1 '), changes: [], steps: [] },
    {
      title: 'now',
      seen: seen('h1', 'web-1\n'),
      changes: ['hostname'],
      steps: [{ kind: 'system.hostname', name: 'web-1' }],
    },
    {
      title: 'at boot',
      seen: seen('web-1', '# name\nold\n'),
      changes: ['/etc/hostname'],
      steps: [{ kind: 'file.write', blob: expect.objectContaining({ text: '# name\nweb-1\n' }) as unknown }],
    },
    {
      title: 'both',
      seen: seen('h1', ''),
      changes: ['hostname', '/etc/hostname'],
      steps: ['file.write /etc/hostname', 'system.hostname'],
    },
  ],
  [plugin],
)

it.each(['', '-a', 'a-', 'a b', 'a_b', 'ä', 'a..b', 'a'.repeat(65), 'a\n'])('refuses the name %j', (name) => {
  expect(z.strictObject(hostname.args).safeParse({ name }).success).toBe(false)
})
