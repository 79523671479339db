import { quote, quoteAll } from '@prove/core'
import { compareDpkg } from '../versions/dpkg.js'
import { aptLibrary } from './apt-library.js'
import {
  type InstalledPackage,
  type OfferedPackage,
  type PackageManager,
  splitName,
  type Transaction,
  type Trial,
} from './contract.js'

const patterns = (names: readonly string[]): string => quoteAll(names.flatMap((name) => ['-e', splitName(name).name]))

/** One line a package. That of dpkg itself tells the architecture of the host; words that only look alike are passed over later. */
const installedScript = (names: readonly string[]): string => `
dpkg-query -W -f='\${db:Status-Abbrev}|\${Package}|\${Architecture}|\${Version}|\${Provides}\\n' >"$D/pi" || exit
grep -Fw -e dpkg ${patterns(names)} "$D/pi"
echo end`

interface Row {
  readonly status: string
  readonly name: string
  readonly arch: string
  readonly version: string
  readonly provides: readonly string[]
}

const rowOf = (line: string): Row | undefined => {
  const [status, name, arch, version, provides] = line.split('|')
  if (status === undefined || name === undefined || arch === undefined || version === undefined) return undefined
  // "mail-transport-agent, editor (= 2)" and, of another architecture, "name:i386".
  const provided = (provides ?? '').split(',').map((each) => each.trim().split(/[ :]/)[0] ?? '')
  return { status, name, arch, version, provides: provided.filter((each) => each !== '') }
}

const stateOf = (status: string): InstalledPackage['state'] => {
  switch (status[1]) {
    case 'i':
    case 't':
    case 'W':
      return status[2] === 'R' ? 'half' : 'installed'
    case 'c':
      return 'config'
    case 'H':
    case 'U':
    case 'F':
      return 'half'
    default:
      return 'absent'
  }
}

const parseInstalled = (output: string, names: readonly string[]): readonly InstalledPackage[] | undefined => {
  const lines = output.split('\n')
  const rows = lines.flatMap((line) => rowOf(line) ?? [])
  const native = rows.find(({ name }) => name === 'dpkg')?.arch
  if (lines.at(-2) !== 'end' || native === undefined) return undefined
  return names.map((full) => {
    const { name, arch = native } = splitName(full)
    const row = rows.find((each) => each.name === name && (each.arch === arch || each.arch === 'all'))
    const state = stateOf(row?.status ?? '')
    const held = row?.status.startsWith('h') === true
    const providers = rows
      .filter(({ status, provides }) => stateOf(status) === 'installed' && provides.includes(name))
      .map((each) => each.name)
    return row === undefined || state === 'absent'
      ? { name: full, state: 'absent', held, providers }
      : { name: full, state, version: row.version, held, providers }
  })
}

/** Names that nobody offers may be provided by others: that is a second question, and seldom asked. */
const offersScript = (names: readonly string[]): string => `
echo "native $(dpkg --print-architecture)"
apt-cache policy ${quoteAll(names)} >"$D/po"
cat "$D/po"
echo end
set --; n=
while IFS= read -r l; do case $l in
'  Candidate: (none)') set -- "$@" "$n";;
' '*) ;;
*:) n=\${l%:};;
esac; done <"$D/po"
[ $# = 0 ] || apt-cache showpkg "$@" 2>/dev/null
echo end`

const parseOffers = (output: string, names: readonly string[]): readonly OfferedPackage[] | undefined => {
  const [policy, shown, rest] = output.split(/^end\n/m)
  if (policy === undefined || shown === undefined || rest !== '') return undefined
  const offered = new Map(
    policy.split(/^(?=\S)/m).map((text) => [text.slice(0, text.indexOf('\n')).replace(/:$/, ''), text]),
  )
  const providers = new Map(
    shown.split(/^(?=Package: )/m).map((text) => {
      const [, list = ''] = text.split('Reverse Provides: \n')
      const found = list.split('\n').flatMap((line) => line.split(' ')[0] ?? [])
      return [/^Package: (.*)$/m.exec(text)?.[1] ?? '', found.filter((each) => each !== '')] as const
    }),
  )
  const native = /^native (\S+)$/m.exec(policy)?.[1]
  return names.map((name) => {
    const { name: plain, arch } = splitName(name)
    // The architecture of the host is not told again.
    const told = offered.get(arch === native ? plain : name) ?? ''
    const candidate = /^ {2}Candidate: (\S+)$/m.exec(told)?.[1]
    return {
      name,
      ...(candidate === undefined || candidate === '(none)' ? {} : { candidate }),
      versions: versionsOf(told),
      providers: [...new Set(providers.get(arch === native ? plain : name))],
    }
  })
}

