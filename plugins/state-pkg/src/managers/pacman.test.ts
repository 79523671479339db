import { describe, expect, it } from 'vitest'
import { pacman } from './pacman.js'

const installed = `bash 5.2.026-2
nginx 1.24.0-3
postfix 3.9.0-1
end
nosuch
nginx-mainline
end
`

describe('what pacman has installed', () => {
  it.each([
    ['nginx', { state: 'installed', version: '1.24.0-3', providers: [] }],
    ['smtp-server', { state: 'absent', providers: ['one that provides it'] }],
    ['nosuch', { state: 'absent', providers: [] }],
  ])('%s', (name, expected) => {
    expect(pacman.parseInstalled(installed, [name])).toEqual([{ name, held: false, ...expected }])
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < installed.length; i++) {
      expect(pacman.parseInstalled(installed.slice(0, i), ['nginx'])).toBeUndefined()
    }
  })
})

const offers = `Repository      : extra
Name            : nginx
Version         : 1.26.1-1
Description     : Lightweight HTTP server : and proxy
Depends On      : pcre2  zlib

Repository      : own
Name            : nginx
Version         : 1.25.0-1

Repository      : core
Name            : bash
Version         : 5.2.026-2

end
`

describe('what repositories offer', () => {
  it.each([
    ['nginx', '1.26.1-1', ['1.26.1-1', '1.25.0-1']],
    ['bash', '5.2.026-2', ['5.2.026-2']],
    ['nosuch', undefined, []],
  ])('%s', (name, candidate, versions) => {
    const expected = { name, ...(candidate === undefined ? {} : { candidate }), versions, providers: [] }
    expect(pacman.parseOffers(offers, [name])).toEqual([expected])
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < offers.length; i++) expect(pacman.parseOffers(offers.slice(0, i), ['nginx'])).toBeUndefined()
  })
})

describe('what a transaction would do', () => {
  it.each([
    [
      '+|pcre2|10.44-1\n+|nginx|1.26.1-1\n',
      [
        { name: 'pcre2', from: null, to: '10.44-1' },
        { name: 'nginx', from: null, to: '1.26.1-1' },
      ],
    ],
    ['-|nginx|1.24.0-3\n', [{ name: 'nginx', from: '1.24.0-3', to: null }]],
    [
      'nginx 1.24.0-3 -> 1.26.1-1\nbash 5.1-1 -> 5.2-1 [ignored]\n',
      [{ name: 'nginx', from: '1.24.0-3', to: '1.26.1-1' }],
    ],
    [':: Synchronizing\nwarning: nothing\n+|cut', []],
  ])('%j', (tried, packages) => {
    expect(pacman.parseTrial(tried).packages).toEqual(packages)
  })
})

describe('the words of pacman', () => {
  const always = '--noconfirm --noprogressbar'
  it.each([
    [{ action: 'install', packages: [{ name: 'a' }, { name: 'b', version: '2-3' }] }, '--needed -S a b=2-3'],
    [{ action: 'install', packages: [{ name: 'a' }], file: '/srv/a.pkg.tar.zst' }, '-U /srv/a.pkg.tar.zst'],
    [{ action: 'remove', packages: [{ name: 'a' }] }, '-R a'],
    [{ action: 'purge', packages: [{ name: 'a' }], autoremove: true }, '-Rsn a'],
    [{ action: 'upgrade', packages: [] }, '-Su'],
    [{ action: 'upgrade', packages: [{ name: 'a' }] }, '--needed -S a'],
  ] as const)('%j', (transaction, line) => {
    expect(pacman.words(transaction).join(' ')).toBe(`${always} ${line}`)
  })
})
