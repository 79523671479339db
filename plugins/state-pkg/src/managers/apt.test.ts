import { describe, expect, it } from 'vitest'
import { apt } from './apt.js'

const installed = `ii |cron|amd64|3.0pl1-162|cron-daemon
rc |cron-daemon-common|all|3.0pl1-162|
ii |dpkg|amd64|1.21.23|
hi |libc6|amd64|2.36-9+deb12u14|
ii |libc6|i386|2.36-9+deb12u13|
iU |half|amd64|1.0|
iF |worse|amd64|1.1|
iHR|bad|amd64|1.2|
iW |waits|amd64|1.3|
it |triggers|all|1.4|
hn |dreamt|amd64||
un |unknown||||
ii |mailer|amd64|2|mail-transport-agent, editor (= 2), other:i386
rc |removed-mailer|amd64|2|mail-transport-agent
end
`

describe('what dpkg has installed', () => {
  const seen = (name: string) => apt.parseInstalled(installed, [name])?.[0]

  it.each([
    ['cron', { state: 'installed', version: '3.0pl1-162', held: false }],
    ['cron-daemon-common', { state: 'config', version: '3.0pl1-162', held: false }],
    ['libc6', { state: 'installed', version: '2.36-9+deb12u14', held: true }],
    ['libc6:amd64', { state: 'installed', version: '2.36-9+deb12u14', held: true }],
    ['libc6:i386', { state: 'installed', version: '2.36-9+deb12u13', held: false }],
    ['libc6:arm64', { state: 'absent', held: false }],
    ['half', { state: 'half', version: '1.0', held: false }],
    ['worse', { state: 'half', version: '1.1', held: false }],
    ['bad', { state: 'half', version: '1.2', held: false }],
    ['waits', { state: 'installed', version: '1.3', held: false }],
    ['triggers', { state: 'installed', version: '1.4', held: false }],
    ['triggers:amd64', { state: 'installed', version: '1.4', held: false }],
    ['dreamt', { state: 'absent', held: true }],
    ['nosuch', { state: 'absent', held: false }],
    ['cro', { state: 'absent', held: false }],
  ])('%s', (name, expected) => {
    expect(seen(name)).toEqual({ name, providers: [], ...expected })
  })

  it.each([
    ['mail-transport-agent', ['mailer']],
    ['editor', ['mailer']],
    ['cron-daemon', ['cron']],
    ['edit', []],
  ])('provides %s', (name, providers) => {
    expect(seen(name)).toEqual({ name, state: 'absent', held: false, providers })
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < installed.length; i++)
      expect(apt.parseInstalled(installed.slice(0, i), ['cron'])).toBeUndefined()
    expect(apt.parseInstalled('end\n', ['cron'])).toBeUndefined()
  })
})

const offers = `native amd64
nginx-light:
  Installed: (none)
  Candidate: 1.22.1-9+deb12u11
  Version table:
     1.26.3-2~bpo12+1 100
        100 https://deb.debian.org/debian bookworm-backports/main amd64 Packages
     1.22.1-9+deb12u11 500
        500 https://deb.debian.org/debian-security bookworm-security/main amd64 Packages
        500 https://deb.debian.org/debian bookworm/main amd64 Packages
     1.22.1-9 500
        500 https://deb.debian.org/debian bookworm/main amd64 Packages
libc6:
  Installed: 2.36-9+deb12u14
  Candidate: 2.36-9+deb12u14
  Version table:
 *** 2.36-9+deb12u14 100
        100 /var/lib/dpkg/status
libc6:i386:
  Installed: (none)
  Candidate: 2.36-9
  Version table:
     2.36-9 500
        500 https://deb.debian.org/debian bookworm/main i386 Packages
pinned:
  Installed: 1.0
  Candidate: 1.1
  Package pin: 1.1
  Version table:
     2.0 990
        500 file:/srv/own ./ Packages
 *** 1.0 990
        500 file:/srv/own ./ Packages
        100 /var/lib/dpkg/status
mail-transport-agent:
  Installed: (none)
  Candidate: (none)
  Version table:
httpd:
  Installed: (none)
  Candidate: (none)
  Version table:
end
Package: mail-transport-agent
Versions: 

Reverse Depends: 
  cron,mail-transport-agent
Dependencies: 
Provides: 
Reverse Provides: 
postfix 3.7.11-0+deb12u1 (= )
exim4-daemon-light 4.96-15+deb12u6 (= )
postfix 3.7.6-0+deb12u2 (= )
Package: httpd
Versions: 

Reverse Depends: 
Dependencies: 
Provides: 
Reverse Provides: 
end
`

