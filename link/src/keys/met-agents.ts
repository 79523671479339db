import { statSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { z } from '@prove/core'
import { fileNameOf } from './file-name-of.js'
import { readPrivate, writePassing } from './private-file.js'

/** What an agent says of itself. */
export interface SaidOfItself {
  /** Of the program. */
  readonly version: string
  /** The version of Node that it runs on. */
  readonly node?: string | undefined
  /** `build` is what it was built from: a version and a hash. */
  readonly plugins?: readonly { readonly name: string; readonly build?: string | undefined }[] | undefined
}

/** What an agent said of itself when it was met for the last time. */
export interface LastMet extends SaidOfItself {
  /** ISO 8601. */
  readonly at: string
  readonly plugins: NonNullable<SaidOfItself['plugins']>
}

const shape = z.strictObject({
  version: z.string(),
  node: z.string().optional(),
  plugins: z.array(z.strictObject({ name: z.string(), build: z.string().optional() })),
})

/**
 * What agents said of themselves: a file for each key. The time of the file is when the agent was met, so that one that says
 * the same as before costs no writing.
 */
export class MetAgents {
  constructor(private readonly folder: string) {}

  /** Takes note of what an agent says. It comes again with the next meeting: where it cannot be kept, nothing is wrong. */
  note(fingerprint: string, { version, node, plugins = [] }: SaidOfItself): void {
    const file = this.#fileOf(fingerprint)
    const text = `${JSON.stringify({ version, node, plugins })}\n`
    const now = new Date()
    try {
      if (textOf(file) === text) utimesSync(file, now, now)
      else writePassing(file, text)
    } catch {
      // A disk that is full keeps nobody from speaking with an agent.
    }
  }

  /** Undefined when it was never met, and when others may have changed what it said. */
  of(fingerprint: string): LastMet | undefined {
    const file = this.#fileOf(fingerprint)
    const text = textOf(file)
    const mtime = statSync(file, { throwIfNoEntry: false })?.mtime
    if (text === undefined || mtime === undefined) return undefined
    try {
      return { at: mtime.toISOString(), ...shape.parse(JSON.parse(text)) }
    } catch {
      // What a crash cut short is written anew by the next meeting.
      return undefined
    }
  }

  forget(fingerprint: string): void {
    rmSync(this.#fileOf(fingerprint), { force: true })
  }

  #fileOf(fingerprint: string): string {
    return join(this.folder, fileNameOf(fingerprint))
  }
}

/** One that others may open is no better than none: the next meeting puts it in order. */
const textOf = (file: string): string | undefined => {
  try {
    return readPrivate(file)
  } catch {
    return undefined
  }
}
