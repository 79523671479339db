import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Seed } from './random-catalog.js'

/** A temporary tree that is built anew for each run. */
export class Tree {
  #mounts: string[] = []

  constructor(readonly root: string) {}

  build(seeds: readonly Seed[]): void {
    this.clear()
    mkdirSync(this.root, { recursive: true })
    for (const seed of seeds) {
      try {
        this.#plant(seed)
      } catch (error) {
        // Seeds may contradict each other; what is there first stays.
        if ((error as NodeJS.ErrnoException).code === undefined && (error as { status?: number }).status === undefined)
          throw error
      }
    }
  }

  #plant(seed: Seed): void {
    const path = join(this.root, seed.path)
    if (seed.kind !== 'bind') mkdirSync(dirname(path), { recursive: true })
    switch (seed.kind) {
      case 'file':
        writeFileSync(path, seed.content, { flag: 'wx' })
        chmodSync(path, seed.mode)
        if (seed.uid !== 0) chownSync(path, seed.uid, seed.uid)
        return
      case 'directory':
        mkdirSync(path)
        chmodSync(path, seed.mode)
        return
      case 'link':
        symlinkSync(seed.target.replace('ROOT', this.root), path)
        return
      case 'hard':
        linkSync(join(this.root, seed.target), path)
        return
      case 'bind':
        // The kernel refuses to remove a directory whose bound copy is itself mounted over; no path tells that.
        if (this.#mounts.length > 0) return
        for (const folder of [path, join(this.root, seed.target)]) mkdirSync(folder, { recursive: true })
        execFileSync('mount', ['--bind', join(this.root, seed.target), path], { stdio: 'ignore' })
        this.#mounts.push(path)
    }
  }

  clear(): void {
    for (const path of readMounts(this.root)) execFileSync('umount', ['-l', path], { stdio: 'ignore' })
    this.#mounts = []
    rmSync(this.root, { recursive: true, force: true })
  }

  /** What a person would see; with `times`, also whether anything was written at all. */
  snapshot(times = false): string {
    const lines: string[] = []
    const walk = (path: string): void => {
      const status = lstatSync(path, { bigint: true })
      const type = status.isDirectory() ? 'd' : status.isSymbolicLink() ? 'l' : status.isFile() ? 'f' : 'o'
      const body = type === 'f' ? JSON.stringify(readFileSync(path, 'latin1')) : type === 'l' ? readlinkSync(path) : ''
      const links = type === 'f' ? status.nlink : 0n
      const when = times ? ` ${status.mtimeNs} ${status.ctimeNs} ${status.ino}` : ''
      lines.push(`${type} ${path} ${status.mode.toString(8)} ${status.uid}:${status.gid} ${links} ${body}${when}`)
      if (type === 'd') for (const name of readdirSync(path).toSorted()) walk(join(path, name))
    }
    walk(this.root)
    return lines.join('\n')
  }
}

/** Mounts below a folder, the deepest first. */
const readMounts = (root: string): readonly string[] =>
  readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${root}/`))
    .toReversed()
