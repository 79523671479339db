import type { Answered, Given, Read, ReadKind } from '@prove/core'

/** A file or directory that a new home gets. */
export interface SkeletonEntry {
  /** Below the home, without a slash at its begin; empty for the home itself. */
  readonly path: string
  readonly type: 'file' | 'directory'
  readonly mode: string
  /** Of a file. */
  readonly sha256?: string
}

/** How this host makes and removes users. */
export interface AccountDefaults {
  /** Under which homes are made. */
  readonly homes: string
  readonly shell: string
  readonly mail: string
  /** Four octal digits that a new home gets. */
  readonly homeMode: string
  /** Whether a user comes with a group of its own name. */
  readonly ownGroups: boolean
  /** What the tools run that is not theirs. */
  readonly hooks: readonly ('add' | 'remove')[]
  /** What new homes hold; undefined where that cannot be told. */
  readonly skeleton: readonly SkeletonEntry[] | undefined
}

export const accountDefaults = (): Read<AccountDefaults> => ({
  kind: 'account-defaults',
  key: 'account-defaults',
  query: {},
})

const script = `
grep -E '^[[:space:]]*(HOME_MODE|UMASK|USERGROUPS_ENAB|USERDEL_CMD|MAIL_DIR)[[:space:]]' /etc/login.defs 2>/dev/null
echo --
grep -E '^(HOME|SHELL|SKEL)=' /etc/default/useradd 2>/dev/null
echo --
for d in useradd-pre userdel-pre useradd-post userdel-post; do for f in /etc/shadow-maint/$d.d/*; do [ ! -e "$f" ] || echo "$d"; done; done
echo --
if [ -d /etc/skel ]; then cd /etc/skel && find . -type f -exec sha256sum '{}' +; echo -; find . -exec stat -c '%a %F:%n' '{}' +; fi
echo --`

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')

/** `NAME value` or `NAME=value`, the last of a name. */
const settings = (text: string): ReadonlyMap<string, string> =>
  new Map(
    lines(text).flatMap((line): (readonly [string, string])[] => {
      const [, name, value = ''] = /^\s*([A-Z_]+)(?:=|\s+)(.*?)\s*$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value.replace(/^"(.*)"$/, '$1')]]
    }),
  )

/** What /etc/skel holds; undefined where there is more than files and directories of plain names. */
const skeletonOf = (text: string): readonly SkeletonEntry[] | undefined => {
  const [hashed = '', listed] = text.split(/^-\n/m)
  if (listed === undefined) return text === '' ? [] : undefined
  const hashes = new Map<string, string>()
  for (const line of lines(hashed)) {
    const [, hash, path] = /^([0-9a-f]{64}) [ *]\.\/(.*)$/.exec(line) ?? []
    if (hash === undefined || path === undefined) return undefined
    hashes.set(path, hash)
  }
  const found: SkeletonEntry[] = []
  for (const line of lines(listed)) {
    const [, digits, type, path] = /^([0-7]{1,4}) (directory|regular (?:empty )?file):\.(?:\/(.*))?$/.exec(line) ?? []
    if (digits === undefined) return undefined
    const mode = digits.padStart(4, '0')
    if (path === undefined) continue
    if (type === 'directory') found.push({ path, type, mode })
    else {
      const sha256 = hashes.get(path)
      if (sha256 === undefined) return undefined
      found.push({ path, type: 'file', mode, sha256 })
    }
  }
  return found
}

const modeOf = (defs: ReadonlyMap<string, string>): string => {
  const set = defs.get('HOME_MODE')
  const bits = set === undefined ? 0o777 & ~Number.parseInt(defs.get('UMASK') ?? '022', 8) : Number.parseInt(set, 8)
  return bits.toString(8).padStart(4, '0')
}

const parse = (output: Buffer, queries: readonly object[]): readonly Answered<AccountDefaults>[] => {
  const [login, adding, hooked, skeleton, end] = output.toString('utf8').split(/^--\n/m)
  if (
    login === undefined ||
    adding === undefined ||
    hooked === undefined ||
    skeleton === undefined ||
    end === undefined
  ) {
    return queries.map(() => ({ ok: false, problem: 'failed', detail: 'the answer of the target broke off' }))
  }
  const defs = settings(login)
  const useradd = settings(adding)
  const runs = (verb: string): boolean => lines(hooked).some((line) => line.startsWith(verb))
  const hooks: ('add' | 'remove')[] = []
  if (runs('useradd')) hooks.push('add')
  if (runs('userdel') || (defs.get('USERDEL_CMD') ?? '') !== '') hooks.push('remove')
  const value: AccountDefaults = {
    homes: useradd.get('HOME') ?? '/home',
    shell: useradd.get('SHELL') ?? '',
    mail: defs.get('MAIL_DIR') ?? '/var/mail',
    homeMode: modeOf(defs),
    ownGroups: defs.get('USERGROUPS_ENAB') !== 'no',
    hooks,
    skeleton: (useradd.get('SKEL') ?? '/etc/skel') === '/etc/skel' ? skeletonOf(skeleton) : undefined,
  }
  return queries.map(() => ({ ok: true, value }))
}

/** Steps on users and groups change databases, and nothing of this. */
const predict = (_query: object, answer: AccountDefaults, given: readonly Given[]): AccountDefaults | undefined =>
  given.some(({ key }) => /^(?:user|group|members):/.test(key)) ? answer : undefined

export const accountDefaultsKind: ReadKind<object, AccountDefaults> = {
  name: 'account-defaults',
  tools: ['grep', 'find', 'stat', 'sha256sum'],
  script: () => script,
  parse,
  restsOn: () => ({
    paths: ['/etc/login.defs', '/etc/default/useradd', '/etc/shadow-maint', '/etc/skel'],
    below: true,
  }),
  predict,
}
