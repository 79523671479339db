import { type Answered, type FileAnswer, quoteAll, type Read, type ReadKind } from '@prove/core'

interface MountQuery {
  readonly path: string
  /** What is to be mounted there; absent where that does not matter. */
  readonly device?: string | undefined
}

/** One file system that is mounted. */
export interface Mount {
  readonly source: string
  readonly fstype: string
  /** Of the mount itself: `ro`, `noexec`. */
  readonly options: readonly string[]
  /** Of the file system: `size=1024k`. */
  readonly fileSystemOptions: readonly string[]
  /** `major:minor`. */
  readonly device: string
  /** The file behind a loop device. */
  readonly backing?: string
}

export interface MountAnswer {
  /** What is mounted at the path, the one that is seen last. */
  readonly here: readonly Mount[]
  /** Paths below it that something is mounted at. */
  readonly below: readonly string[]
  /** Whether the path and the device are one directory or file. */
  readonly isDevice: boolean
  /** The device, links followed and names such as UUID= resolved. */
  readonly real?: string
  /** `major:minor` of a block device. */
  readonly number?: string
}

export const mounts = (path: string, device?: string): Read<MountAnswer> => ({
  kind: 'mounts',
  key: `mounts:${path}:${device ?? ''}`,
  query: { path, device } satisfies MountQuery,
})

const script = (queries: readonly MountQuery[]): string => `
q() {
d=$2; case $d in UUID=*|LABEL=*|PARTUUID=*|PARTLABEL=*) d=$(findfs "$d" 2>/dev/null);; esac
case $d in /*) ;; *) d=;; esac
r=; n=; i=; h=$(stat -Lc %d:%i -- "$1" 2>/dev/null)
if [ -n "$d" ]; then
r=$(readlink -f -- "$d" && echo .); r=\${r%??}
i=$(stat -Lc %d:%i -- "$d" 2>/dev/null)
[ ! -b "$d" ] || n=$(stat -Lc %t:%T -- "$d")
fi
[ -n "$i" ] && [ "$i" = "$h" ] && s=same || s=
c=$(readlink -f -- "$1" && echo .); c=\${c%??}
printf '%s\\0' "$c" "$s" "$r" "$n"
}
${queries.map(({ path, device = '' }) => `q ${quoteAll([path, device])}`).join('\n')}
printf '%s\\0' ---
for f in /sys/block/loop*/loop/backing_file; do [ -r "$f" ] || continue; f=\${f#/sys/block/}; printf 'loop %s ' "\${f%%/*}"; cat "/sys/block/$f"; done
echo ---
cat /proc/self/mountinfo`

const unescape = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCodePoint(Number.parseInt(digits, 8)))

/** A line of mountinfo, in latin1: the kernel's octal escapes stand for bytes. */
const parseLine = (line: string): (Mount & { readonly path: string }) | undefined => {
  const [left = '', right] = line.split(' - ')
  const [, , device, , path, options] = left.split(' ')
  const [fstype, source, more = ''] = (right ?? '').split(' ')
  if (path === undefined || device === undefined || options === undefined || source === undefined) return undefined
  const text = (word: string): string => Buffer.from(unescape(word), 'latin1').toString('utf8')
  return {
    path: text(path),
    source: text(source),
    fstype: fstype ?? '',
    options: options.split(','),
    fileSystemOptions: more.split(','),
    device,
  }
}

const decimal = (hex: string): string =>
  hex
    .split(':')
    .map((digits) => Number.parseInt(digits, 16))
    .join(':')

const broken: Answered<MountAnswer> = { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }

const parse = (output: Buffer, queries: readonly MountQuery[]): readonly Answered<MountAnswer>[] => {
  const end = output.indexOf('---\0')
  const table = output.indexOf('---\n', Math.max(end, 0))
  const words = output.subarray(0, Math.max(end, 0)).toString('utf8').split('\0')
  const all = output
    .subarray(table + 4)
    .toString('latin1')
    .split('\n')
    .flatMap((line) => parseLine(line) ?? [])
  if (end < 0 || table < 0 || words.length !== queries.length * 4 + 1 || all.length === 0)
    return queries.map(() => broken)
  const loops = new Map<string, string>(
    output
      .subarray(end + 4, table)
      .toString('utf8')
      .split('\n')
      .flatMap((line) => {
        const [, name, file] = /^loop (\S+) (.*)$/.exec(line) ?? []
        return name === undefined || file === undefined ? [] : [[`/dev/${name}`, file] as const]
      }),
  )
  return queries.map(({ path: asked }, i) => {
    const [canonical = '', same, real = '', number = ''] = words.slice(i * 4)
    const path = canonical === '' ? asked : canonical
    const here = all
      .filter((mount) => mount.path === path)
      .map(({ path: _path, ...mount }) => {
        const backing = loops.get(mount.source)
        return backing === undefined ? mount : { ...mount, backing }
      })
    const below = all
      .filter((mount) => mount.path.startsWith(path === '/' ? '/' : `${path}/`))
      .map((mount) => mount.path)
    const device = { ...(real === '' ? {} : { real }), ...(number === '' ? {} : { number: decimal(number) }) }
    return { ok: true, value: { here, below: [...new Set(below)], isDevice: same === 'same', ...device } }
  })
}

export const mountsKind: ReadKind<MountQuery, MountAnswer> = {
  name: 'mounts',
  tools: ['stat', 'readlink', 'cat'],
  script,
  parse,
  // Only commands mount something, and these touch everything.
  restsOn: ({ path, device }) => ({ paths: device?.startsWith('/') === true ? [path, device] : [path] }),
  predict: (_query, answer, given) => {
    const isMade = given.every(({ fields }) => (fields as unknown as Pick<FileAnswer, 'type'>).type === 'directory')
    return isMade && answer.here.length === 0 ? answer : undefined
  },
}
