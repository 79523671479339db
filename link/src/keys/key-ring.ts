import { rmSync, type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'
import { didYouMean, ProveError, z } from '@prove/core'
import type { Identity } from '@prove/core/identity'
import { fileNameOf } from './file-name-of.js'
import { JoinTokens } from './join-tokens.js'
import { keyFolder } from './key-folder.js'
import { type LastMet, MetAgents, type SaidOfItself } from './met-agents.js'
import { ownIdentity, readIdentity, takeIdentity } from './own-identity.js'
import { makePrivateFolder, namesIn, readPrivate, writePrivate } from './private-file.js'

export const keyStates = ['waiting', 'accepted', 'revoked'] as const
export type KeyState = (typeof keyStates)[number]

/** An agent as the master knows it: by its key. */
export interface KnownKey {
  readonly fingerprint: string
  /** The target that it is the agent of. */
  readonly name: string
  readonly state: KeyState
  /** When it came to that state: ISO 8601. */
  readonly since: string
  /** What the agent itself calls its host. */
  readonly hostname?: string | undefined
}

const shape = z.strictObject({
  fingerprint: z.string(),
  name: z.string(),
  state: z.enum(keyStates),
  since: z.string(),
  hostname: z.string().optional(),
})

/** Keys that may wait at the same time: strangers cannot fill the disk of the master. */
const waitingLimit = 1000

/**
 * What a master knows of keys, in a folder of its own: its key, those of agents, and the join strings that it gave out. Each
 * key is a file, so that several programs can use the folder at the same time.
 */
export class KeyRing {
  readonly tokens: JoinTokens
  readonly #met: MetAgents

  constructor(readonly folder = keyFolder()) {
    this.tokens = new JoinTokens(join(folder, 'joins'))
    // Not beside the keys: whoever waits for one to be revoked watches those.
    this.#met = new MetAgents(join(folder, 'met'))
  }

  /** That of the master; made at the first use. Throws PRV_KEY_FILE. */
  identity(): Identity {
    return ownIdentity(this.#ownFile)
  }

  /**
   * The key that the master will have next. It is kept before anyone is told of it, so that a rotation that did not come to its
   * end goes on with the same one. Throws PRV_KEY_FILE.
   */
  nextIdentity(): Identity {
    return ownIdentity(this.#nextFile)
  }

  /** That key, where a rotation did not come to its end. Throws PRV_KEY_FILE. */
  unfinishedIdentity(): Identity | undefined {
    return readIdentity(this.#nextFile)
  }

  /** The next key is that of the master. Agents that were not told do not know it any more. Throws PRV_KEY_STATE. */
  takeNextIdentity(): void {
    takeIdentity(this.#nextFile, this.#ownFile)
  }

  get #ownFile(): string {
    return join(this.folder, 'master.key')
  }

  get #nextFile(): string {
    return `${this.#ownFile}.next`
  }

  get #agents(): string {
    return join(this.folder, 'agents')
  }

  /** All, by name. Throws PRV_KEY_FILE. */
  all(): readonly KnownKey[] {
    return namesIn(this.#agents)
      .flatMap((name) => this.#read(join(this.#agents, name)) ?? [])
      .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.since < b.since ? -1 : 1))
  }

  byFingerprint(fingerprint: string): KnownKey | undefined {
    return this.#read(this.#fileOf(fingerprint))
  }

  isRevoked(fingerprint: string): boolean {
    return this.byFingerprint(fingerprint)?.state === 'revoked'
  }

  /** The accepted key of a target. */
  acceptedOf(name: string): KnownKey | undefined {
    return this.all().find((key) => key.state === 'accepted' && key.name === name)
  }

  /**
   * The one key that was meant, by its fingerprint, by a name, or by the beginning of a fingerprint; of several those in this
   * state. Throws PRV_KEY_UNKNOWN.
   */
  find(asked: string, state: KeyState): KnownKey {
    const all = this.all()
    const whole = all.find(({ fingerprint }) => fingerprint === asked)
    if (whole !== undefined) return whole
    const meant = all.filter(({ name, fingerprint }) => name === asked || fingerprint.startsWith(asked))
    const preferred = meant.filter((key) => key.state === state)
    const found = preferred.length > 0 ? preferred : meant
    const [first, second] = found
    if (first !== undefined && second === undefined) return first
    if (first !== undefined) {
      const listed = found.map((key) => `${key.fingerprint} (${key.state})`).join(', ')
      throw new ProveError('PRV_KEY_UNKNOWN', `there are several keys of "${asked}": ${listed}`, {
        hint: 'name one by its whole fingerprint',
      })
    }
    const names = all.map(({ name }) => name)
    throw new ProveError('PRV_KEY_UNKNOWN', `no key of "${asked}" is known`, {
      hint: didYouMean(asked, names) ?? 'run "prove keys list" to see all',
    })
  }

  /** Takes note of a key that nobody decided about yet. False: too many wait already. */
  noteWaiting({ fingerprint, hostname }: { readonly fingerprint: string; readonly hostname: string }): boolean {
    if (this.byFingerprint(fingerprint) !== undefined) return true
    // Looked at one by one only where there may be too many.
    const mayBeFull = namesIn(this.#agents).length >= waitingLimit
    if (mayBeFull && this.all().filter(({ state }) => state === 'waiting').length >= waitingLimit) return false
    this.#write({ fingerprint, name: hostname, state: 'waiting', since: now(), hostname })
    return true
  }

  /**
   * From now on this key is the agent of a target. Throws PRV_KEY_STATE when another one is: a name is never taken over
   * in silence.
   */
  accept(key: Pick<KnownKey, 'fingerprint' | 'name' | 'hostname'>): KnownKey {
    const { fingerprint, name } = key
    const before = this.acceptedOf(name)
    if (before !== undefined && before.fingerprint !== fingerprint) {
      throw new ProveError('PRV_KEY_STATE', `the target "${name}" has another accepted key: ${before.fingerprint}`, {
        hint: `if its host was made anew, run "prove keys revoke ${before.fingerprint}" first`,
      })
    }
    return this.#acceptAs(key)
  }

  /** The agent of this key has another one: both are accepted, until the old one is revoked. */
  succeed({ name, hostname, fingerprint: before }: KnownKey, fingerprint: string): KnownKey {
    const met = this.#met.of(before)
    if (met !== undefined) this.#met.note(fingerprint, met)
    return this.#acceptAs({ fingerprint, name, hostname })
  }

  /** It is not spoken with any more, and stays known as one that is not. */
  revoke(key: KnownKey): void {
    this.#write({ ...key, state: 'revoked', since: now() })
  }

  /** Forgets a key: it may come again, and wait. */
  forget({ fingerprint }: Pick<KnownKey, 'fingerprint'>): void {
    rmSync(this.#fileOf(fingerprint), { force: true })
    this.#met.forget(fingerprint)
  }

  /** An agent was met, and this is what it says of itself. It is kept beside a key that is accepted. */
  noteMet(fingerprint: string, said: SaidOfItself): void {
    if (this.byFingerprint(fingerprint)?.state === 'accepted') this.#met.note(fingerprint, said)
  }

  /** What the agent of a key said of itself when it was last met. */
  lastMet(fingerprint: string): LastMet | undefined {
    return this.#met.of(fingerprint)
  }

  /** Calls whenever a key may have come to another state; returns what ends that. */
  watch(changed: () => void): () => void {
    makePrivateFolder(this.#agents)
    const watcher: FSWatcher = watch(this.#agents, { persistent: false }, changed)
    return () => watcher.close()
  }

  #acceptAs({ fingerprint, name, hostname }: Pick<KnownKey, 'fingerprint' | 'name' | 'hostname'>): KnownKey {
    const accepted = { fingerprint, name, state: 'accepted', since: now(), hostname } as const
    this.#write(accepted)
    return accepted
  }

  #fileOf(fingerprint: string): string {
    return join(this.#agents, fileNameOf(fingerprint))
  }

  #write(key: KnownKey): void {
    writePrivate(this.#fileOf(key.fingerprint), `${JSON.stringify(key)}\n`)
  }

  #read(file: string): KnownKey | undefined {
    const text = readPrivate(file)
    if (text === undefined) return undefined
    try {
      return shape.parse(JSON.parse(text))
    } catch {
      throw new ProveError('PRV_KEY_FILE', `"${file}" is no key of an agent`, { hint: 'restore it, or remove it' })
    }
  }
}

const now = (): string => new Date().toISOString()
