import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Facts, quote, type StepKind } from '@prove/core'
import { afterAll, describe, expect, it, type TestContext } from 'vitest'
import { optionsOf, type TestShell, testShells } from '../../../test-fixtures/shells.js'
import { accountDefaults, accountDefaultsKind } from './reads/account-defaults.js'
import { accountsKind, groupEntry, runningUser } from './reads/accounts.js'
import { groupAddKind, groupMembersKind, groupRemoveKind } from './steps/group.js'
import { type UserAddStep, userAddKind, userRemoveKind } from './steps/user.js'

const root = mkdtempSync(join(tmpdir(), 'prove-accounts-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const log = join(root, 'log')

/** A folder of programs that only write down how they were called. */
const recorders = (name: string, programs: readonly string[]): string => {
  const folder = join(root, name)
  mkdirSync(folder)
  for (const program of programs) {
    const path = join(folder, program)
    writeFileSync(
      path,
      `#!/bin/sh\n{ printf %s "\${0##*/}"; [ $# = 0 ] || printf ' [%s]' "$@"; echo; } >>${quote(log)}\n`,
    )
    chmodSync(path, 0o755)
  }
  return folder
}

const shadow = recorders('shadow', ['useradd', 'userdel', 'groupadd', 'groupdel', 'gpasswd', 'adduser', 'addgroup'])
const busybox = recorders('busybox-tools', ['adduser', 'deluser', 'addgroup', 'delgroup'])

const run = (ctx: TestContext, shell: TestShell, script: string, path?: string): string => {
  const { shell: program, env } = optionsOf(ctx, shell)
  // Busybox is told by its name what it is to be.
  return execFileSync(program, ['-c', script], { encoding: 'utf8', env: path === undefined ? env : { PATH: path } })
}

const calls = (ctx: TestContext, shell: TestShell, tools: string, kind: StepKind, step: object): readonly string[] => {
  writeFileSync(log, '')
  const command = kind.command({ kind: kind.name, ...step }, () => 'blob', {} as Facts)
  run(ctx, shell, `${kind.library?.({} as Facts) ?? ''}\n${command}`, tools)
  return readFileSync(log, 'utf8').trimEnd().split('\n')
}

const add: Omit<UserAddStep, 'kind'> = {
  name: 'eve',
  uid: 1234,
  group: 'eve',
  gid: undefined,
  ownGroup: true,
  groups: ['adm', 'sudo'],
  home: '/srv/it is',
  newHome: { path: '/srv/it is', mode: '0755', skeleton: [] },
  shell: '/bin/sh',
  usualShell: '/bin/sh',
  comment: 'Eve "x" O\'Neil $HOME',
  system: false,
  mail: '/var/mail/eve',
  hooks: false,
}
const least = {
  ...add,
  uid: undefined,
  group: 'users',
  ownGroup: false,
  groups: [],
  newHome: undefined,
  shell: undefined,
  comment: undefined,
  system: true,
}
const gone = { name: 'eve', removeHome: true }
const members = { name: 'adm', add: ['a', 'b'], remove: ['c'] }

describe.each(testShells())('in $name', (shell) => {
  it.for<[string, StepKind, object, readonly string[], readonly string[]]>([
    [
      'a user',
      userAddKind,
      add,
      [
        'useradd [-u] [1234] [-G] [adm,sudo] [-d] [/srv/it is] [-s] [/bin/sh] [-c] [Eve "x" O\'Neil $HOME] [-U] [-m] [--] [eve]',
      ],
      [
        'addgroup [-g] [1234] [eve]',
        'adduser [-D] [-u] [1234] [-G] [eve] [-h] [/srv/it is] [-s] [/bin/sh] [-g] [Eve "x" O\'Neil $HOME] [eve]',
        'addgroup [eve] [adm]',
        'addgroup [eve] [sudo]',
      ],
    ],
    [
      'a user of the system',
      userAddKind,
      least,
      ['useradd [-g] [users] [-d] [/srv/it is] [-r] [-M] [--] [eve]'],
      ['adduser [-D] [-G] [users] [-h] [/srv/it is] [-S] [-H] [eve]'],
    ],
    ['no user', userRemoveKind, gone, ['userdel [-r] [--] [eve]'], ['deluser [--remove-home] [eve]']],
    [
      'a group',
      groupAddKind,
      { name: 'g', gid: 5, system: true },
      ['groupadd [-g] [5] [-r] [--] [g]'],
      ['addgroup [-g] [5] [-S] [g]'],
    ],
    ['no group', groupRemoveKind, { name: 'g' }, ['groupdel [--] [g]'], ['delgroup [g]']],
    [
      'members',
      groupMembersKind,
      members,
      ['gpasswd [-a] [a] [--] [adm]', 'gpasswd [-a] [b] [--] [adm]', 'gpasswd [-d] [c] [--] [adm]'],
      ['addgroup [a] [adm]', 'addgroup [b] [adm]', 'delgroup [c] [adm]'],
    ],
  ])('%s: the tools of the shadow suite, or those of busybox', ([title, kind, step, first, second], ctx) => {
    expect(calls(ctx, shell, shadow, kind, step), title).toEqual(first)
    expect(calls(ctx, shell, busybox, kind, step), title).toEqual(second)
  })

  it('accounts are what Node sees', (ctx) => {
    const { username, uid, homedir, shell: login } = userInfo()
    const queries = [runningUser(username).query, groupEntry('root', 0).query] as never[]
    const output = run(ctx, shell, accountsKind.script(queries, { uid } as Facts))
    const [user, group] = accountsKind.parse(Buffer.from(output), queries, {} as Facts)
    expect(user).toMatchObject({ ok: true, value: { entry: { uid, home: homedir, shell: login }, by: uid } })
    expect(group).toMatchObject({ ok: true, value: { entry: { gid: 0 }, holder: 'root' } })
  })

  it('tells how the host makes users', (ctx) => {
    const { query } = accountDefaults()
    const output = run(ctx, shell, accountDefaultsKind.script([query as object], {} as Facts))
    const [answer] = accountDefaultsKind.parse(Buffer.from(output), [{}], {} as Facts)
    expect(answer).toMatchObject({ ok: true, value: { homes: expect.stringMatching(/^\//) as unknown } })
  })
})
