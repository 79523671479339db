import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ProveError, quote } from '@prove/core'
import {
  fingerprintOf,
  hashedName,
  judgeKey,
  type KnownHost,
  knownName,
  linesAbout,
  parseKnownHosts,
  typeOf,
} from './known-hosts.js'
import type { SshSettings } from './ssh-settings.js'

type Ground = Pick<SshSettings, 'hostname' | 'port' | 'hostKeyAlias' | 'knownHostsFiles' | 'unknownKeys' | 'hashNames'>

/** What is known of a host's keys before it shows one. */
export class HostKeys {
  readonly #name: string
  readonly #about: readonly KnownHost[]

  constructor(private readonly ground: Ground) {
    const { hostname, port, hostKeyAlias, knownHostsFiles } = ground
    // An alias stands for the host whatever the port.
    this.#name = hostKeyAlias ?? knownName(hostname, port)
    this.#about = linesAbout(
      this.#name,
      knownHostsFiles.flatMap((file) => parseKnownHosts(file, textOf(file))),
    )
  }

  /** Types of keys that the host is known by: asked for another, it would seem to have changed. */
  get types(): readonly string[] {
    return [...new Set(this.#about.flatMap(({ marker, type }) => (marker === undefined ? [type] : [])))]
  }

  /** What is wrong with a key; undefined where it is the host's. A first one is added where the settings say so. */
  refusal(key: Buffer): ProveError | undefined {
    const judged = judgeKey(key, this.#about)
    const shown = `${typeOf(key)} ${fingerprintOf(key)}`
    switch (judged.verdict) {
      case 'known':
        return undefined
      case 'revoked':
        return refused(`the key of "${this.#name}" is revoked: ${shown}`, judged.known, 'connect to it no more')
      case 'changed':
        return refused(
          `"${this.#name}" shows ${shown}, and is known by ${judged.known.type} ${fingerprintOf(judged.known.key)}`,
          judged.known,
          `find out why it changed, and only then forget the old one: ssh-keygen -R ${quote(this.#name)}`,
        )
      case 'unknown':
        return this.#first(key, shown)
    }
  }

  #first(key: Buffer, shown: string): ProveError | undefined {
    const { unknownKeys, knownHostsFiles, hashNames } = this.ground
    if (unknownKeys === 'ignored') return undefined
    const [file] = knownHostsFiles
    if (unknownKeys === 'added' && file !== undefined) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      const name = hashNames ? hashedName(this.#name) : this.#name
      const end = /[^\n]$/.test(textOf(file)) ? '\n' : ''
      appendFileSync(file, `${end}${name} ${typeOf(key)} ${key.toString('base64')}\n`, { mode: 0o600 })
      return undefined
    }
    return refused(
      `the key of "${this.#name}" is not known: ${shown}`,
      undefined,
      `compare it with what its administrator says, then accept it once: ssh ${quote(this.ground.hostname)}`,
    )
  }
}

const refused = (message: string, known: KnownHost | undefined, hint: string): ProveError =>
  new ProveError('PRV_TARGET_UNREACHABLE', message, {
    hint,
    ...(known === undefined ? {} : { place: { file: known.file, line: known.line, column: 1 } }),
  })

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
