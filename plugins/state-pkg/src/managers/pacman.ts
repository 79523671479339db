import { quote, quoteAll } from '@prove/core'
import { type InstalledPackage, type PackageManager, splitName, type Transaction, type Trial } from './contract.js'
import { listsScript } from './lists-script.js'

/** `NAME VERSION` of all that is installed; then, of the names, those that nothing installed is or provides. */
const installedScript = (names: readonly string[]): string => `
pacman -Q; echo end
pacman -T ${quoteAll(names.map((name) => splitName(name).name))}
echo end`

const parseInstalled = (output: string, names: readonly string[]): readonly InstalledPackage[] | undefined => {
  const [list, lacking, rest] = output.split(/^end\n/m)
  if (list === undefined || lacking === undefined || rest !== '') return undefined
  const versions = new Map(
    list.split('\n').flatMap((line) => {
      const [name, version] = line.split(' ')
      return name === undefined || version === undefined ? [] : [[name, version] as const]
    }),
  )
  const missing = new Set(lacking.split('\n'))
  return names.map((full) => {
    const { name } = splitName(full)
    const version = versions.get(name)
    if (version !== undefined) return { name: full, state: 'installed', version, held: false, providers: [] }
    // Which one provides it is not told.
    const providers = missing.has(name) ? [] : ['one that provides it']
    return { name: full, state: 'absent', held: false, providers }
  })
}

/** Blocks of `Key : value`, one for each repository that has the package. */
const parseOffers: PackageManager['parseOffers'] = (output, names) => {
  if (!output.endsWith('\nend\n') && output !== 'end\n') return undefined
  const blocks = output.split(/^(?=Repository +:)/m).flatMap((text) => {
    const value = (key: string): string | undefined => new RegExp(`^${key} +: (.*)$`, 'm').exec(text)?.[1]
    const [name, version] = [value('Name'), value('Version')]
    return name === undefined || version === undefined ? [] : [{ name, version }]
  })
  return names.map((full) => {
    const versions = [
      ...new Set(blocks.filter(({ name }) => name === splitName(full).name).map(({ version }) => version)),
    ]
    return { name: full, ...(versions[0] === undefined ? {} : { candidate: versions[0] }), versions, providers: [] }
  })
}

const namedOf = ({ packages, action }: Transaction): readonly string[] =>
  packages.map(({ name, version }) => (version === undefined || action !== 'install' ? name : `${name}=${version}`))

const words = (transaction: Transaction): readonly string[] => {
  const { action, file, autoremove, packages } = transaction
  const always = ['--noconfirm', '--noprogressbar']
  switch (action) {
    case 'install':
      return file === undefined ? [...always, '--needed', '-S', ...namedOf(transaction)] : [...always, '-U', file]
    case 'upgrade':
      return packages.length > 0 ? [...always, '--needed', '-S', ...namedOf(transaction)] : [...always, '-Su']
    default:
      return [...always, `-R${autoremove === true ? 's' : ''}${action === 'purge' ? 'n' : ''}`, ...namedOf(transaction)]
  }
}

/** Upgrades are told with both versions; status 1 without a word means that there is none. */
const trialScript = (transaction: Transaction): string => {
  const { action, packages } = transaction
  if (action === 'upgrade') {
    const named = quoteAll(packages.map(({ name }) => name))
    return `pacman -Qu ${named} >"$D/pt" 2>&1; r=$?; cat "$D/pt"; [ -s "$D/pt" ] || r=0; echo "exit $r"`
  }
  const format = action === 'install' ? '+|%n|%v' : '-|%n|%v'
  return `pacman ${quoteAll(['-p', '--print-format', format, ...words(transaction)])} 2>&1; echo "exit $?"`
}

const parseTrial = (output: string): Omit<Trial, 'refused'> => ({
  packages: output.split('\n').flatMap((line) => {
    const [, upgraded, from = null, to = null] = /^(\S+) (\S+) -> (\S+)$/.exec(line) ?? []
    if (upgraded !== undefined) return [{ name: upgraded, from, to }]
    const [kind, name, version] = line.split('|')
    if (name === undefined || version === undefined) return []
    return [kind === '-' ? { name, from: version, to: null } : { name, from: null, to: version }]
  }),
})

/** Of Arch. What it compares, and how, it alone knows. */
export const pacman: PackageManager = {
  name: 'pacman',
  program: 'pacman',
  holds: false,
  purges: false,
  installedScript,
  parseInstalled,
  fileScript: (path) => `pacman -Qp ${quote(path)} | tr ' ' '\\n'`,
  offersScript: (names) => `pacman -Si ${quoteAll(names.map((name) => splitName(name).name))} 2>/dev/null\necho end`,
  parseOffers,
  listsScript: listsScript(['/var/lib/pacman/sync/*.db'], ['/etc/pacman.conf', '/etc/pacman.d']),
  words,
  trialScript,
  parseTrial,
  library: `
pm_suffix=pkg.tar.zst
pm_environment() { umask 022; cd /; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; LC_ALL=C.UTF-8; export PATH LC_ALL; }
pm() { watch "$pm_seconds" pacman "$@" >"$D/po" 2>"$D/pe"; }
pm_update() { pm --noconfirm --noprogressbar -Sy; }
pm_locked() { grep -q 'unable to lock database' "$D/pe"; }
pm_holder() { echo '/var/lib/pacman/db.lck is there'; }
pm_stale() { grep -q 'failed retrieving file' "$D/pe"; }
pm_words() { cat "$D/pe"; }
pm_version() { pacman -Q "$1" 2>/dev/null | sed 's/^[^ ]* //'; }
`,
}
