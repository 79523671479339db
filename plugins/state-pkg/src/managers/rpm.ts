import { quote, quoteAll } from '@prove/core'
import { compareRpm } from '../versions/rpm.js'
import { type InstalledPackage, type OfferedPackage, type PackageManager, splitName } from './contract.js'

/** As package managers of the rpm family write it. */
export const withDot = (full: string): string => full.replace(':', '.')

const format = '%{NAME}|%{EPOCHNUM}:%{VERSION}-%{RELEASE}|%{ARCH}|[%{PROVIDENAME} ]\\n'

/** One process for all names. A package provides its own; of those that nobody provides a sentence is told, which is no row. */
const rpmInstalledScript = (names: readonly string[]): string => `
rpm -q --whatprovides --qf ${quote(format)} ${quoteAll(names.map((name) => splitName(name).name))}
echo end`

/** `0:1.2-3` is what people call 1.2-3. */
export const withoutEpoch = (version: string): string => version.replace(/^(0|\(none\)):/, '')

interface Row {
  readonly name: string
  readonly version: string
  readonly arch: string
  readonly provides: readonly string[]
}

const rowOf = (line: string): Row | undefined => {
  const [name = '', version, arch, provides] = line.split('|')
  if (version === undefined || arch === undefined || provides === undefined) return undefined
  return { name, version: withoutEpoch(version), arch, provides: provides.split(' ') }
}

/** Of a kernel several versions are installed: the newest counts. */
const parseRpmInstalled = (output: string, names: readonly string[]): readonly InstalledPackage[] | undefined => {
  const lines = output.split('\n')
  if (lines.at(-2) !== 'end' || lines.at(-1) !== '') return undefined
  const rows = lines.flatMap((line) => rowOf(line) ?? [])
  return names.map((full) => {
    const { name, arch } = splitName(full)
    const own = rows.filter((row) => row.name === name && (arch === undefined || row.arch === arch))
    const newest = own.toSorted((a, b) => compareRpm(b.version, a.version))[0]
    const providers = rows.filter((row) => row.name !== name && row.provides.includes(name)).map((row) => row.name)
    return newest === undefined
      ? { name: full, state: 'absent', held: false, providers: [...new Set(providers)] }
      : { name: full, state: 'installed', version: newest.version, held: false, providers: [...new Set(providers)] }
  })
}

/** Out of pairs of a name and a version, and of a name and one that provides it. */
export const offersOf = (
  names: readonly string[],
  versions: readonly (readonly [name: string, version: string])[],
  provided: readonly (readonly [asked: string, name: string])[],
): readonly OfferedPackage[] =>
  names.map((full) => {
    const own = versions.filter(([name]) => name === full || name === splitName(full).name)
    const sorted = [...new Set(own.map(([, version]) => version))].toSorted((a, b) => compareRpm(b, a))
    const providers = [...new Set(provided.filter(([asked]) => asked === full).map(([, name]) => name))]
    return { name: full, ...(sorted[0] === undefined ? {} : { candidate: sorted[0] }), versions: sorted, providers }
  })

/** What both package managers of the family need for steps. */
export const rpmLibrary = `
pm_suffix=rpm
pm_environment() {
umask 022; cd /
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; LC_ALL=C.UTF-8; export PATH LC_ALL; unset LANG LANGUAGE
}
pm_words() { cat "$D/pe"; }
pm_stale() { grep -Eq 'Status code: 404|[Ee]rror downloading|Failed to download|not found on medium' "$D/po" "$D/pe"; }
pm_version() { rpm -q --qf '%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\n' "$1" 2>/dev/null | sed -n 's/^0://;s/^[^ ]*$/&/p' | tail -n 1; }
`

/** What package managers over rpm have in common. */
export const overRpm: Pick<
  PackageManager,
  'compare' | 'holds' | 'purges' | 'installedScript' | 'parseInstalled' | 'fileScript'
> = {
  compare: compareRpm,
  holds: false,
  purges: false,
  installedScript: rpmInstalledScript,
  parseInstalled: parseRpmInstalled,
  fileScript: (path) => `rpm -qp --qf '%{NAME}\\n%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\n' ${quote(path)} | sed 's/^0://'`,
}
