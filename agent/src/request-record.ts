import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { syncFolder } from '@prove/link'
import { dirname } from 'node:path'
import type { Reported } from './report.js'

/** What of a step is worth to be told when it was the last that is known. */
export interface StepNoted {
  readonly number: number
  readonly what: string
}

/** A line of the record of a request. */
export type RecordLine =
  | { readonly accepted: { readonly operation: string; readonly target: string; readonly digest: string } }
  | { readonly began: readonly StepNoted[] }
  | { readonly done: readonly number[] }
  | { readonly event: Readonly<Record<string, unknown>> }
  | { readonly ended: Reported }

/**
 * What became of a request, written before it matters: that it was accepted before its first step, that a step begins before
 * it begins. A line is synced where what comes after it must not be without it.
 */
export class RequestRecord {
  readonly #fd: number

  constructor(file: string) {
    // A second process must not write to the record of the first.
    this.#fd = openSync(file, 'wx', 0o600)
    syncFolder(dirname(file))
  }

  add(line: RecordLine): void {
    writeSync(this.#fd, `${JSON.stringify(line)}\n`)
  }

  addSynced(...lines: readonly RecordLine[]): void {
    for (const line of lines) this.add(line)
    fsyncSync(this.#fd)
  }

  close(): void {
    closeSync(this.#fd)
  }
}
