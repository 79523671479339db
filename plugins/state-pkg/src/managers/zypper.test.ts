import { describe, expect, it } from 'vitest'
import { zypper } from './zypper.js'

const offers = `<?xml version='1.0'?>
<stream>
<search-result version="0.0">
<solvable-list>
<solvable status="other-version" name="nginx" kind="package" edition="1.21.5-150600.8.1" arch="x86_64" repository="Update repository"/>
<solvable status="other-version" name="nginx" kind="package" edition="1.21.5-150600.8.10" arch="x86_64" repository="Main &quot;Repository&quot;"/>
<solvable status="installed" name="nginx" kind="package" edition="1.19.8-1.1" arch="x86_64" repository="(System Packages)"/>
<solvable status="not-installed" name="nginx" kind="srcpackage" edition="9" arch="noarch" repository="Sources"/>
</solvable-list>
</search-result>
</stream>
provides nginx
provides smtp_daemon
<?xml version='1.0'?>
<stream>
<solvable-list>
<solvable status="not-installed" name="postfix" kind="package" edition="3.8.4-150600.1" arch="x86_64" repository="Main"/>
<solvable status="not-installed" name="exim" kind="package" edition="4.97-150600.1" arch="x86_64" repository="Main"/>
</solvable-list>
</stream>
end
`

describe('what repositories offer', () => {
  it.each([
    ['nginx', '1.21.5-150600.8.10', ['1.21.5-150600.8.10', '1.21.5-150600.8.1'], []],
    ['smtp_daemon', undefined, [], ['postfix', 'exim']],
    ['nosuch', undefined, [], []],
  ])('%s', (name, candidate, versions, providers) => {
    const expected = { name, ...(candidate === undefined ? {} : { candidate }), versions, providers }
    expect(zypper.parseOffers(offers, [name])).toEqual([expected])
  })

  it('is not known where the output broke off', () => {
    for (let i = 0; i < offers.length; i++) expect(zypper.parseOffers(offers.slice(0, i), ['nginx'])).toBeUndefined()
  })
})

const tried = `<?xml version='1.0'?>
<stream>
<message type="info">Loading repository data...</message>
<install-summary download-size="1024" space-usage-diff="2048" packages-to-change="3">
<to-upgrade>
<solvable type="package" name="libopenssl3" edition="3.1.4-150600.5.7.1" arch="x86_64" edition-old="3.1.4-150600.3.1" repository="Update"/>
</to-upgrade>
<to-install>
<solvable type="package" name="nginx" edition="1.21.5-150600.8.1" arch="x86_64" repository="Main" summary="a &lt;server&gt;"/>
<solvable type="patch" name="openSUSE-2024-1" edition="1" arch="noarch"/>
</to-install>
<to-remove>
<solvable type="package" name="apache2" edition="2.4.58-150600.1" arch="x86_64"/>
</to-remove>
</install-summary>
</stream>
`

describe('what a transaction would do', () => {
  it('is told by what happens to each package', () => {
    expect(zypper.parseTrial(tried).packages).toEqual([
      { name: 'libopenssl3', from: '3.1.4-150600.3.1', to: '3.1.4-150600.5.7.1' },
      { name: 'nginx', from: null, to: '1.21.5-150600.8.1' },
      { name: 'apache2', from: '2.4.58-150600.1', to: null },
    ])
  })

  it('never throws, wherever the output breaks off', () => {
    for (let i = 0; i < tried.length; i++) expect(() => zypper.parseTrial(tried.slice(0, i))).not.toThrow()
  })
})

describe('the words of zypper', () => {
  const agree = '--auto-agree-with-licenses'
  it.each([
    [{ action: 'install', packages: [{ name: 'a' }, { name: 'b', version: '2-3' }] }, `install ${agree} a b=2-3`],
    [{ action: 'install', packages: [{ name: 'a' }], recommends: false }, `install ${agree} --no-recommends a`],
    [{ action: 'install', packages: [{ name: 'a' }], recommends: true }, `install ${agree} --recommends a`],
    [
      { action: 'install', packages: [{ name: 'a', version: '1' }], downgrade: true },
      `install ${agree} --oldpackage a=1`,
    ],
    [{ action: 'install', packages: [{ name: 'a' }], file: '/srv/a.rpm' }, `install ${agree} /srv/a.rpm`],
    [{ action: 'remove', packages: [{ name: 'a' }] }, 'remove a'],
    [{ action: 'purge', packages: [{ name: 'a' }], autoremove: true }, 'remove --clean-deps a'],
    [{ action: 'upgrade', packages: [] }, `update ${agree}`],
    [{ action: 'upgrade', packages: [], full: true }, `dist-upgrade ${agree}`],
  ] as const)('%j', (transaction, line) => {
    expect(zypper.words(transaction).join(' ')).toBe(`--non-interactive ${line}`)
  })
})
