import { expect, it } from 'vitest'
import { nodeFinding } from './program-findings.js'

it.each([
  ['20.19.0', 'linux', 'ok'],
  ['24.1.0', 'darwin', 'ok'],
  ['20.18.9', 'linux', 'fail'],
  ['18.20.0', 'linux', 'fail'],
  ['22.12.0', 'win32', 'warn'],
] as const)('Node %s on %s: %s', (version, platform, level) => {
  expect(nodeFinding(version, platform).level).toBe(level)
})
