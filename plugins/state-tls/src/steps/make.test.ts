import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StepResult } from '@prove/core'
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest'
import { findProgram } from '../../../../test-fixtures/find-program.js'
import { LocalGround } from '../../../../test-fixtures/local-session.js'
import { optionsOf, skipOrFail, type TestShell, testShells } from '../../../../test-fixtures/shells.js'
import { certificateConfiguration } from '../configuration.js'
import plugin from '../index.js'
import type { MakeStep, Recipe } from './make.js'

const openssl = findProgram('openssl')
const ground = new LocalGround([plugin])
let folder = ''
const at = (name: string): string => join(folder, name)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "prove 'make' "))
  mkdirSync(at('bin'))
  mkdirSync(at('out'))
  if (openssl !== undefined) symlinkSync(openssl, at('bin/openssl'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const step = (path: string, recipe: Recipe, more: Partial<MakeStep> = {}): MakeStep => ({
  kind: 'tls.make',
  path,
  recipe,
  leaves: { key: { type: 'ecdsa', publicKey: '' } },
  fresh: true,
  parents: [],
  ...more,
})

const perform = async (
  ctx: TestContext,
  shell: TestShell,
  steps: readonly MakeStep[],
): Promise<readonly StepResult[]> => {
  if (openssl === undefined) return skipOrFail(ctx, 'openssl is not installed')
  const { PATH = '' } = optionsOf(ctx, shell).env
  const results = await ground.perform(optionsOf(ctx, shell, { PATH: `${at('bin')}:${PATH}` }), steps)
  return results.filter((result) => result !== undefined)
}

const key = (path: string, more: Partial<MakeStep> = {}): MakeStep =>
  step(path, { make: 'key', type: 'ecdsa', bits: 256 }, more)

const certificate = (path: string, keyPath: string, more: object = {}): MakeStep => {
  const wanted = { names: ['DNS:a.example'], isAuthority: true, usages: [], keyType: 'ecdsa', isSigned: false }
  const config = certificateConfiguration(wanted)
  return step(path, { make: 'certificate', key: keyPath, subject: '/CN=a', config, days: 9, ...more })
}

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8)

describe.each(testShells())('made in $name', (shell) => {
  it('keys, and certificates signed by themselves and by others', async (ctx) => {
    const [k, c] = [at('out/a.key'), at('out/a.pem')]
    const results = await perform(ctx, shell, [
      key(k),
      certificate(c, k),
      key(at('out/b.key'), { mode: '0640' }),
      certificate(at('out/b.pem'), at('out/b.key'), { authority: { certificate: c, key: k } }),
    ])
    expect(results.map(({ status, stderr }) => [status, stderr])).toEqual(Array.from({ length: 4 }, () => ['done', '']))
    expect(['a.key', 'a.pem', 'b.key', 'b.pem'].map((name) => modeOf(at(`out/${name}`)))).toEqual([
      '600',
      '644',
      '640',
      '644',
    ])
    expect(readdirSync(at('out')).toSorted()).toEqual(['a.key', 'a.pem', 'b.key', 'b.pem'])
    expect(execFileSync(openssl ?? '', ['verify', '-CAfile', c, at('out/b.pem')], { encoding: 'utf8' })).toContain('OK')
  })

  it('in place of a file, whose mode stays', async (ctx) => {
    writeFileSync(at('out/a.key'), 'old', { mode: 0o400 })
    const [result] = await perform(ctx, shell, [key(at('out/a.key'), { fresh: false })])
    expect(result?.status).toBe('done')
    expect(readFileSync(at('out/a.key'), 'utf8')).toContain('PRIVATE KEY')
    expect(modeOf(at('out/a.key'))).toBe('400')
  })

  it('with the directories above it', async (ctx) => {
    const path = at('out/x/y/a.key')
    const [result] = await perform(ctx, shell, [key(path, { parents: [at('out/x'), at('out/x/y')] })])
    expect(result?.status).toBe('done')
    expect(modeOf(at('out/x'))).toBe('755')
  })

  it('not at all where openssl fails, in whose words and status the step ends', async (ctx) => {
    rmSync(at('bin/openssl'))
    writeFileSync(at('bin/openssl'), '#!/bin/sh\necho half a key\necho .....+++++ >&2\necho no luck >&2\nexit 7\n', {
      mode: 0o755,
    })
    writeFileSync(at('out/a.key'), 'old', { mode: 0o600 })
    const results = await perform(ctx, shell, [key(at('out/a.key')), certificate(at('out/a.pem'), at('out/a.key'))])
    expect(results.map(({ exit }) => exit)).toEqual([7, 7])
    expect(results[0]?.stderr).toBe('no luck\n')
    expect(results[1]?.stderr).toContain('no luck')
    expect(readFileSync(at('out/a.key'), 'utf8')).toBe('old')
    expect(readdirSync(at('out'))).toEqual(['a.key'])
  })

  it('not at all where openssl ends well and has made nothing', async (ctx) => {
    rmSync(at('bin/openssl'))
    writeFileSync(at('bin/openssl'), '#!/bin/sh\n', { mode: 0o755 })
    const [result] = await perform(ctx, shell, [key(at('out/a.key'))])
    expect(result?.stderr).toContain('made nothing')
    expect(readdirSync(at('out'))).toEqual([])
  })

  it('not through a link', async (ctx) => {
    symlinkSync('elsewhere', at('out/a.key'))
    const [result] = await perform(ctx, shell, [key(at('out/a.key'))])
    expect(result?.stderr).toContain('is a symbolic link')
    expect(readdirSync(at('out'))).toEqual(['a.key'])
  })
})
