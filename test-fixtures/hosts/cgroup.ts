import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where control groups of version 2 are mounted: alone, or beside those of version 1. Undefined where nowhere. */
export const cgroupMount = (): string | undefined =>
  ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find((path) => existsSync(join(path, 'cgroup.procs')))

/** A control group: what is begun in it, and all that comes of that, ends together. */
export class Cgroup {
  readonly folders: readonly string[]
  readonly #folder: string

  constructor(name: string) {
    const mount = cgroupMount() ?? ''
    // The init of a host looks for itself in the hierarchy that systemd has of version 1, where there is one.
    const hierarchies = [mount, '/sys/fs/cgroup/systemd'].filter((path) => existsSync(join(path, 'cgroup.procs')))
    this.folders = hierarchies.map((path) => join(path, 'prove-lab', name))
    this.#folder = join(mount, 'prove-lab', name)
  }

  make(): void {
    for (const folder of this.folders) mkdirSync(folder, { recursive: true })
  }

  kill(): void {
    const killer = join(this.#folder, 'cgroup.kill')
    if (existsSync(killer)) writeFileSync(killer, '1')
  }

  /** Removes it once all in it has ended, for which a kernel takes its time. */
  async remove(): Promise<void> {
    const limit = Date.now() + 10_000
    while (this.#isPopulated()) {
      if (Date.now() > limit) throw new Error(`processes in ${this.#folder} do not end`)
      await new Promise((resume) => setTimeout(resume, 5))
    }
    for (const folder of this.folders) removeTree(folder)
  }

  #isPopulated(): boolean {
    const events = join(this.#folder, 'cgroup.events')
    return existsSync(events) && readFileSync(events, 'utf8').includes('populated 1')
  }
}

/** Only empty groups can go, and the files in them cannot be removed: deepest folders first. */
const removeTree = (folder: string): void => {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(folder, entry.name))
  }
  rmdirSync(folder)
}
