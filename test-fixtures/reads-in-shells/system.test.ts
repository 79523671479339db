import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { hostname as nameOfHost, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKernel, type Read } from '@prove/core'
import { afterAll, describe, expect, it } from 'vitest'
import { noBlobs } from '../../core/src/contracts/blob.js'
import { openSession } from '../../core/src/wire/open-session.js'
import { opener, optionsOf, testShells } from '../shells.js'
import plugin from '@prove/state-system'
import { crontab } from '../../plugins/state-system/src/reads/crontab.js'
import { hostname } from '../../plugins/state-system/src/reads/hostname.js'
import { kernelModule } from '../../plugins/state-system/src/reads/kernel-module.js'
import { locale } from '../../plugins/state-system/src/reads/locale.js'
import { mounts } from '../../plugins/state-system/src/reads/mounts.js'
import { probe } from '../../plugins/state-system/src/reads/probe.js'
import { sysctl } from '../../plugins/state-system/src/reads/sysctl.js'

const folder = realpathSync(mkdtempSync(join(tmpdir(), `prove it's `)))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(join(folder, 'file'), '')

const { kinds } = createKernel([{ asked: plugin.name, plugin }])
const file = (path: string): Read<string> => probe({ what: 'file', path, absent: false })

describe.each(testShells())('all reads in $name', (shell) => {
  it('tell what is so', async (ctx) => {
    const session = await openSession({ open: opener(optionsOf(ctx, shell)), kinds, blobs: noBlobs })
    const name = 'kernel.ostype'
    const reads: readonly Read[] = [
      hostname,
      sysctl(name),
      sysctl('no.such.thing'),
      mounts('/proc', 'proc'),
      mounts(folder, folder),
      file(join(folder, 'file')),
      file(join(folder, 'none')),
      kernelModule('no_such_module'),
      locale('C.UTF-8'),
      crontab(undefined),
    ]
    const answers = await session.read(reads)
    await session.close()
    expect(answers.slice(0, 8)).toMatchObject(
      [
        nameOfHost(),
        { exists: true, value: readFileSync('/proc/sys/kernel/ostype', 'utf8').trim() },
        { exists: false },
        { here: [{ fstype: 'proc' }], isDevice: false },
        { here: [], below: [], isDevice: true, real: folder },
        'there',
        'gone',
        'absent',
      ].map((value) => ({ ok: true, value })),
    )
    // What this machine has of these is its own; they were read whole.
    expect(answers.slice(8)).toMatchObject([{ ok: true }, { ok: true }])
  })
})
