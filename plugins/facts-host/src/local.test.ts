import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LocalGround } from '../../../test-fixtures/local-session.js'
import { findProgram } from '../../../test-fixtures/find-program.js'
import { type LocalOptions, optionsOf, skipOrFail, testShells } from '../../../test-fixtures/shells.js'
import { localSource, makeLocalSource } from './local.js'

const root = mkdtempSync(join(tmpdir(), 'prove-local-facts-'))
chmodSync(root, 0o755)
afterAll(() => rmSync(root, { recursive: true, force: true }))

const ground = new LocalGround()
const isRoot = process.getuid?.() === 0
let folders = 0

type Files = Readonly<Record<string, readonly [content: string, mode?: number]>>

const folderOf = (files: Files): string => {
  const folder = join(root, String(folders++), 'prove', 'facts.d')
  mkdirSync(folder, { recursive: true })
  for (const [name, [content, mode = 0o644]] of Object.entries(files)) {
    writeFileSync(join(folder, name), content)
    chmodSync(join(folder, name), mode)
  }
  return folder
}

const ask = async (options: LocalOptions, folder: string, seconds = 20): Promise<Readonly<Record<string, unknown>>> => {
  const session = await ground.open(options)
  const { local, localErrors } = await session.gatherFacts([makeLocalSource({ folder, seconds })])
  await session.close()
  return { local, localErrors }
}

const sh = (text: string): readonly [string, number] => [`#!/bin/sh\n${text}\n`, 0o755]
const node = (text: string): readonly [string, number] => [`#!${process.execPath}\n${text}\n`, 0o755]

const shells = testShells()

describe.each(shells)('facts of the folder in $name', (shell) => {
  it('are JSON, or what an executable prints as JSON', async (ctx) => {
    const folder = folderOf({
      'raid.json': ['{ "level": 1,\n "disks": ["a", "é", "\\n"] }\n'],
      'bare.json': ['"no line end"'],
      'null.json': ['null'],
      'program.sh': sh('umask >&2; printf \'{"pwd":"%s","mask":"%s","in":"%s"}\' "$PWD" "$(umask)" "$(cat)"'),
      plain: sh('echo 7'),
      'shadowed.json': ['1'],
      'shadowed.sh': sh('echo 2'),
      // As data, whatever its mode: not every file system has one.
      'mode.json': ['{}', 0o777],
    })
    expect(await ask(optionsOf(ctx, shell), folder)).toEqual({
      local: {
        bare: 'no line end',
        mode: {},
        null: null,
        plain: 7,
        program: { pwd: '/', mask: '0022', in: '' },
        raid: { level: 1, disks: ['a', 'é', '\n'] },
        shadowed: 2,
      },
      localErrors: {},
    })
  })

  it('are not what lies there by chance', async (ctx) => {
    const folder = folderOf({
      '.hidden.json': ['1'],
      'old.json~': ['1'],
      'old.json.dpkg-old': ['1', 0o755],
      'two words.json': ['1'],
      'line\nend.json': ['1'],
      'notes.txt': ['not for anybody'],
      "quote'$(x)": sh('echo 1'),
    })
    mkdirSync(join(folder, 'folder.json'))
    expect(await ask(optionsOf(ctx, shell), folder)).toEqual({ local: {}, localErrors: {} })
    expect(await ask(optionsOf(ctx, shell), join(folder, 'none'))).toEqual({ local: {}, localErrors: {} })
  })

  it('are null where one is broken, and the others arrive', async (ctx) => {
    const folder = folderOf({
      'a.json': ['{"a": 1'],
      'b.json': [''],
      'bytes.json': ['\0\xff\n0 late\n-- x'],
      'c.sh': sh('head -c 5000 /dev/urandom'),
      'd.sh': sh('echo 1; exit 3'),
      'e.sh': sh('kill -9 $$'),
      'f.js': node("process.stdout.write('[' + '1,'.repeat(10_000_000) + '1]')"),
      'g.json': [`"${'x'.repeat(70_000)}"`],
      'h.sh': [`#!/nonexistent/program\n`, 0o755],
      'z.sh': sh('echo \'{"fine":true}\''),
    })
    expect(await ask(optionsOf(ctx, shell), folder)).toEqual({
      local: { a: null, b: null, bytes: null, c: null, d: null, e: null, f: null, g: null, h: null, z: { fine: true } },
      localErrors: {
        a: 'it does not say JSON',
        b: 'it does not say JSON',
        bytes: 'it does not say JSON',
        c: 'it does not say JSON',
        d: 'it ended with status 3',
        e: 'it ended with status 137',
        f: 'it says more than 65536 bytes',
        g: 'it says more than 65536 bytes',
        h: expect.stringMatching(/^it ended with status 12[67]$/) as unknown,
      },
    })
  })

  it('are null where an executable hangs, even one that does not listen', async (ctx) => {
    const folder = folderOf({
      'a.sh': sh('echo 1'),
      'deaf.sh': sh("trap '' TERM; echo 1; while :; do sleep 100; done"),
      'hangs.sh': sh('echo 1; sleep 1000'),
      // It has said what it has to say; what it left behind is ended with the time.
      'leaves.sh': sh('sleep 1000 & echo 1'),
      'z.json': ['1'],
    })
    const late = 'it did not end within 1 s'
    expect(await ask(optionsOf(ctx, shell), folder, 1)).toEqual({
      local: { a: 1, deaf: null, hangs: null, leaves: 1, z: 1 },
      localErrors: { deaf: late, hangs: late },
    })
  })

  it('are not run where others may have written them', async (ctx) => {
    const options = optionsOf(ctx, shell)
    const folder = folderOf({
      'all.sh': ['#!/bin/sh\necho 1', 0o757],
      'group.sh': ['#!/bin/sh\necho 1', 0o775],
      'foreign.sh': sh('echo 1'),
      'good.sh': sh('echo 1'),
      'data.json': ['1', 0o666],
    })
    if (isRoot) chownSync(join(folder, 'foreign.sh'), 12345, 12345)
    const others = 'others may write it or its folder, so it was not run'
    const foreign = 'it or its folder belongs neither to root nor to the user of the session, so it was not run'
    expect(await ask(options, folder)).toEqual({
      local: { all: null, group: isRoot ? null : 1, foreign: isRoot ? null : 1, good: 1, data: 1 },
      localErrors: { all: others, ...(isRoot ? { group: others, foreign } : {}) },
    })
    chmodSync(folder, 0o777)
    const { local } = await ask(options, folder)
    expect(local).toMatchObject({ good: null, data: 1 })
  })
})

