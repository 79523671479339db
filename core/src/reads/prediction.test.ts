import { describe, expect, it } from 'vitest'
import type { Facts } from '../contracts/facts.js'
import type { Given } from '../contracts/read.js'
import { seenEntry, seenFile } from '../testing/index.js'
import { accountKind, futureId, givesAccount } from './account.js'
import { editableKind } from './editable.js'
import { givesFile, givesPlace, predictFile } from './file-prediction.js'

const facts = { uid: 0, user: 'root', group: 'root' } as Facts

const home = '/home/alice'
const profile = `${home}/.profile`
const parent = 'absent' as const

/** As of a step that makes a user, with a home that holds what new homes hold. */
const newUser: readonly Given[] = [
  givesPlace('/etc/shadow'),
  givesAccount('passwd', 'alice', { id: futureId }),
  givesAccount('group', 'alice', { id: futureId }),
  givesFile(home, { type: 'directory', mode: '0700', owner: 'alice', group: 'alice' }),
  givesFile(profile, { type: 'file', mode: '0644', owner: 'alice', group: 'alice', sha256: 'a'.repeat(64) }),
]

describe('an account', () => {
  const ask = (database: 'passwd' | 'group', name: string, given: readonly Given[], id?: number): unknown =>
    accountKind.predict?.({ database, name }, id === undefined ? { id } : { id }, given, facts)

  it.each<[string, 'passwd' | 'group', string, readonly Given[], number | undefined, unknown]>([
    ['is there once it is made', 'passwd', 'alice', newUser, undefined, { id: futureId }],
    ['has the id that was given', 'group', 'www', [givesAccount('group', 'www', { id: 33 })], undefined, { id: 33 }],
    [
      'is gone once it is removed',
      'passwd',
      'bob',
      [givesAccount('passwd', 'bob', { id: undefined })],
      7,
      { id: undefined },
    ],
    ['stays when others come', 'passwd', 'bob', newUser, 7, { id: 7 }],
    ['stays when it is only touched', 'passwd', 'bob', [givesAccount('passwd', 'bob')], 7, { id: 7 }],
    [
      'is not a group of its name',
      'group',
      'bob',
      [givesAccount('passwd', 'bob', { id: 7 })],
      undefined,
      { id: undefined },
    ],
    [
      'is unknown after a write of its database',
      'passwd',
      'bob',
      [givesFile('/etc/passwd', { type: 'file' })],
      7,
      undefined,
    ],
    ['is unknown after a step that tells nothing', 'passwd', 'bob', [], 7, undefined],
  ])('%s', (_title, database, name, given, id, answer) => {
    expect(ask(database, name, given, id)).toEqual(answer)
  })
})

describe('a file', () => {
  const ask = (path: string, given: readonly Given[], now = seenEntry({ parent }, path)): unknown =>
    predictFile({ path, hash: true }, now, given, facts)

  it('can be made in a home that will be there', () => {
    expect(ask(`${home}/.ssh`, newUser)).toMatchObject({ type: 'absent', parent: 'directory', writable: true })
  })

  it('is there where the step puts it', () => {
    expect(ask(profile, newUser)).toMatchObject({ type: 'file', owner: 'alice', mode: '0644', exists: true })
  })

  it('is unknown beside what the step tells of', () => {
    expect(ask('/etc/passwd', newUser, seenFile({}, '/etc/passwd'))).toBeUndefined()
  })

  it('is unknown where the step tells of accounts only', () => {
    expect(ask('/etc/group', newUser.slice(0, 3), seenFile({}, '/etc/group'))).toBeUndefined()
  })

  it('of which only the place is told is unknown, but stays where it is', () => {
    const path = '/etc/passwd'
    const now = seenFile({}, path)
    expect(ask(path, [givesPlace(path)], now)).toBeUndefined()
    expect(predictFile({ path, hash: false, place: true }, now, [givesPlace(path)], facts)).toEqual(now)
  })

  it('is unknown in a directory that was there, when something else in it changes as well', () => {
    expect(ask(`${home}/.ssh`, newUser, seenFile({ type: 'directory' }, `${home}/.ssh`))).toBeUndefined()
  })
})

describe('a file to be edited', () => {
  const ask = (path: string, given: readonly Given[]): unknown =>
    editableKind.predict?.({ path }, { why: 'absent' }, given, facts)

  it.each([
    ['is absent from a home that is new', `${home}/.ssh/authorized_keys`, newUser, { why: 'absent' }],
    ['is unknown where the step does not bring its text', profile, newUser, undefined],
    ['is unknown beside what the step tells of', '/etc/passwd', newUser, undefined],
    ['is unknown where only the place is told', '/etc/passwd', [givesPlace('/etc/passwd')], undefined],
    ['is unknown where the step tells of accounts only', '/etc/group', newUser.slice(0, 3), undefined],
  ])('%s', (_title, path, given, answer) => {
    expect(ask(path, given)).toEqual(answer)
  })
})
