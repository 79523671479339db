import { quoteAll } from '@prove/core'
import type { PackageManager, Transaction, Trial, WantedPackage } from './contract.js'
import { listsScript } from './lists-script.js'
import { offersOf, overRpm, rpmLibrary, withDot, withoutEpoch } from './rpm.js'

/** Out of what was fetched before. Version 5 ends no line by itself, version 4 every one: empty lines are passed over. */
const repoquery = "dnf -q -C repoquery --available --qf '%{name}|%{epoch}:%{version}-%{release}|\\n'"

const offersScript = (names: readonly string[]): string => `
${repoquery} ${quoteAll(names.map(withDot))} 2>/dev/null >"$D/po"
sed 's/^/offer|/' "$D/po"
for n in ${quoteAll(names)}; do
grep -q "^\${n%%:*}|" "$D/po" || ${repoquery} --whatprovides "$n" 2>/dev/null | sed "s/^/provider|$n|/"
done
echo end`

const parseOffers: PackageManager['parseOffers'] = (output, names) => {
  const lines = output.split('\n')
  if (lines.at(-2) !== 'end' || lines.at(-1) !== '') return undefined
  const rows = lines.map((line) => line.split('|'))
  const versions = rows.flatMap(([kind, name = '', version]) =>
    kind === 'offer' && version !== undefined ? [[name, withoutEpoch(version)] as const] : [],
  )
  const provided = rows.flatMap(([kind, asked = '', name]) =>
    kind === 'provider' && name !== undefined && name !== '' ? [[asked, name] as const] : [],
  )
  return offersOf(names, versions, provided)
}

const specOf = ({ name, version, newest }: WantedPackage): string => {
  const chosen = version ?? newest
  const [plain, arch] = name.split(':')
  return `${plain}${chosen === undefined ? '' : `-${chosen}`}${arch === undefined ? '' : `.${arch}`}`
}

const verbOf = ({ action, downgrade, full }: Transaction): string => {
  if (action === 'install') return downgrade === true ? 'downgrade' : 'install'
  if (action === 'upgrade') return full === true ? 'distro-sync' : 'upgrade'
  return 'remove'
}

const words = (transaction: Transaction): readonly string[] => {
  const { action, packages, file, recommends, autoremove } = transaction
  const isRemoval = action === 'remove' || action === 'purge'
  return [
    '-y',
    '-q',
    ...(recommends === undefined ? [] : [`--setopt=install_weak_deps=${recommends ? 'True' : 'False'}`]),
    ...(isRemoval ? [`--setopt=clean_requirements_on_remove=${autoremove === true ? 'True' : 'False'}`] : []),
    verbOf(transaction),
    ...(file === undefined ? packages.map(specOf) : [file]),
  ]
}

/** Only upgrades can be told: `NAME.ARCH  VERSION  REPOSITORY`, up to what becomes obsolete. Status 100: there are some. */
const trialScript = ({ action, packages }: Transaction): string | undefined =>
  action === 'upgrade'
    ? `dnf -q -C check-update ${quoteAll(packages.map(({ name }) => withDot(name)))} >"$D/pt" 2>&1; r=$?
sed '/^Obsoleting/,$d' "$D/pt" | while read -r n v x; do
[ -n "$x" ] || { echo "$n $v"; continue; }
echo "upgrade|\${n%.*}|$(rpm -q --qf '%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\n' "\${n%.*}" | tail -n 1)|$v"; done
[ $r != 100 ] || r=0; echo "exit $r"`
    : undefined

const parseTrial = (output: string): Omit<Trial, 'refused'> => ({
  packages: output.split('\n').flatMap((line) => {
    const [kind, name, from, to] = line.split('|')
    return kind === 'upgrade' && name !== undefined && from !== undefined && to !== undefined
      ? [{ name, from: withoutEpoch(from), to: withoutEpoch(to) }]
      : []
  }),
})

/** Of Fedora and all that come from Red Hat. */
export const dnf: PackageManager = {
  name: 'dnf',
  program: 'dnf',
  ...overRpm,
  offersScript,
  parseOffers,
  listsScript: listsScript(
    ['/var/cache/dnf/*/repodata/repomd.xml', '/var/cache/libdnf5/*/repodata/repomd.xml'],
    ['/etc/yum.repos.d', '/etc/dnf/dnf.conf'],
  ),
  words,
  trialScript,
  parseTrial,
  library: `${rpmLibrary}
pm() { watch "$pm_seconds" dnf --setopt=exit_on_lock=True "$@" >"$D/po" 2>"$D/pe"; }
pm_update() { pm -y -q makecache --refresh; }
pm_locked() { grep -Eqi 'obtain the (transaction )?lock|another (copy|app) is (running|currently holding)' "$D/pe"; }
pm_holder() { sed -n 's/.*[Pp][Ii][Dd] *:\\{0,1\\} *\\([0-9][0-9]*\\).*/it is held by process \\1/p' "$D/pe" | tail -n 1; }
`,
}