it('are also those of a user who is not root', async (ctx) => {
  const setpriv = findProgram('setpriv')
  if (!isRoot || setpriv === undefined) return skipOrFail(ctx, 'needs root and setpriv')
  const system = folderOf({ 'a.json': ['"system"'], 'b.sh': sh('echo \'"system"\'') })
  const own = folderOf({ 'a.json': ['"own"'], 'c.sh': sh('id -u'), 'd.sh': ['#!/bin/sh\necho 1', 0o775] })
  chownSync(join(own, 'd.sh'), 65534, 65534)
  const secret = folderOf({})
  writeFileSync(join(own, 'secret.json'), '1', { mode: 0o600 })
  const shell = join(root, 'as-nobody')
  writeFileSync(shell, `#!/bin/sh\nexec ${setpriv} --reuid=65534 --regid=65534 --clear-groups /bin/sh "$@"\n`)
  chmodSync(shell, 0o755)
  const env = { XDG_CONFIG_HOME: join(own, '..', '..') }
  expect(await ask({ shell, env }, system)).toEqual({
    local: { a: 'own', b: 'system', c: 65534, d: 1, secret: null },
    localErrors: { secret: 'it cannot be read' },
  })
  // Root does not look there.
  expect(await ask({ shell: '/bin/sh', env }, secret)).toEqual({ local: {}, localErrors: {} })
})

describe('an answer that broke off', () => {
  it('never throws, and says nothing that was not there', () => {
    const whole = 'mark\n\nmark a 0\n1\nmark b 3\nx\nmark c late\n\nmark d foreign\n'
    expect(localSource.parse(whole)).toEqual({
      local: { a: 1, b: null, c: null, d: null },
      localErrors: {
        b: 'it ended with status 3',
        c: 'it did not end within 10 s',
        d: expect.stringContaining('belongs') as unknown,
      },
    })
    for (let i = 0; i <= whole.length; i++) expect(() => localSource.parse(whole.slice(0, i))).not.toThrow()
    for (const text of ['', '\n', 'mark', '\n\n a 0\n1']) {
      expect(localSource.parse(text)).toEqual({ local: {}, localErrors: {} })
    }
  })
})
