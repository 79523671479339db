import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKernel } from '@prove/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noBlobs } from '../../core/src/contracts/blob.js'
import { openSession } from '../../core/src/wire/open-session.js'
import { opener, optionsOf, testShells } from '../shells.js'
import plugin from '@prove/state-git'
import { checkout } from '../../plugins/state-git/src/reads/checkout.js'

const folder = mkdtempSync(join(tmpdir(), `prove it's ü `))
const path = join(folder, 'checkout')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
    encoding: 'utf8',
    cwd: folder,
  }).trim()

beforeAll(() => {
  git('init', '-q', '-b', 'main', path)
  writeFileSync(join(path, 'a b'), '1')
  git('-C', path, 'add', '-A')
  git('-C', path, 'commit', '-q', '-m', 'one')
  git('-C', path, 'remote', 'add', 'origin', path)
  writeFileSync(join(path, 'a b'), '2')
})

const { kinds } = createKernel([{ asked: plugin.name, plugin }])

describe.each(testShells())('a checkout in $name', (shell) => {
  it('tells what is so', async (ctx) => {
    const options = optionsOf(ctx, shell)
    // busybox has no git.
    const env = { ...options.env, PATH: `${options.env['PATH'] ?? ''}:${process.env['PATH'] ?? ''}` }
    const session = await openSession({ open: opener({ ...options, env }), kinds, blobs: noBlobs })
    const repository = { url: path }
    const answers = await session.read([
      checkout({ path, repository, ref: 'main', submodules: true }),
      checkout({ path: join(folder, 'none'), repository: { url: join(folder, 'nowhere') }, submodules: false }),
    ])
    await session.close()
    const head = git('-C', path, 'rev-parse', 'HEAD')
    expect(answers).toMatchObject([
      {
        ok: true,
        value: {
          is: 'checkout',
          head,
          branch: 'main',
          url: path,
          modified: ['M "a b"'],
          own: 1,
          stale: [],
          remote: { HEAD: head, symref: 'main', 'refs/heads/main': head },
        },
      },
      { ok: true, value: { is: 'absent', unreachable: expect.stringContaining('fatal:') as unknown } },
    ])
  })
})
