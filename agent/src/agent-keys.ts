import { readFileSync } from 'node:fs'
import { ProveError } from '@prove/core'
import type { Identity } from '@prove/core/identity'
import { ownIdentity, readIdentity, takeIdentity, writePrivate } from '@prove/link'
import { type AgentConfig, parseAgentConfig } from './agent-config.js'

export interface AgentKeyFiles {
  readonly config: string
  readonly key: string
}

/** Whom an agent obeys, and what it is known by; both can come to be others while it runs. */
export class AgentKeys {
  #config: AgentConfig
  #identity: Identity

  /** Throws PRV_KEY_FILE. */
  constructor(
    private readonly files: AgentKeyFiles,
    config: AgentConfig,
  ) {
    this.#config = config
    this.#identity = ownIdentity(files.key)
  }

  get identity(): Identity {
    return this.#identity
  }

  obeys(master: string): boolean {
    return this.#config.masters.includes(master)
  }

  /**
   * A master that is obeyed is about to have another key; until it has come with that one, both are obeyed. One that it was to
   * have before that, and never came with, is obeyed no longer.
   */
  expect(next: string, master: string): void {
    if (!this.obeys(master)) throw refused(`it does not obey ${master}`)
    const { masters, replaces } = this.#config
    const others = Object.entries(replaces).filter(([, replaced]) => replaced !== master)
    const kept = masters.filter((each) => replaces[each] !== master)
    this.#keep({
      masters: [...new Set([...kept, next])],
      replaces: { ...Object.fromEntries(others), [next]: master },
    })
  }

  /** A master has come: where its key replaces another one, that one is obeyed no longer. */
  met(master: string): void {
    const { masters, replaces } = this.#config
    const { [master]: before, ...others } = replaces
    if (before !== undefined) this.#keep({ masters: masters.filter((each) => each !== before), replaces: others })
  }

  /** Makes another key, which is not used before it is {@link confirm}ed: its fingerprint. Until then it is the same. */
  renew(): string {
    return ownIdentity(this.#next).fingerprint
  }

  /** The master knows the new key: from now on it is the one. */
  confirm(fingerprint: string): void {
    const made = readIdentity(this.#next)
    if (made?.fingerprint !== fingerprint) throw refused(`it has made no key ${fingerprint}`)
    takeIdentity(this.#next, this.files.key)
    this.#identity = made
  }

  get #next(): string {
    return `${this.files.key}.next`
  }

  /** All else in the file stays as it was written. */
  #keep(changed: Pick<AgentConfig, 'masters' | 'replaces'>): void {
    const { config: file } = this.files
    const written = JSON.parse(readFileSync(file, 'utf8')) as object
    const text = `${JSON.stringify({ ...written, ...changed }, null, 2)}\n`
    this.#config = parseAgentConfig(text, file)
    writePrivate(file, text)
  }
}

const refused = (why: string): ProveError =>
  new ProveError('PRV_AGENT_REQUEST', `the agent does not take that key: ${why}`, {
    hint: 'run "prove keys rotate" again',
  })
