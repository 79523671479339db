import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { command } from './command.js'
import { hold } from './hold.js'

/** Where labs of this machine have their files: what is made once and kept, and the disks of hosts. */
export const labRoot = '/var/lib/prove-lab'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const versionOf = (source: string): string =>
  createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12)

/** The program between two taps, compiled where this version of it is not there yet. */
export const makeDelayLine = async (): Promise<string> => {
  const source = here('delay-line.c')
  const program = join(labRoot, `delay-line-${versionOf(source)}`)
  if (existsSync(program)) return program
  mkdirSync(labRoot, { recursive: true })
  const own = `${program}.${process.pid}`
  await command('cc', ['-O2', '-Wall', '-Werror', '-o', own, source])
  renameSync(own, program)
  return program
}

/** What all hosts of this machine share: one root filesystem, and one key that lets everybody in. */
export interface Base {
  readonly root: string
  readonly key: string
}

/** Makes it where this version of it is not there yet: some 35 seconds, once a machine. Whoever comes meanwhile waits. */
export const makeBase = async (): Promise<Base> => {
  const version = versionOf(here('make-base.sh'))
  const folder = join(labRoot, `base-${version}`)
  const base = { root: join(folder, 'root'), key: join(folder, 'id_ed25519') }
  if (existsSync(folder)) return base
  mkdirSync(labRoot, { recursive: true })
  const making = await hold(join(labRoot, 'making'), { wait: true })
  try {
    if (!existsSync(folder)) await make(folder)
  } finally {
    making?.release()
  }
  return base
}

/** Whether no lab is open: hosts stand on what else would be removed. */
const isUnused = async (): Promise<boolean> => {
  for (const name of readdirSync(labRoot).filter((each) => /^lab-\d+$/.test(each))) {
    const held = await hold(join(labRoot, name))
    if (held === undefined) return false
    held.release()
  }
  return true
}

const make = async (folder: string): Promise<void> => {
  const more = readdirSync('/etc/apt/sources.list.d').map((name) => `/etc/apt/sources.list.d/${name}`)
  const sources = ['/etc/apt/sources.list', ...more].filter(
    (path) => /\.(list|sources)$/.test(path) && existsSync(path),
  )
  if (sources.length === 0)
    throw new Error('the lab takes packages from where this machine takes them: /etc/apt names no source')
  if (await isUnused()) {
    for (const name of readdirSync(labRoot).filter((each) => each.startsWith('base-'))) {
      rmSync(join(labRoot, name), { recursive: true, force: true })
    }
  }
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished)
  const key = join(unfinished, 'id_ed25519')
  await command('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', key])
  await command('sh', [here('make-base.sh'), join(unfinished, 'root'), `${key}.pub`, ...sources])
  renameSync(unfinished, folder)
}
