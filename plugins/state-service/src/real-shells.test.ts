import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Facts } from '@prove/core'
import { afterAll, describe, expect, it, type TestContext } from 'vitest'
import { optionsOf, testShells } from '../../../test-fixtures/shells.js'
import { openrc } from './reads/openrc.js'
import { serviceKind } from './reads/service.js'
import { systemd } from './reads/systemd.js'
import { sysvinit } from './reads/sysvinit.js'
import { serviceControlKind } from './steps/service-control.js'
import { recordedNames, recordedSystemd } from './testing/recorded-systemd.js'
import { checkCommand } from './unit-check.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-services-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const [shown = ''] = recordedSystemd.split('---\n')
writeFileSync(join(folder, 'shown'), shown)
// Says what was recorded, to whoever does not ask for fine timestamps; as an old systemd does.
const script = `#!/bin/sh\ncase $* in *--timestamp=*) echo 'unrecognized option' >&2; exit 1;; esac\ncat ${folder}/shown\n`
writeFileSync(join(folder, 'systemctl'), script, { mode: 0o755 })

describe.each(testShells().map((shell) => [shell.name, shell] as const))('in %s', (_name, shell) => {
  const run = (ctx: TestContext, text: string, ...words: readonly string[]) => {
    const { shell: program, env } = optionsOf(ctx, shell)
    return spawnSync(program, [...words, '-c', text], {
      env: { PATH: `${folder}:${env['PATH'] ?? ''}`, D: folder },
      encoding: 'utf8',
    })
  }

  it('systemd is asked, and asked again where it is old', (ctx) => {
    const { stdout, stderr } = run(ctx, systemd.question(recordedNames))
    expect(stderr).toBe('')
    const told = systemd.parse(stdout, recordedNames)
    expect(told.map(({ ok }) => ok)).toEqual(recordedNames.map(() => true))
  })

  it.for([
    ['OpenRC', openrc],
    ['init.d', sysvinit],
  ] as const)('%s is asked of what is not there', ([, init], ctx) => {
    const names = ['prove-none', String.raw`a\x2db`]
    const { stdout, stderr } = run(ctx, init.question(names))
    expect(stderr).toBe('')
    expect(init.parse(stdout, names)).toMatchObject(names.map(() => ({ value: { absent: true } })))
  })

  it.for([
    ['the question', serviceKind.script([{ name: 'a' }], {} as Facts)],
    ['the steps', serviceControlKind.library?.({} as Facts) ?? ''],
    ['the check of a unit', checkCommand('a@.service', undefined, false)],
    ['the check of a drop-in', checkCommand('a.service', 'b.conf', true)],
  ] as const)('%s can be read', ([, text], ctx) => {
    const { status, stderr } = run(ctx, text, '-n')
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})
