import { quoteAll } from '@prove/core'
import type { PackageManager, Transaction, Trial, WantedPackage } from './contract.js'
import { listsScript } from './lists-script.js'
import { offersOf, overRpm, rpmLibrary, withDot, withoutEpoch } from './rpm.js'

const search = 'zypper --non-interactive --no-refresh --xmlout search --match-exact --type package --details'

const offersScript = (names: readonly string[]): string => `
${search} ${quoteAll(names.map((name) => name.split(':')[0] ?? name))} 2>/dev/null
for n in ${quoteAll(names)}; do
echo "provides $n"; ${search} --provides "$n" 2>/dev/null
done
echo end`

/** The attributes of every package that is told; what is only installed is in no repository. */
const solvablesOf = (text: string): readonly { readonly name: string; readonly edition: string }[] =>
  [...text.matchAll(/<solvable ([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const value = (key: string): string => new RegExp(`(?:^| )${key}="([^"]*)"`).exec(attributes)?.[1] ?? ''
    if (value('kind') !== 'package' || value('repository') === '(System Packages)') return []
    return [{ name: value('name'), edition: withoutEpoch(value('edition')) }]
  })

const parseOffers: PackageManager['parseOffers'] = (output, names) => {
  if (!output.endsWith('\nend\n') && output !== 'end\n') return undefined
  const [own = '', ...more] = output.split(/^provides /m)
  const provided = more.flatMap((text) => {
    const asked = text.slice(0, text.indexOf('\n'))
    return solvablesOf(text).flatMap(({ name }) => (name === asked.split(':')[0] ? [] : [[asked, name] as const]))
  })
  const versions = solvablesOf(own).map(({ name, edition }) => [name, edition] as const)
  return offersOf(names, versions, provided)
}

const specOf = ({ name, version, newest }: WantedPackage): string => {
  const chosen = version ?? newest
  return `${withDot(name)}${chosen === undefined ? '' : `=${chosen}`}`
}

const optionsOf = (transaction: Transaction): readonly string[] => {
  const { action, recommends, downgrade, autoremove, full } = transaction
  const advised = recommends === undefined ? [] : [recommends ? '--recommends' : '--no-recommends']
  switch (action) {
    case 'install':
      return ['install', '--auto-agree-with-licenses', ...advised, ...(downgrade === true ? ['--oldpackage'] : [])]
    case 'upgrade':
      return [full === true ? 'dist-upgrade' : 'update', '--auto-agree-with-licenses']
    default:
      return ['remove', ...(autoremove === true ? ['--clean-deps'] : [])]
  }
}

const namedOf = ({ packages, file }: Transaction): readonly string[] =>
  file === undefined ? packages.map(specOf) : [file]

const words = (transaction: Transaction): readonly string[] => [
  '--non-interactive',
  ...optionsOf(transaction),
  ...namedOf(transaction),
]

const trialScript = (transaction: Transaction): string => {
  const line = ['--non-interactive', '--no-refresh', '--xmlout', ...optionsOf(transaction), '--dry-run']
  return `zypper ${quoteAll([...line, ...namedOf(transaction)])} 2>&1; r=$?; echo; case $r in 10[0-6]) r=0;; esac; echo "exit $r"`
}

/** By what is done to the packages of each list. */
const parseTrial = (output: string): Omit<Trial, 'refused'> => ({
  packages: [...output.matchAll(/<to-(install|upgrade|downgrade|remove|change-arch)>([^]*?)<\/to-\1>/g)].flatMap(
    ([, action, list = '']) =>
      [...list.matchAll(/<solvable ([^>]*)>/g)].flatMap(([, attributes = '']) => {
        const value = (key: string): string | undefined => new RegExp(`(?:^| )${key}="([^"]*)"`).exec(attributes)?.[1]
        const [name, edition = null] = [value('name'), value('edition')]
        if (name === undefined || value('type') !== 'package') return []
        const from = action === 'remove' ? edition : (value('edition-old') ?? null)
        return [{ name, from, to: action === 'remove' ? null : edition }]
      }),
  ),
})

/** Of SUSE. */
export const zypper: PackageManager = {
  name: 'zypper',
  program: 'zypper',
  ...overRpm,
  offersScript,
  parseOffers,
  listsScript: listsScript(['/var/cache/zypp/solv/*/cookie'], ['/etc/zypp/repos.d']),
  words,
  trialScript,
  parseTrial,
  // Status 102 and 103 say that the host, or the package manager, is to be started again.
  library: `${rpmLibrary}
pm() {
ZYPP_LOCK_TIMEOUT=$(pm_left); export ZYPP_LOCK_TIMEOUT
watch "$pm_seconds" zypper "$@" >"$D/po" 2>"$D/pe"; r=$?
case $r in 102|103) r=0;; esac
return $r
}
pm_update() { pm --non-interactive refresh; }
pm_locked() { grep -q 'System management is locked' "$D/po" "$D/pe"; }
pm_holder() { sed -n 's/.*locked by the application with pid \\([0-9]* ([^)]*)\\).*/it is held by process \\1/p' "$D/po" "$D/pe" | tail -n 1; }
`,
}
