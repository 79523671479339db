/** Lines of /etc/os-release, without the quotes of a shell. */
export const osReleaseOf = (lines: readonly string[]): Readonly<Record<string, string | undefined>> => {
  const entries = lines.flatMap((line) => {
    const [, key, quoted] = /^(\w+)=(.*)$/.exec(line.trim()) ?? []
    if (key === undefined || quoted === undefined) return []
    const [, , inner = quoted] = /^(["'])(.*)\1$/.exec(quoted) ?? []
    const value = inner.replaceAll(/\\(["'`$\\])/g, '$1')
    return value === '' ? [] : [[key, value] as const]
  })
  return Object.fromEntries(entries)
}

/** Systems that say of no other that they are like it, or whose family has another name. */
const families: Readonly<Record<string, string>> = {
  debian: 'debian',
  ubuntu: 'debian',
  raspbian: 'debian',
  devuan: 'debian',
  rhel: 'redhat',
  fedora: 'redhat',
  centos: 'redhat',
  rocky: 'redhat',
  almalinux: 'redhat',
  ol: 'redhat',
  amzn: 'redhat',
  suse: 'suse',
  opensuse: 'suse',
  sles: 'suse',
  arch: 'arch',
  manjaro: 'arch',
  alpine: 'alpine',
  gentoo: 'gentoo',
  openwrt: 'openwrt',
  void: 'void',
}

/** The first of what the system is and what it is like that has a family; else its own name. */
export const familyOf = (release: Readonly<Record<string, string | undefined>>): string | undefined => {
  const { ID: id, ID_LIKE: like = '' } = release
  const names = [...(id === undefined ? [] : [id]), ...like.split(/\s+/)]
  return names.map((name) => families[name]).find((family) => family !== undefined) ?? id
}

/** By program, in the order in which they are taken where the family does not tell: dnf comes with a program yum. */
const managers: Readonly<Record<string, string>> = {
  'apt-get': 'apt',
  dnf: 'dnf',
  yum: 'yum',
  zypper: 'zypper',
  apk: 'apk',
  pacman: 'pacman',
  opkg: 'opkg',
  emerge: 'portage',
  'xbps-install': 'xbps',
}

/** Of each family: Debian ships dnf, apk and pacman as programs like any other. */
const ofFamily: Readonly<Record<string, readonly string[]>> = {
  debian: ['apt'],
  redhat: ['dnf', 'yum'],
  suse: ['zypper'],
  arch: ['pacman'],
  alpine: ['apk'],
  openwrt: ['apk', 'opkg'],
  gentoo: ['portage'],
  void: ['xbps'],
}

/** The one that the system is made of, out of the programs that are there. */
export const packageManagerOf = (family: string | undefined, programs: readonly string[]): string | undefined => {
  const present = Object.entries(managers).flatMap(([program, name]) => (programs.includes(program) ? [name] : []))
  const own = ofFamily[family ?? ''] ?? []
  return own.find((name) => present.includes(name)) ?? present[0]
}
