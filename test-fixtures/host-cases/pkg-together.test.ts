import { createKernel, type Facts, type NumberedStep, type Step } from '@prove/core'
import plugin from '@prove/state-pkg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stepLibrary } from '../../core/src/wire/step-library.js'
import { stepScript } from '../../core/src/wire/step-script.js'
import { whyNoLab } from '../hosts/lab.js'
import { ManagedHost } from '../hosts/managed-host.js'
import { skipOrFail } from '../shells.js'
import { makeGround, onGround } from './pkg-ground.js'

const { kinds } = createKernel([{ asked: plugin.name, plugin }])
const facts = { stateFolder: '/var/lib/prove', dialect: 'gnu' } as Facts

const install = (number: number, name: string): NumberedStep => ({
  number,
  needs: [],
  step: { kind: 'pkg.apt', action: 'install', packages: [{ name }], lock: 10 } as Step,
})

/** One frame of these steps, and what it reports: number and status of each. */
const frame = (steps: readonly NumberedStep[]): string => {
  const script = stepScript(steps, kinds.step, {
    pathOf: () => '',
    archiveOf: () => 'none',
    facts,
    needed: new Set(),
  })
  const libraries = `${stepLibrary(facts)}\n${kinds.step('pkg.apt').library?.(facts) ?? ''}`
  const lines = script.replaceAll(/^\. "\$D\/\w+"$/gm, '')
  return `D=$(mktemp -d)\n${libraries}\n( ${lines}\n) >"$D/report"\ngrep -Ea '^[0-9]+ [a-z0-9]+ [0-9]+ [0-9]+' "$D/report"`
}

describe('packages of neighbours, on a host', () => {
  const missing = whyNoLab()
  if (missing !== undefined) return it('every case', (ctx) => skipOrFail(ctx, missing))
  let host: ManagedHost
  beforeAll(async () => {
    host = await ManagedHost.boot()
    await host.run(makeGround)
  })
  afterAll(() => host?.close())

  it('are installed in one transaction', async () => {
    await host.run(onGround('count'))
    const report = await host.run(frame([install(1, 'one'), install(2, 'two'), install(3, 'app')]))
    expect(report).toBe('1 0 0 0\n2 0 0 0\n3 0 0 0\n')
    await host.run(onGround('is one "ii 1.0"; is two "ii 1.0"; is app "ii 1.0"; dpkg_runs 1'))
  })

  it('are each told by itself where one of them fails', async () => {
    const report = await host.run(frame([install(1, 'broken'), install(2, 'three')]))
    expect(report).toMatch(/^1 100 /m)
    expect(report).toMatch(/^2 0 /m)
    await host.run(onGround('is three "ii 1.0"; gone broken || ! is broken "ii 1.0"'))
  })

  it('are installed where one of them does not exist', async () => {
    await host.run('apt-get -qq purge broken three >/dev/null 2>&1')
    const report = await host.run(frame([install(1, 'three'), install(2, 'nosuch')]))
    expect(report).toMatch(/^1 0 /m)
    expect(report).toMatch(/^2 100 /m)
  })

  it('share a transaction where states of their own want them', async () => {
    await host.run('apt-get -qq purge one two three app broken >/dev/null 2>&1')
    await host.run(onGround('count'))
    const states = ['one', 'two', 'three'].map((name) => `${name}: { pkg.installed: ${name} }\n`).join('')
    const { summary, lines } = await host.apply({ states })
    expect(lines.map(({ outcome }) => outcome)).toEqual(['changed', 'changed', 'changed'])
    await host.run(onGround('is one "ii 1.0"; is two "ii 1.0"; is three "ii 1.0"; dpkg_runs 1'))
    expect((await host.apply({ states })).summary.outcome).toBe('ok')
    expect(summary.roundTrips).toBeLessThan(8)
  })
})
