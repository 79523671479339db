import { describe, expect, it } from 'vitest'
import { apk } from './apk.js'

const installed = `P:musl
V:1.2.4_git20230717-r4
A:x86_64
p:so:libc.musl-x86_64.so.1=1
P:busybox-binsh
V:1.36.1-r15
A:x86_64
p:/bin/sh cmd:sh=1.36.1-r15
P:postfix
V:3.8.4-r0
A:x86_64
p:mta=3 cmd:sendmail=3.8.4-r0
P:.build-deps
V:20240101.000000
A:noarch
end
`

describe('what apk has installed', () => {
  it.each([
    ['musl', { state: 'installed', version: '1.2.4_git20230717-r4', providers: [] }],
    ['postfix', { state: 'installed', version: '3.8.4-r0', providers: [] }],
    ['mta', { state: 'absent', providers: ['postfix'] }],
    ['busybox', { state: 'absent', providers: [] }],
  ])('%s', (name, expected) => {
    expect(apk.parseInstalled(installed, [name])).toEqual([{ name, held: false, ...expected }])
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < installed.length; i++)
      expect(apk.parseInstalled(installed.slice(0, i), ['musl'])).toBeUndefined()
  })
})

const offers = `nginx policy:
  1.24.0-r16:
    https://dl-cdn.alpinelinux.org/alpine/v3.19/main
  1.24.0-r15:
    lib/apk/db/installed
    https://dl-cdn.alpinelinux.org/alpine/v3.19/main
  1.24.0-r1:
    lib/apk/db/installed
mailed policy:
  1.0-r0:
    lib/apk/db/installed
end
`

describe('what repositories offer', () => {
  it.each([
    ['nginx', '1.24.0-r16', ['1.24.0-r16', '1.24.0-r15']],
    ['mailed', undefined, []],
    ['nosuch', undefined, []],
  ])('%s', (name, candidate, versions) => {
    const expected = { name, ...(candidate === undefined ? {} : { candidate }), versions, providers: [] }
    expect(apk.parseOffers(offers, [name])).toEqual([expected])
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < offers.length; i++) expect(apk.parseOffers(offers.slice(0, i), ['nginx'])).toBeUndefined()
  })
})

const tried = `(1/4) Installing pcre (8.45-r3)
(2/4) Upgrading busybox (1.36.1-r15 -> 1.36.1-r16)
(3/4) Downgrading zlib (1.3-r2 -> 1.3-r1)
(4/4) Purging nginx (1.24.0-r15)
Executing busybox-1.36.1-r16.trigger
OK: 9 MiB in 17 packages
`

describe('what a transaction would do', () => {
  it('is told line by line', () => {
    expect(apk.parseTrial(tried).packages).toEqual([
      { name: 'pcre', from: null, to: '8.45-r3' },
      { name: 'busybox', from: '1.36.1-r15', to: '1.36.1-r16' },
      { name: 'zlib', from: '1.3-r2', to: '1.3-r1' },
      { name: 'nginx', from: '1.24.0-r15', to: null },
    ])
  })

  it('never throws, wherever the output breaks off', () => {
    for (let i = 0; i < tried.length; i++) expect(() => apk.parseTrial(tried.slice(0, i))).not.toThrow()
  })
})

describe('the words of apk', () => {
  it.each([
    [{ action: 'install', packages: [{ name: 'a' }, { name: 'b', version: '2-r3' }] }, 'add --upgrade a b=2-r3'],
    [{ action: 'install', packages: [{ name: 'a', replaces: '1-r0', newest: '2-r0' }] }, 'add --upgrade a'],
    [{ action: 'install', packages: [{ name: 'a' }], file: '/srv/a.apk' }, 'add --upgrade /srv/a.apk'],
    [{ action: 'remove', packages: [{ name: 'a' }] }, 'del a'],
    [{ action: 'purge', packages: [{ name: 'a' }] }, 'del --purge a'],
    [{ action: 'upgrade', packages: [] }, 'upgrade'],
    [{ action: 'upgrade', packages: [{ name: 'a' }] }, 'add --upgrade a'],
  ] as const)('%j', (transaction, line) => {
    expect(apk.words(transaction).join(' ')).toBe(line)
  })
})
