import { spawnSync } from 'node:child_process'
import type { Facts } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { managers } from '../managers/index.js'
import { packageStepKinds } from './change.js'
import { repositoryWriteKind } from './repository.js'

const shells = [['sh'], ['bash'], ['busybox', 'sh']].filter(
  ([program = '']) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
)

const facts = {} as Facts
const names = ["a'b", 'c']

const texts = [
  ...packageStepKinds.map((kind) => [kind.name, kind.library?.(facts) ?? ''] as const),
  [repositoryWriteKind.name, repositoryWriteKind.library?.(facts) ?? ''] as const,
  ...managers.flatMap((manager) => [
    [`${manager.name}: installed`, manager.installedScript(names)] as const,
    [`${manager.name}: offers`, manager.offersScript(names)] as const,
    [`${manager.name}: lists`, manager.listsScript] as const,
    [`${manager.name}: file`, manager.fileScript("/srv/it's.file")] as const,
    ...(['install', 'remove', 'upgrade'] as const).map(
      (action) =>
        [`${manager.name}: ${action}`, manager.trialScript({ action, packages: [{ name: 'a' }] }) ?? ':'] as const,
    ),
  ]),
]

describe.each(shells)('%s', (program = '', ...words) => {
  it.each(texts)('reads what is sent for %s', (_name, text) => {
    const { status, stderr } = spawnSync(program, [...words, '-n'], { input: text, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})

describe('what is told of a failure', () => {
  /** Runs the library of APT over what apt-get has said. */
  const told = (stderr: string, command: string): string => {
    const library = packageStepKinds[0]?.library?.(facts) ?? ''
    const script = `D=$(mktemp -d); trap 'rm -rf "$D"' EXIT; : >"$D/po"; cat >"$D/pe"\n${library}\n${command}`
    return spawnSync('sh', ['-c', script], { input: stderr, encoding: 'utf8' }).stdout
  }

  it('are the words of the script of the package, and its status', () => {
    const stderr = `debconf: delaying package configuration, since apt-utils is not installed
the sun is too low
dpkg: error processing package broken (--configure):
 installed broken package post-installation script subprocess returned error exit status 7
Errors were encountered while processing:
 broken
E: Sub-process /usr/bin/dpkg returned an error code (1)
`
    expect(told(stderr, 'pm_words')).toBe(`the sun is too low
dpkg: error processing package broken (--configure):
 installed broken package post-installation script subprocess returned error exit status 7
`)
  })

  it.each([
    ['E: Could not get lock /var/lib/apt/lists/lock. It is held by process 157 (apt-get)\n', 'locked'],
    [
      'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?\n',
      'locked',
    ],
    // It had waited, and got it.
    [
      'Waiting for cache lock: Could not get lock /x. It is held by process 1 (a)...\nE: Unable to locate package x\n',
      '',
    ],
    ['E: Failed to fetch file:/srv/a.deb  File not found\n', 'stale'],
    ['E: Unable to fetch some archives, maybe run apt-get update\n', 'stale'],
    ['E: Unable to locate package nosuch\n', ''],
    ['', ''],
  ])('%j', (stderr, expected) => {
    expect(told(stderr, 'if pm_locked; then printf locked; elif pm_stale; then printf stale; fi')).toBe(expected)
  })

  it('is who holds a lock', () => {
    const stderr =
      'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 153 (python3)...\n'
    expect(told(stderr, 'pm_holder')).toBe('/var/lib/dpkg/lock-frontend is held by process 153 (python3)\n')
    expect(told('E: something else\n', 'pm_holder')).toBe('')
  })
})
