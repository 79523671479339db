import { quote, quoteAll } from '@prove/core'
import { type InstalledPackage, type PackageManager, splitName, type Transaction, type Trial } from './contract.js'
import { listsScript } from './lists-script.js'

/** The database is a file of lines, and a program that prints it does no more. */
const installedScript = (): string => `
f=/lib/apk/db/installed; [ -r "$f" ] || f=/usr/lib/apk/db/installed
grep '^[PVAp]:' "$f"
echo end`

interface Row {
  readonly name: string
  readonly version: string
  readonly arch: string
  readonly provides: readonly string[]
}

/** Each package begins with a line of its own; `p:` lists what it provides, some of it with a version. */
const rowsOf = (output: string): readonly Row[] =>
  output.split(/^(?=P:)/m).flatMap((text) => {
    const line = (letter: string): string | undefined => new RegExp(`^${letter}:(.*)$`, 'm').exec(text)?.[1]
    const [name, version, arch = ''] = [line('P'), line('V'), line('A')]
    if (name === undefined || version === undefined) return []
    const provides = (line('p') ?? '').split(' ').map((each) => each.split('=')[0] ?? '')
    return [{ name, version, arch, provides }]
  })

const parseInstalled = (output: string, names: readonly string[]): readonly InstalledPackage[] | undefined => {
  if (!output.endsWith('\nend\n') && output !== 'end\n') return undefined
  const rows = rowsOf(output)
  return names.map((full) => {
    const { name } = splitName(full)
    const own = rows.find((row) => row.name === name)
    const providers = rows.filter(({ provides }) => provides.includes(name)).map((row) => row.name)
    return own === undefined
      ? { name: full, state: 'absent', held: false, providers }
      : { name: full, state: 'installed', version: own.version, held: false, providers }
  })
}

/** `NAME policy:`, then each version, and below it where it is. */
const parseOffers: PackageManager['parseOffers'] = (output, names) => {
  if (!output.endsWith('\nend\n') && output !== 'end\n') return undefined
  const told = new Map(
    output.split(/^(?=\S+ policy:$)/m).map((text) => [text.slice(0, text.indexOf(' policy:')), text]),
  )
  return names.map((name) => {
    const versions = (told.get(name) ?? '').split(/^(?= {2}\S)/m).flatMap((text) => {
      const [head = '', ...places] = text.split('\n')
      const version = /^ {2}(\S+):$/.exec(head)?.[1]
      const isOffered = places.some((place) => /^ {4}/.test(place) && !place.endsWith('/apk/db/installed'))
      return version !== undefined && isOffered ? [version] : []
    })
    return { name, ...(versions[0] === undefined ? {} : { candidate: versions[0] }), versions, providers: [] }
  })
}

const words = ({ action, packages, file, full }: Transaction): readonly string[] => {
  const named = packages.map(({ name, version }) =>
    version === undefined || action !== 'install' ? name : `${name}=${version}`,
  )
  switch (action) {
    case 'install':
      return ['add', '--upgrade', ...(file === undefined ? named : [file])]
    case 'upgrade':
      return named.length > 0 ? ['add', '--upgrade', ...named] : ['upgrade', ...(full === true ? ['--available'] : [])]
    default:
      return ['del', ...(action === 'purge' ? ['--purge'] : []), ...named]
  }
}

/** `(1/2) Installing NAME (VERSION)`, `Upgrading NAME (OLD -> NEW)`, `Purging NAME (VERSION)`. */
const parseTrial = (output: string): Trial => ({
  packages: output.split('\n').flatMap((line): Trial['packages'] => {
    const [, verb, name, first = '', second] =
      /^\(\d+\/\d+\) (Installing|Upgrading|Downgrading|Replacing|Purging) (\S+) \((\S+)(?: -> (\S+))?\)$/.exec(line) ??
      []
    if (verb === undefined || name === undefined) return []
    if (verb === 'Purging') return [{ name, from: first, to: null }]
    return [second === undefined ? { name, from: null, to: first } : { name, from: first, to: second }]
  }),
})

/** Of Alpine. What it compares, and how, it alone knows. */
export const apk: PackageManager = {
  name: 'apk',
  program: 'apk',
  holds: false,
  purges: false,
  installedScript,
  parseInstalled,
  fileScript: (path) => `tar -xzOf ${quote(path)} .PKGINFO | sed -n -e 's/^pkgname = //p' -e 's/^pkgver = //p'`,
  offersScript: (names) => `apk policy ${quoteAll(names)} 2>/dev/null\necho end`,
  parseOffers,
  listsScript: listsScript(
    ['/var/cache/apk/APKINDEX.*', '/etc/apk/cache/APKINDEX.*'],
    ['/etc/apk/repositories', '/etc/apk/repositories.d'],
  ),
  words,
  trialScript: (transaction) => `apk --simulate --no-progress ${quoteAll(words(transaction))} 2>&1; echo "exit $?"`,
  parseTrial,
  library: `
pm_suffix=apk
pm_environment() { umask 022; cd /; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH; }
pm() { watch "$pm_seconds" apk --wait "$(pm_left)" --no-progress "$@" >"$D/po" 2>"$D/pe"; }
pm_update() { pm update; }
pm_locked() { grep -q 'Unable to lock database' "$D/po" "$D/pe"; }
pm_holder() { :; }
pm_stale() { grep -Eq 'package mentioned in index not found|No such file or directory|HTTP error 404' "$D/po" "$D/pe"; }
pm_words() { cat "$D/pe"; grep '^ERROR' "$D/po"; }
pm_version() { apk info -e -v "$1" 2>/dev/null | sed -n "s/^.*-\\([^-]*-r[0-9]*\\)$/\\1/p" | head -n 1; }
`,
}
