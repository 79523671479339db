import { spawn, spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the workspace. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** The whole file system, with a layer in memory above it that takes every change, in a mount namespace of its own. */
const separate = `
set -e
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
for path in /proc /dev /sys; do mount --rbind "$path" "/mnt/root$path"; done
# What others do on the machine meanwhile shows through: its lock and notifications, and what lies in /tmp, do not.
for path in /run /tmp /var/lib/prove; do
  mkdir -p "/mnt/root$path"
  mount -t tmpfs tmpfs "/mnt/root$path"
done
# What is mounted below / is no part of the layer below: what a run needs of it is brought along.
for path in "$1" "$2" "$3"; do
  if [ -z "$(ls -A "/mnt/root$path" 2>/dev/null)" ]; then
    mkdir -p "/mnt/root$path"
    mount --rbind "$path" "/mnt/root$path"
  fi
done
mkdir -p /mnt/root/home/you
export HOME=/home/you
exec chroot /mnt/root sh -c "$4"
`

const wordsOf = (script: string, folder: string): readonly [string, readonly string[]] => [
  'unshare',
  ['-m', 'sh', '-c', separate, 'separate', root, dirname(process.execPath), folder, script],
]

/** Why there can be no copy of this machine; undefined where there can. */
export const whyNoCopy = ((): string | undefined => {
  if (process.getuid?.() !== 0) return 'a copy of this machine needs root'
  const { status, stderr } = spawnSync(...wordsOf('true', root), { encoding: 'utf8' })
  return status === 0 ? undefined : `no copy of this machine can be made: ${stderr.trim().split('\n').at(-1) ?? ''}`
})()

export interface Ran {
  readonly exit: number | null
  /** Standard output and standard error, as they came. */
  readonly said: string
}

const run = (command: string, words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const { CI: _ci, NO_COLOR: _color, FORCE_COLOR: _force, ...rest } = process.env
    const child = spawn(command, words, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...rest, XDG_CACHE_HOME: undefined, XDG_STATE_HOME: undefined, ...env },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    }
    child.once('error', reject)
    child.once('close', (exit) => resolve({ exit, said }))
  })

/**
 * Runs text for a shell as root on a copy of this machine that is gone afterwards: nothing that it does to files lasts.
 * It begins in the root of the workspace, and may read in `folder`.
 */
export const onCopy = (script: string, folder: string): Promise<Ran> => {
  const [command, words] = wordsOf(`cd '${root}'; ${script}`, folder)
  return run(command, words, {})
}

/** Runs text for a shell on this machine, with a home folder of its own. */
export const here = (script: string, home: string): Promise<Ran> => run('sh', ['-c', script], { HOME: home })
