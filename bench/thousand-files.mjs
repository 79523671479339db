import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, timed } from './measure.mjs'
import { prove, summaryOf } from './prove.mjs'

const count = 1000
const size = 1024

/**
 * A catalog that declares a thousand files of 1 KiB in one directory, and the same files as an archive. Everything lies
 * below one temporary folder.
 */
export class ThousandFiles {
  #folder = mkdtempSync(join(tmpdir(), 'prove-bench-'))
  #target = join(this.#folder, 'target')
  #names = Array.from({ length: count }, (_, i) => `file-${String(i).padStart(4, '0')}`)
  #paths = this.#names.map((name) => join(this.#target, name))

  constructor() {
    const files = join(this.#folder, 'files')
    mkdirSync(files)
    for (const name of this.#names) writeFileSync(join(files, name), randomBytes(size))
    const state = (name, i) =>
      `${name}:\n  file.managed: { path: ${this.#paths[i]}, source: 'prove://${name}', mode: '0644' }\n`
    writeFileSync(join(this.#folder, 'site.yml'), this.#names.map(state).join(''))
    timed('tar', ['-cf', join(this.#folder, 'files.tar'), '-C', files, '.'])
  }

  /** Leaves an empty directory for the files. */
  empty() {
    rmSync(this.#target, { recursive: true, force: true })
    mkdirSync(this.#target)
  }

  /** What no tool can do without: unpack the files. */
  untar() {
    return timed('sh', ['-c', 'tar -xf "$1" -C "$2"', 'sh', join(this.#folder, 'files.tar'), this.#target])
  }

  /** What no tool can do without when nothing is to change: look at the files. */
  look() {
    return timed('sh', ['-c', `stat -c '%f %u %g %s %n' -- "$@" && sha256sum -- "$@"`, 'sh', ...this.#paths])
  }

  /**
   * @param {'plan' | 'apply'} operation
   * @param {'ok' | 'changed' | 'wouldChange'} outcome What all of the files must come to.
   * @returns {import('./measure.mjs').Sample}
   */
  prove(operation, outcome) {
    const { ms, stdout } = prove([operation, 'site.yml', '-o', 'json'], this.#folder)
    const summary = summaryOf(stdout)
    if (summary[outcome] !== count) throw new Error(`prove ${operation}: ${JSON.stringify(summary)}`)
    return { ms, trips: summary.roundTrips, onTarget: summary.elapsedMs }
  }

  /** Throws unless every file is in place. */
  verify() {
    for (const [i, name] of this.#names.entries()) {
      const wanted = readFileSync(join(this.#folder, 'files', name))
      if (!readFileSync(this.#paths[i]).equals(wanted)) throw new Error(`${this.#paths[i]} is not as declared`)
    }
  }

  remove() {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/**
 * What the summary line of the runs told.
 *
 * @param {import('./measure.mjs').Rounds} taken
 * @param {string} name
 */
export const toldBy = (taken, name) => {
  const trips = [...new Set(taken.map((samples) => samples[name].trips))]
  const onTarget = median(taken.map((samples) => samples[name].onTarget))
  return `${name}: ${trips.join(' or ')} round trips, ${onTarget} ms from opening the target to closing it.`
}
