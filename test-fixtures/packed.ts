import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The folders of all packages, from the root of the workspace. */
export const packageFolders: readonly string[] = [
  'core',
  'catalog',
  'link',
  'agent',
  'cli',
  ...readdirSync(join(root, 'plugins')).map((name) => `plugins/${name}`),
]

/** How a program ended. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; what vitest adds to the environment stays here. */
const runIn = (cwd: string, program: string, words: readonly string[]): Ended => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|NODE_PATH|npm_|PNPM_)/i.test(name)),
  )
  return spawnSync(program, words, { cwd, env, encoding: 'utf8' })
}

/** Runs a program that must end well, and returns what it printed. */
export const succeed = (cwd: string, program: string, words: readonly string[]): string => {
  const { status, stdout, stderr } = runIn(cwd, program, words)
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`)
  return stdout
}

export const pnpm = ['-y', 'pnpm@10.34.9']

/** Packs packages of the workspace into a folder, and returns their tarballs as specifiers, by name. */
export const tarballsOf = (folders: readonly string[], into: string): Readonly<Record<string, string>> => {
  const filters = folders.flatMap((folder) => ['--filter', `./${folder}`])
  const words = [...pnpm, '--recursive', ...filters, 'pack', '--json', '--pack-destination', into]
  const printed = succeed(root, 'npx', words)
  const packed = [JSON.parse(printed.slice(printed.search(/[[{]/)))].flat() as readonly Packed[]
  return Object.fromEntries(packed.map(({ name, filename }) => [name, `file:${filename}`]))
}

interface Packed {
  readonly name: string
  readonly filename: string
}

/** Packs a package that is no member of the workspace. */
export const tarballOfStranger = (folder: string, into: string): readonly [name: string, specifier: string] => {
  const printed = succeed(join(root, folder), 'npx', [...pnpm, 'pack', '--json', '--pack-destination', into])
  const { name, filename } = JSON.parse(printed.slice(printed.indexOf('{'))) as Packed
  return [name, `file:${filename}`]
}

/** How many times another run on this host may be in the way; each try takes as long as a start of Node. */
const maximumTries = 50

/** A project of a user in a temporary folder, whose packages come from tarballs. */
export class PackedProject {
  readonly scratch = mkdtempSync(join(tmpdir(), 'prove-packed-'))
  readonly folder = join(this.scratch, 'site')

  constructor() {
    mkdirSync(this.folder)
  }

  /** The tarballs that users would get of packages, as dependencies by name. */
  pack(folders: readonly string[]): Readonly<Record<string, string>> {
    return tarballsOf(folders, this.scratch)
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text)
  }

  /** Runs the installed command line. */
  prove(...words: readonly string[]): Ended {
    const program = join(this.folder, 'node_modules/.bin/prove')
    for (let tries = 1; ; tries++) {
      const ended = runIn(this.folder, program, words)
      if (tries === maximumTries || !`${ended.stdout}${ended.stderr}`.includes('PRV_TARGET_LOCKED')) return ended
    }
  }

  remove(): void {
    rmSync(this.scratch, { recursive: true, force: true })
  }
}
