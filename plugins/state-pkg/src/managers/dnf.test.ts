import { describe, expect, it } from 'vitest'
import { dnf } from './dnf.js'

const installed = `nginx-core|2:1.24.0-1.el9|x86_64|nginx-core nginx-core(x86-64) webserver 
no package provides nosuch
kernel-core|0:5.14.0-362.el9|x86_64|kernel-core kernel-core(x86-64) 
kernel-core|0:5.14.0-427.el9|x86_64|kernel-core kernel-core(x86-64) 
glibc|0:2.34-83.el9|x86_64|glibc glibc(x86-64) libc.so.6()(64bit) 
glibc|0:2.34-83.el9|i686|glibc glibc(x86-32) libc.so.6 
end
`

describe('what rpm has installed', () => {
  const seen = (name: string) => dnf.parseInstalled(installed, [name])?.[0]

  it.each([
    ['nginx-core', { state: 'installed', version: '2:1.24.0-1.el9', providers: [] }],
    ['kernel-core', { state: 'installed', version: '5.14.0-427.el9', providers: [] }],
    ['glibc:i686', { state: 'installed', version: '2.34-83.el9', providers: [] }],
    ['glibc:aarch64', { state: 'absent', providers: [] }],
    ['webserver', { state: 'absent', providers: ['nginx-core'] }],
    ['nosuch', { state: 'absent', providers: [] }],
  ])('%s', (name, expected) => {
    expect(seen(name)).toEqual({ name, held: false, ...expected })
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < installed.length; i++)
      expect(dnf.parseInstalled(installed.slice(0, i), ['glibc'])).toBeUndefined()
  })
})

// Version 4 ends every line, and so does the format: an empty one comes between.
const offers = `offer|nginx|1:1.20.1-14.el9|
offer|
offer|nginx|1:1.24.0-4.el9|
offer|
offer|vim-enhanced|2:8.2.2637-20.el9|
offer|vim-enhanced|0:8.2.9-1.el9|
provider|editor|vim-enhanced|2:8.2.2637-20.el9|
provider|editor|
provider|editor|nano|0:5.6.1-5.el9|
end
`

describe('what repositories offer', () => {
  it.each([
    ['nginx', '1:1.24.0-4.el9', ['1:1.24.0-4.el9', '1:1.20.1-14.el9'], []],
    ['vim-enhanced', '2:8.2.2637-20.el9', ['2:8.2.2637-20.el9', '8.2.9-1.el9'], []],
    ['editor', undefined, [], ['vim-enhanced', 'nano']],
    ['nosuch', undefined, [], []],
  ])('%s', (name, candidate, versions, providers) => {
    const expected = { name, ...(candidate === undefined ? {} : { candidate }), versions, providers }
    expect(dnf.parseOffers(offers, [name])).toEqual([expected])
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < offers.length; i++) expect(dnf.parseOffers(offers.slice(0, i), ['nginx'])).toBeUndefined()
  })
})

describe('upgrades', () => {
  it('are told with both versions', () => {
    const tried =
      'upgrade|curl|0:7.76.1-26.el9|7.76.1-29.el9_4.1\nupgrade|vim-minimal|2:8.2-20.el9|2:8.2-21.el9\nupgrade|cut\n'
    expect(dnf.parseTrial(tried).packages).toEqual([
      { name: 'curl', from: '7.76.1-26.el9', to: '7.76.1-29.el9_4.1' },
      { name: 'vim-minimal', from: '2:8.2-20.el9', to: '2:8.2-21.el9' },
    ])
  })

  it('alone can be tried', () => {
    expect(dnf.trialScript({ action: 'install', packages: [{ name: 'a' }] })).toBeUndefined()
    expect(dnf.trialScript({ action: 'upgrade', packages: [] })).toContain('check-update')
  })
})

describe('the words of dnf', () => {
  it.each([
    [
      { action: 'install', packages: [{ name: 'a' }, { name: 'b', version: '1:2-3' }, { name: 'c:i686' }] },
      'install a b-1:2-3 c.i686',
    ],
    [{ action: 'install', packages: [{ name: 'a', replaces: '1-1', newest: '2-1' }] }, 'install a-2-1'],
    [{ action: 'install', packages: [{ name: 'a', version: '1-1' }], downgrade: true }, 'downgrade a-1-1'],
    [{ action: 'install', packages: [{ name: 'a' }], recommends: false }, '--setopt=install_weak_deps=False install a'],
    [{ action: 'install', packages: [{ name: 'a' }], file: '/srv/a.rpm' }, 'install /srv/a.rpm'],
    [{ action: 'remove', packages: [{ name: 'a' }] }, '--setopt=clean_requirements_on_remove=False remove a'],
    [
      { action: 'purge', packages: [{ name: 'a' }], autoremove: true },
      '--setopt=clean_requirements_on_remove=True remove a',
    ],
    [{ action: 'upgrade', packages: [] }, 'upgrade'],
    [{ action: 'upgrade', packages: [], full: true }, 'distro-sync'],
    [{ action: 'upgrade', packages: [{ name: 'a' }] }, 'upgrade a'],
  ] as const)('%j', (transaction, line) => {
    expect(dnf.words(transaction).join(' ')).toBe(`-y -q ${line}`)
  })
})
