import type { FactSource } from '@prove/core'

/** Kinds that have no size; asking an automounter would mount what it watches. */
const sizeless =
  'proc|sysfs|cgroup|cgroup2|devpts|mqueue|debugfs|tracefs|securityfs|selinuxfs|pstore|efivarfs|bpf|configfs|fusectl|' +
  'hugetlbfs|binfmt_misc|nsfs|rpc_pipefs|nfsd|autofs|rootfs'

/** Kinds behind which a server may have gone: they are asked apart, and not for long. */
const distant = 'nfs|nfs4|cifs|smb3|smbfs|ceph|afs|9p|lustre|glusterfs|fuse.*|ncpfs|davfs|beegfs'

/** A path with octal escapes is decoded as a format of printf; one that has a percent sign too is not asked. */
const script = `
sizes() {
while read -r x p t x; do
case $t in ${sizeless}) k=;; ${distant}) k=distant;; *) k=near;; esac
[ "$k" = "$1" ] || continue
case $p in *%*) continue;; *\\\\*) p=$(printf "$p"; echo .); p=\${p%.};; esac
set -- "$@" "$p"
done </proc/self/mounts
k=$1; shift
[ $# = 0 ] || case $k in near) df -P -k "$@";; *) mkdir "$D"; watch 3 df -P -k "$@";; esac
}
echo '-- mounts'; cat /proc/self/mounts
echo '-- blocks'
for d in /sys/block/*; do [ -d "$d" ] || continue
s=; r=; m=; read -r s <"$d/size"; read -r r <"$d/queue/rotational"; read -r m <"$d/device/model"
echo "\${d##*/} $s \${r:--} $m"; done
echo '-- sizes'; sizes near; sizes distant
:`

interface Sizes {
  readonly size: number
  readonly used: number
  readonly available: number
}

/** By the path of the mount, in bytes, of lines of `df -P -k`. */
const sizesOf = (lines: readonly string[]): ReadonlyMap<string, Sizes> => {
  const found = lines.flatMap((line) => {
    const [, size, used, available, path] = /\s(\d+)\s+(\d+)\s+(-?\d+)\s+(?:\d+%|-)\s(\/.*)$/.exec(line) ?? []
    if (path === undefined) return []
    const bytes = (blocks: string | undefined): number => Math.max(Number(blocks), 0) * 1024
    return [[path, { size: bytes(size), used: bytes(used), available: bytes(available) }] as const]
  })
  return new Map(found)
}

const unknownSizes = { size: null, used: null, available: null }

const decoded = (field: string): string =>
  field.replaceAll(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** A mount that lies under a later one at the same path is not to be seen, and left out. */
const mountsOf = (lines: readonly string[], sizes: ReadonlyMap<string, Sizes>): readonly unknown[] => {
  const mounts = lines.flatMap((line) => {
    const [device, path, type, options] = line.split(' ').map(decoded)
    if (device === undefined || path === undefined || type === undefined || options === undefined) return []
    return [{ device, path, type, options: options.split(','), ...(sizes.get(path) ?? unknownSizes) }]
  })
  const seen = new Map(mounts.map((mount) => [mount.path, mount]))
  return mounts.filter((mount) => seen.get(mount.path) === mount)
}

/** The kernel counts in 512 bytes, whatever the device does. A drive without a medium, or a loop without a file, has none. */
const blocksOf = (lines: readonly string[]): Readonly<Record<string, unknown>> => {
  const found = lines.flatMap((line) => {
    const [, name = '', sectors, rotational, model = ''] = /^(\S+) (\d+) ([01-]) ?(.*)$/.exec(line) ?? []
    if (sectors === undefined || sectors === '0') return []
    const turns = rotational === '-' ? null : rotational === '1'
    return [[name, { size: Number(sectors) * 512, rotational: turns, model: model.trim() || null }] as const]
  })
  return Object.fromEntries(found)
}

/** What is stored where. Lazy: a server of a network disk may not answer, and sizes never stay the same. */
export const disksSource: FactSource = {
  name: 'disks',
  lazy: true,
  facts: {
    mounts:
      'A list of `device`, `path`, `type`, `options` (a list), and in bytes `size`, `used`, `available`: null where there ' +
      'is none, or where a server does not tell within 3 s.',
    blockDevices: 'By name: `size` in bytes, `rotational`, and `model` where the kernel tells one.',
  },
  script,
  parse(output) {
    const sections = new Map(
      output.split(/^-- /m).map((section) => {
        const [name = '', ...lines] = section.split('\n')
        return [name, lines]
      }),
    )
    const [mounts, blocks] = [sections.get('mounts'), sections.get('blocks')]
    return {
      mounts: mounts === undefined ? null : mountsOf(mounts, sizesOf(sections.get('sizes') ?? [])),
      blockDevices: blocks === undefined ? null : blocksOf(blocks),
    }
  },
}
