import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LedgerEntry } from '../../core/src/contracts/ledger.js'
import type { Session } from '../../core/src/contracts/session.js'
import type { ShellSession } from '../../core/src/wire/shell-session.js'
import { Tree } from '../oracle/tree.js'
import type { GraphCase } from './graph-case.js'
import type { Stage } from './stage.js'

/** Notes its name; fails where a file of that name says so, and that often. */
const workScript = (folder: string): string => `#!/bin/sh
echo "$1" >>'${folder}/log'
f='${folder}/fails/'$1
[ -f "$f" ] || exit 0
read -r n <"$f"
[ "$n" = always ] && exit 1
[ "$n" -gt 0 ] || exit 0
echo $((n - 1)) >"$f"
exit 1
`

/** A real shell on this machine, one session for all cases. */
export class ShellStage implements Stage {
  readonly name = 'on a real shell'
  #folder = ''
  #tree = new Tree('')
  #session: ShellSession | undefined

  /** `opened` opens a session on this machine in which a folder's programs are found. */
  constructor(private readonly opened: (programs: string) => Promise<ShellSession>) {}

  get root(): string {
    return this.#tree.root
  }

  async open(): Promise<void> {
    this.#folder = mkdtempSync(join(tmpdir(), 'prove-graph-'))
    this.#tree = new Tree(join(this.#folder, 'root'))
    mkdirSync(join(this.#folder, 'bin'))
    const program = join(this.#folder, 'bin/work')
    writeFileSync(program, workScript(this.#folder))
    chmodSync(program, 0o755)
    this.#session = await this.opened(join(this.#folder, 'bin'))
  }

  build({ there = {}, fails = [], failsTimes = {} }: GraphCase): Session {
    const seeds = Object.entries(there).map(
      ([name, content]) => ({ kind: 'file', path: name, content, mode: 0o644, uid: 0 }) as const,
    )
    this.#tree.build(seeds)
    const failing = join(this.#folder, 'fails')
    rmSync(failing, { recursive: true, force: true })
    mkdirSync(failing)
    for (const name of fails) writeFileSync(join(failing, name), 'always\n')
    for (const [name, times] of Object.entries(failsTimes)) writeFileSync(join(failing, name), `${times}\n`)
    writeFileSync(join(this.#folder, 'log'), '')
    return this.#reread()
  }

  log(): readonly string[] {
    return readFileSync(join(this.#folder, 'log'), 'utf8').split('\n').slice(0, -1)
  }

  snapshot(): string {
    return JSON.stringify([this.log(), this.#tree.snapshot(true)])
  }

  waiting(environment: string): Promise<readonly LedgerEntry[]> {
    return Promise.resolve(this.#ledger().filter((entry) => entry.environment === environment))
  }

  /** Nothing of an environment is left on this machine. */
  forget(environment: string): void {
    for (const entry of this.#ledger()) {
      if (entry.environment === environment) rmSync(join(this.#ledgerFolder, entry.key))
    }
  }

  async close(): Promise<void> {
    await this.#session?.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  get #current(): ShellSession {
    if (this.#session === undefined) throw new Error('no session was opened')
    return this.#session
  }

  get #ledgerFolder(): string {
    return join(this.#current.facts.stateFolder, 'ledger')
  }

  #ledger(): readonly LedgerEntry[] {
    if (!existsSync(this.#ledgerFolder)) return []
    return readdirSync(this.#ledgerFolder).flatMap((name) => {
      try {
        return [JSON.parse(readFileSync(join(this.#ledgerFolder, name), 'utf8')) as LedgerEntry]
      } catch {
        // Another run on this machine has just answered it.
        return []
      }
    })
  }

  /** The one session, with the ledger read afresh: a session reads it once, when it is opened. */
  #reread(): Session {
    const session = this.#current
    return {
      facts: session.facts,
      allFacts: session.allFacts,
      roundTrips: session.roundTrips,
      gatherFacts: (sources) => session.gatherFacts(sources),
      seekTools: () => session.seekTools(),
      read: (reads) => session.read(reads),
      perform: (segments, then, ended) => session.perform(segments, then, ended),
      ledger: () => Promise.resolve(this.#ledger()),
      stop: () => session.stop(),
      resume: () => session.resume(),
      kill: () => session.kill(),
    }
  }
}
