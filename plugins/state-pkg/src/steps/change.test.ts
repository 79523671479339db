import type { Facts, NumberedStep } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { type PackageStep, packageStep, packageStepKinds } from './change.js'

const [kind] = packageStepKinds
const install = (name: string, more: Partial<PackageStep> = {}): PackageStep =>
  packageStep('apt', { action: 'install', packages: [{ name }], lock: 10, ...more })
const remove = (name: string): PackageStep => packageStep('apt', { action: 'remove', packages: [{ name }], lock: 10 })

const numbered = (steps: readonly PackageStep[]): readonly NumberedStep<PackageStep>[] =>
  steps.map((step, number) => ({ number, needs: [], step }))

/** The numbers of the steps that go together, and the command that does them. */
const batchesOf = (...steps: readonly PackageStep[]) =>
  (kind?.batches?.(numbered(steps)) ?? []).map((batch) => ({
    numbers: batch.steps.map(({ number }) => number),
    command: batch.command(''),
    key: batch.key,
  }))

describe('neighbours', () => {
  it('are installed together', () => {
    const [batch, ...more] = batchesOf(
      install('a'),
      install('b', { packages: [{ name: 'b', version: '1' }], lock: 60 }),
    )
    expect(more).toEqual([])
    expect(batch?.numbers).toEqual([0, 1])
    expect(batch?.command).toContain('install a b=1')
    expect(batch?.command.startsWith(`pkg_change 60 '' '' '' 'a b=1' `)).toBe(true)
  })

  it('name each package once', () => {
    expect(batchesOf(install('a'), install('a'))[0]?.command).toMatch(/install a$/)
  })

  it('fetch lists, hold and release together', () => {
    const [batch] = batchesOf(install('a', { update: true, hold: ['a'] }), install('b', { release: ['b'] }))
    expect(batch?.command.startsWith(`pkg_change 10 y b a 'a b' `)).toBe(true)
  })

  it('that install and remove stay apart, in order', () => {
    const found = batchesOf(install('a'), install('b'), remove('c'), remove('d'), install('e'))
    expect(found.map(({ numbers }) => numbers)).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(new Set(found.map(({ key }) => key)).size).toBe(2)
  })

  it.each([
    ['other options', install('b', { recommends: false })],
    ['an older version', install('b', { downgrade: true })],
    ['a file', install('b', { file: '/srv/b.deb' })],
    ['a file of the catalog', install('b', { blob: { sha256: 'x', size: 1 } })],
    ['all packages', packageStep('apt', { action: 'upgrade', packages: [], lock: 10 })],
  ])('with %s stand alone', (_title, step) => {
    expect(batchesOf(install('a'), step, step.action === 'upgrade' ? step : install('c'))).toEqual([])
  })

  it('are none where there is one', () => {
    expect(batchesOf(install('a'))).toEqual([])
  })
})

describe('a step', () => {
  const command = (step: PackageStep): string | undefined => kind?.command(step, () => 'u1', {} as Facts)

  it('with a file of the catalog names what was sent, its size and its hash', () => {
    expect(command(install('a', { blob: { sha256: 'beef', size: 7 } }))).toMatch(/ a u1 7 beef .* install$/)
  })

  it('aims at another version than the one that is there', () => {
    expect(command(install('a', { packages: [{ name: 'a', replaces: '1' }] }))).toContain(`'a!1'`)
  })

  it('that only marks has no words', () => {
    expect(command(install('a', { action: 'mark', hold: ['a'] }))).toBe(`pkg_change 10 '' '' a '' '' '' ''`)
  })

  it('may refuse what only new lists can tell', () => {
    expect(kind?.mayRefuse?.(install('a', { update: true }))).toBe(true)
    expect(kind?.mayRefuse?.(install('a'))).toBe(false)
  })
})
