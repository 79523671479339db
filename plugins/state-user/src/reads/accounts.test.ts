import { type Answered, type Facts, futureId, type Given, givesAccount } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { givesGroup, givesMembers, givesUser } from './account-prediction.js'
import { accountsKind, type GroupAnswer, groupEntry, runningUser, type UserAnswer, userEntry } from './accounts.js'

/** As a Debian host with sssd has answered root about alice, carol of the directory, and others. */
const recorded = `0
--
root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
alice:x:1000:1000:Alice Öberg, "x":/home/alice:/bin/bash
dave:x:1001:1000::/home/dave:
alice:x:2000:2000:again:/:/bin/sh
# a comment
+::::::
half:x:12
--
root:x:0:
adm:x:4:syslog,alice
sudo:x:27:alice,,dave
alice:x:1000:
--
readable
alice:!$6$salt$hash:19000:0:99999:7::20000:
dave:*:19000::::::
--
alice:x:1000:1000:Alice:/home/alice:/bin/bash
carol:*:70000:70000:Carol:/home/carol:/bin/bash
--
staff:*:70001:carol,alice
--
1000 71 bash
1000 72 (sd-pam) x
1 9 cron
--
`

const [alice, carol, eve] = [userEntry('alice', 1001), userEntry('carol'), userEntry('eve')]
const running = runningUser('alice')
const [adm, staff, own] = [groupEntry('adm', 27), groupEntry('staff'), groupEntry('alice')]
const reads = [alice, carol, eve, running, adm, staff, own]
const queries = reads.map(({ query }) => query as never)

const parse = (output: string): readonly Answered<UserAnswer | GroupAnswer>[] =>
  accountsKind.parse(Buffer.from(output), queries, {} as Facts)

const values = parse(recorded).map((answer) => (answer.ok ? answer.value : undefined))

describe('users and groups', () => {
  it('are what the databases say', () => {
    expect(values[0]).toEqual({
      entry: {
        uid: 1000,
        gid: 1000,
        group: 'alice',
        comment: 'Alice Öberg, "x"',
        home: '/home/alice',
        shell: '/bin/bash',
        groups: ['adm', 'sudo'],
        isLocal: true,
        shadow: {
          password: '!$6$salt$hash',
          minimum: 0,
          maximum: 99_999,
          warning: 7,
          inactive: undefined,
          expires: 20_000,
        },
      },
      holder: 'dave',
      processes: ['bash (71)', '(sd-pam) x (72)'],
      by: 0,
    })
    expect(values[4]).toEqual({
      entry: { gid: 4, members: ['syslog', 'alice'], primaryOf: [], isLocal: true },
      holder: 'sudo',
      by: 0,
    })
    expect(values[6]).toMatchObject({ entry: { gid: 1000, primaryOf: ['alice', 'dave'] } })
  })

  it('may be those of a directory server', () => {
    expect(values[1]).toMatchObject({ entry: { uid: 70_000, isLocal: false, group: undefined, shadow: undefined } })
    expect(values[5]).toMatchObject({ entry: { gid: 70_001, isLocal: false } })
  })

  it('may not be there', () => {
    expect(values[2]).toEqual({ entry: undefined, holder: undefined, processes: [], by: 0 })
  })

  it('have secrets that only root may read', () => {
    const answers = parse(recorded.replace('readable\n', '').replace(/^0\n/, '1000\n'))
    expect(answers[0]).toMatchObject({ ok: true, value: { by: 1000, entry: { shadow: undefined } } })
  })

  it.each([0, 1, 5, recorded.indexOf('root:x:0:\n'), recorded.indexOf('readable'), recorded.length - 4])(
    'are unknown where the answer broke off, behind %i bytes',
    (length) => {
      expect(new Set(parse(recorded.slice(0, length)).map(({ ok }) => ok))).toEqual(new Set([false]))
    },
  )
})

describe('the script', () => {
  it('asks for the hashes of those that are asked about, and nobody else', () => {
    const script = accountsKind.script([userEntry('a.b$').query as never, userEntry('x').query as never], {} as Facts)
    expect(script).toContain(String.raw`grep -e '^a\.b\$:' -e '^x:' /etc/shadow`)
  })

  it('reads no hash where only groups are asked about', () => {
    expect(accountsKind.script([adm.query as never], {} as Facts)).not.toContain('/etc/shadow')
  })
})

const predict = (read: { readonly query: unknown }, at: number, given: readonly Given[]): unknown =>
  accountsKind.predict?.(read.query as never, values[at] as never, given, {} as Facts)

const made = { ...(values[0] as UserAnswer).entry, uid: futureId, groups: [] } as never

describe('what earlier steps of a plan leave', () => {
  it.each<[string, { readonly query: unknown }, number, readonly Given[], unknown]>([
    ['a user that was made', eve, 2, [givesUser('eve', { made })], { entry: made }],
    ['a user that is gone', carol, 1, [givesUser('carol', { gone: true })], { entry: undefined }],
    [
      'another shell',
      carol,
      1,
      [givesUser('carol', { changed: { shell: '/x' } })],
      { entry: { uid: 70_000, shell: '/x' } },
    ],
    ['others', carol, 1, [givesUser('eve', { made })], values[1]],
    ['one more group', carol, 1, [givesMembers('adm', { add: ['carol'] })], { entry: { groups: ['adm'] } }],
    ['one group less', alice, 0, [givesMembers('adm', { remove: ['alice'] })], { entry: { groups: ['sudo'] } }],
    ['a group that is gone', alice, 0, [givesGroup('adm', { gone: true })], { entry: { groups: ['sudo'] } }],
    ['another number of its group', alice, 0, [givesGroup('alice', { changed: { gid: 9 } })], { entry: { gid: 9 } }],
    [
      'a member',
      staff,
      5,
      [givesMembers('staff', { add: ['eve'] })],
      { entry: { members: ['carol', 'alice', 'eve'] } },
    ],
    ['a member that is gone', staff, 5, [givesUser('alice', { gone: true })], { entry: { members: ['carol'] } }],
    ['a user of a group', own, 6, [givesUser('eve', { made })], { entry: { primaryOf: ['alice', 'dave', 'eve'] } }],
    ['a group that is gone itself', staff, 5, [givesGroup('staff', { gone: true })], { entry: undefined }],
  ])('is known: %s', (_what, read, at, given, expected) => {
    expect(predict(read, at, given)).toMatchObject(expected as object)
  })

  it.each<[string, { readonly query: unknown }, number, readonly Given[]]>([
    ['who writes the database', carol, 1, [{ key: 'file:/etc/passwd', fields: { type: 'file' } }]],
    ['what tells of other accounts only', carol, 1, [givesAccount('passwd', 'carol')]],
    ['a user that may take the number', alice, 0, [givesUser('eve', { made })]],
    [
      'a group that may take the number',
      adm,
      4,
      [givesGroup('new', { made: { gid: futureId, members: [], primaryOf: [], isLocal: true } })],
    ],
    ['a user that had the number', alice, 0, [givesUser('dave', { gone: true })]],
  ])('is unknown: %s', (_what, read, at, given) => {
    expect(predict(read, at, given)).toBeUndefined()
  })
})