/** Those of the table that some repository has: the last line of one that is only installed names the file of dpkg. */
const versionsOf = (policy: string): readonly string[] => {
  const table = policy.split(/^ {2}Version table:\n/m)[1] ?? ''
  return table.split(/^(?= (?:\*\*\*| {3}) \S)/m).flatMap((text) => {
    const [head = '', ...sources] = text.split('\n')
    const version = /^ (?:\*\*\*| {3}) (\S+)/.exec(head)?.[1]
    const isOffered = sources.some((line) => line.trim() !== '' && !line.endsWith(' /var/lib/dpkg/status'))
    return version !== undefined && isOffered ? [version] : []
  })
}

/** A name that is none must not count as a pattern of names. */
const always = ['-y', '-q', '-o', 'APT::Cmd::Pattern-Only=true']

const words = (transaction: Transaction): readonly string[] => {
  const { action, packages, file, recommends, downgrade, held, autoremove, full } = transaction
  const named = packages.map(({ name, version }) => (version === undefined ? name : `${name}=${version}`))
  const options = [
    ...(recommends === undefined ? [] : [recommends ? '--install-recommends' : '--no-install-recommends']),
    ...(downgrade === true ? ['--allow-downgrades'] : []),
    ...(held === true ? ['--allow-change-held-packages'] : []),
    ...(autoremove === true ? ['--auto-remove'] : []),
  ]
  if (action !== 'upgrade') return [...always, ...options, action, ...(file === undefined ? named : [file])]
  if (named.length > 0) return [...always, ...options, '--only-upgrade', 'install', ...named]
  return full === true ? [...always, ...options, 'dist-upgrade'] : [...always, ...options, '--with-new-pkgs', 'upgrade']
}

/** `Inst NAME [OLD] (NEW REPOSITORY [ARCH])`, `Remv NAME [OLD]`, `Purg NAME [OLD]`. */
const parseTrial = (output: string): Omit<Trial, 'refused'> => {
  const found = new Map<string, Trial['packages'][number]>()
  for (const line of output.split('\n')) {
    const [, verb, name = '', from = null, to = null] =
      /^(Inst|Remv|Purg) (\S+)(?: \[([^\]]*)\])?(?: \((\S+))?/.exec(line) ?? []
    // What is purged may have been removed a line before.
    if (verb !== undefined && !found.has(name)) found.set(name, { name, from, to: verb === 'Inst' ? to : null })
  }
  return { packages: [...found.values()] }
}

/** APT of Debian and all that come from it. */
export const apt: PackageManager = {
  name: 'apt',
  program: 'apt-get',
  compare: compareDpkg,
  holds: true,
  purges: true,
  installedScript,
  parseInstalled,
  fileScript: (path) => `dpkg-deb -W --showformat='\${Package}\\n\${Version}\\n' ${quote(path)}`,
  offersScript,
  parseOffers,
  listsScript: `
l=/var/lib/apt/lists; any=
for f in "$l"/*; do case \${f##*/} in lock|partial|auxfiles|'*') ;; *) any=y;; esac; done
if [ -n "$any" ]; then echo "age $(($(date +%s)-$(stat -c %Y "$l")))"
[ -z "$(find /etc/apt/sources.list /etc/apt/sources.list.d -newer "$l" 2>/dev/null)" ] || echo outdated; fi`,
  words,
  trialScript: (transaction) => `apt-get -s ${quoteAll(words(transaction))} 2>&1; echo "exit $?"`,
  parseTrial,
  library: aptLibrary,
}
