import { describe, expect, it } from 'vitest'
import { usersSource } from './users.js'

const recorded = `root:x:0:0:root:/root:/bin/bash
alice:x:1000:1000:Alice,,,:/home/alice:/bin/zsh
svc:x:998:998::/nonexistent:
alice:x:2000:2000:of a directory:/home/other:/bin/sh
__proto__:x:5:5:::
+::::::
broken line
half:x:12
--
root:x:0:
adm:x:4:alice,bob
+:::
broken:x:four:
--
`

describe('users and groups', () => {
  it('are read from getent or the files', () => {
    const { users, groups } = usersSource.parse(recorded)
    expect(Object.entries(users as object)).toEqual([
      ['root', { uid: 0, gid: 0, home: '/root', shell: '/bin/bash' }],
      ['alice', { uid: 1000, gid: 1000, home: '/home/alice', shell: '/bin/zsh' }],
      ['svc', { uid: 998, gid: 998, home: '/nonexistent', shell: '' }],
      ['__proto__', { uid: 5, gid: 5, home: '', shell: '' }],
    ])
    expect(groups).toEqual({ root: { gid: 0, members: [] }, adm: { gid: 4, members: ['alice', 'bob'] } })
  })

  it.each([
    ['in the first list', 40, null, null],
    ['in the second list', recorded.indexOf('adm'), 4, null],
    ['at its end', recorded.length, 4, 2],
    ['before it began', 0, null, null],
  ])('are known as far as they came whole: broken off %s', (_where, length, users, groups) => {
    const given = usersSource.parse(recorded.slice(0, length))
    const count = (list: unknown): number | null => (list === null ? null : Object.keys(list as object).length)
    expect([count(given['users']), count(given['groups'])]).toEqual([users, groups])
  })
})
