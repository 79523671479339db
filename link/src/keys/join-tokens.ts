import { createHash, randomBytes } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from '@prove/core'
import { makePrivateFolder, namesIn, readPrivate, writePrivate } from './private-file.js'

/** Who may join by a token, and until when. */
export interface JoinToken {
  /** ISO 8601. */
  readonly expires: string
  /** True: any number of agents may use it. */
  readonly many: boolean
  /** The name that an agent gets by it; its own unless given. */
  readonly name?: string | undefined
}

const shape = z.strictObject({ expires: z.string(), many: z.boolean(), name: z.string().optional() })

/** How a token was taken. */
export type Redeemed = { readonly token: JoinToken } | { readonly refused: 'unknown' | 'expired' }

/** The tokens that a master has given out: a file for each, named by its hash, since the token itself lets one in. */
export class JoinTokens {
  constructor(private readonly folder: string) {}

  /** A new token: the word, which is not kept. */
  make(about: JoinToken): string {
    this.#removeExpired()
    const word = randomBytes(16).toString('base64url')
    makePrivateFolder(this.folder)
    writePrivate(this.#fileOf(word), JSON.stringify(about))
    return word
  }

  /** Takes a token, once where it is for one. */
  redeem(word: string): Redeemed {
    const file = this.#fileOf(word)
    const about = this.#read(file)
    if (about === undefined) return { refused: 'unknown' }
    if (new Date(about.expires) <= new Date()) return { refused: 'expired' }
    if (!about.many && !this.#takeAway(file)) return { refused: 'unknown' }
    return { token: about }
  }

  #fileOf(word: string): string {
    return join(this.folder, createHash('sha256').update(word).digest('hex'))
  }

  #read(file: string): JoinToken | undefined {
    const text = readPrivate(file)
    const parsed = text === undefined ? undefined : shape.safeParse(JSON.parse(text), { jitless: true })
    return parsed?.success === true ? parsed.data : undefined
  }

  /** Of two that use it at the same time, one moves the file. */
  #takeAway(file: string): boolean {
    const taken = `${file}.used`
    try {
      renameSync(file, taken)
    } catch {
      return false
    }
    rmSync(taken, { force: true })
    return true
  }

  #removeExpired(): void {
    for (const name of namesIn(this.folder)) {
      const file = join(this.folder, name)
      const about = this.#read(file)
      if (about === undefined || new Date(about.expires) <= new Date()) rmSync(file, { force: true })
    }
  }
}