describe('what repositories offer', () => {
  const seen = (name: string) => apt.parseOffers(offers, [name])?.[0]

  it.each([
    ['nginx-light', '1.22.1-9+deb12u11', ['1.26.3-2~bpo12+1', '1.22.1-9+deb12u11', '1.22.1-9'], []],
    ['nginx-light:amd64', '1.22.1-9+deb12u11', ['1.26.3-2~bpo12+1', '1.22.1-9+deb12u11', '1.22.1-9'], []],
    ['libc6', '2.36-9+deb12u14', [], []],
    ['libc6:i386', '2.36-9', ['2.36-9'], []],
    ['libc6:arm64', undefined, [], []],
    ['pinned', '1.1', ['2.0', '1.0'], []],
    ['mail-transport-agent', undefined, [], ['postfix', 'exim4-daemon-light']],
    ['httpd', undefined, [], []],
    ['nosuch', undefined, [], []],
  ])('%s', (name, candidate, versions, providers) => {
    expect(seen(name)).toEqual({ name, ...(candidate === undefined ? {} : { candidate }), versions, providers })
  })

  it('is nothing where there is nothing', () => {
    expect(apt.parseOffers('native amd64\nend\nend\n', ['a'])).toEqual([{ name: 'a', versions: [], providers: [] }])
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < offers.length; i++) expect(apt.parseOffers(offers.slice(0, i), ['httpd'])).toBeUndefined()
  })
})

const tried = `NOTE: This is only a simulation!
      apt-get needs root privileges for real execution.
Reading package lists...
The following packages will be REMOVED:
  exim4
Inst nginx-common (1.22.1-9 Debian:12.5/stable [all])
Remv exim4 [4.96-15]
Inst libc6 [2.36-8] (2.36-9 Debian:12.5/stable [amd64]) [libc6:i386 ]
Inst libc6:i386 (2.36-9 Debian:12.5/stable [i386])
Remv old [1:2-3]
Purg old [1:2-3]
Purg traces
Conf libc6 (2.36-9 Debian:12.5/stable [amd64])
`

describe('what a transaction would do', () => {
  it('is told package by package', () => {
    expect(apt.parseTrial(tried).packages).toEqual([
      { name: 'nginx-common', from: null, to: '1.22.1-9' },
      { name: 'exim4', from: '4.96-15', to: null },
      { name: 'libc6', from: '2.36-8', to: '2.36-9' },
      { name: 'libc6:i386', from: null, to: '2.36-9' },
      { name: 'old', from: '1:2-3', to: null },
      { name: 'traces', from: null, to: null },
    ])
  })

  it('is nothing where nothing is told, and never an error', () => {
    expect(apt.parseTrial('').packages).toEqual([])
    for (let i = 0; i < tried.length; i++) expect(() => apt.parseTrial(tried.slice(0, i))).not.toThrow()
  })
})

describe('the words of apt-get', () => {
  const line = (
    transaction: Omit<Parameters<typeof apt.words>[0], 'packages'> & {
      packages?: { name: string; version?: string }[]
    },
  ) =>
    apt
      .words({ packages: [], ...transaction })
      .slice(4)
      .join(' ')

  it.each([
    [{ action: 'install', packages: [{ name: 'a' }, { name: 'b', version: '1' }] }, 'install a b=1'],
    [{ action: 'install', packages: [{ name: 'a' }], recommends: false }, '--no-install-recommends install a'],
    [{ action: 'install', packages: [{ name: 'a' }], recommends: true }, '--install-recommends install a'],
    [{ action: 'install', packages: [{ name: 'a' }], downgrade: true }, '--allow-downgrades install a'],
    [{ action: 'install', packages: [{ name: 'a' }], held: true }, '--allow-change-held-packages install a'],
    [{ action: 'install', packages: [{ name: 'a' }], file: '/srv/a.deb' }, 'install /srv/a.deb'],
    [{ action: 'remove', packages: [{ name: 'a' }], autoremove: true }, '--auto-remove remove a'],
    [{ action: 'purge', packages: [{ name: 'a' }] }, 'purge a'],
    [{ action: 'upgrade' }, '--with-new-pkgs upgrade'],
    [{ action: 'upgrade', full: true }, 'dist-upgrade'],
    [{ action: 'upgrade', packages: [{ name: 'a' }] }, '--only-upgrade install a'],
  ] as const)('%j', (transaction, expected) => {
    expect(line(transaction as unknown as Parameters<typeof line>[0])).toBe(expected)
  })
})
