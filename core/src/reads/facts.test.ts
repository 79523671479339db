import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { factsScript, parseFacts, placeScript } from './facts.js'

const programs = mkdtempSync(join(tmpdir(), 'prove-id-'))
afterAll(() => rmSync(programs, { recursive: true, force: true }))

describe('what "id" says is read as', () => {
  it.each([
    ['root', 'uid=0(root) gid=0(root) groups=0(root)', [0, 'root', 'root']],
    ['a user', 'uid=1000(alice) gid=100(users) groups=100(users),27(sudo)', [1000, 'alice', 'users']],
    ['a user without names', 'uid=4321 gid=8765 groups=8765', [4321, '4321', '8765']],
    ['a user without a name in a group with one', 'uid=4321 gid=100(users) groups=100(users)', [4321, '4321', 'users']],
    [
      'a user of a domain',
      String.raw`uid=7(DOM\alice b) gid=8(DOM\domain users) groups=8(DOM\domain users)`,
      [7, String.raw`DOM\alice b`, String.raw`DOM\domain users`],
    ],
    ['one under SELinux', 'uid=5(bob) gid=6(bob) groups=6(bob) context=a:b:c:s0-s0:c0.c1023', [5, 'bob', 'bob']],
  ])('%s', (_title, said, expected) => {
    const program = join(programs, 'id')
    writeFileSync(program, `#!/bin/sh\ncat <<'END'\n${said}\nEND\n`)
    chmodSync(program, 0o755)
    const env = { ...process.env, PATH: `${programs}:${process.env['PATH'] ?? ''}` }
    const { uid, user, group } = parseFacts(
      execFileSync('sh', ['-c', `${placeScript}\n${factsScript([])}`], { env, encoding: 'utf8' }),
    )
    expect([uid, user, group]).toEqual(expected)
  })
})
