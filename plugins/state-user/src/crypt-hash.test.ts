import { describe, expect, it } from 'vitest'
import { isCryptHash } from './crypt-hash.js'
import { dateOf, daysOf, isDate } from './days.js'

describe('a hash of a password', () => {
  // As openssl passwd and mkpasswd print them.
  it.each([
    ['MD5', '$1$salt$qJH7.N4xYta3aEG/dfqo/0'],
    ['bcrypt', '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'],
    ['SHA-256', '$5$salt$Gcm6FsVtF/Qa77ZKD.iwsJlCVPY0XSMgLJL0Hnww/c1'],
    [
      'SHA-512 with rounds',
      '$6$rounds=5000$salt$IxDD3jeSOb5eB1CX5LBsqZFVkJdido3OUILO5Ifz5iwMuTS4XMS130MTSuDDl3aCI6WouIL9AjRbLCelDCy.g.',
    ],
    ['yescrypt', '$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7'],
    ['none', '*'],
  ])('is one: %s', (_scheme, text) => {
    expect(isCryptHash(text)).toBe(true)
  })

  it.each([
    '',
    'hunter2',
    '!',
    'x',
    '$6$short',
    'abcdefghijklm',
    '$9$salt$Gcm6FsVtF/Qa77ZKD.iwsJlCVPY0XSMg',
    '$6$salt$a:b:c:d:e:f:g:h:i:j',
    '$6$salt$Gcm6FsVtF/Qa77ZKD\n.iwsJlCVPY0XSMg',
  ])('is none: %j', (text) => {
    expect(isCryptHash(text)).toBe(false)
  })
})

describe('a date', () => {
  it.each([
    ['1970-01-01', 0],
    ['2000-02-29', 11_016],
    ['2031-02-28', 22_338],
  ])('is a number of days: %s', (date, days) => {
    expect([isDate(date), daysOf(date), dateOf(days)]).toEqual([true, days, date])
  })

  it.each(['2001-02-29', '2030-13-01', '2030-1-1', '01.01.2030', '2030-01-01T00:00', ''])('is none: %j', (text) => {
    expect(isDate(text)).toBe(false)
  })
})
