import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type InvocationEvent, knownErrors, type TargetSummary, type ProveEvent } from '@prove/core'
import { openProject } from '../../cli/src/project.js'
import { runOperation } from '../../cli/src/run/run-operation.js'
import { usualRun } from '../usual-run.js'
import { Lab } from './lab.js'
import type { LabHost } from './lab-host.js'

/** What one operation told about the host. */
export interface Told {
  readonly events: readonly ProveEvent[]
  readonly lines: readonly InvocationEvent[]
  readonly summary: TargetSummary
}

/** A file of a catalog by what it holds, or something else that may be there. */
type WrittenFile = string | Buffer | { readonly script: string } | { readonly link: string }

/** What is written in a folder for a run: `site.yml`, and files of the catalog by their names in it; a name that ends in a slash is a directory. */
export interface WrittenCatalog {
  readonly states: string
  readonly files?: Readonly<Record<string, WrittenFile>>
}

const write = (path: string, what: WrittenFile): void => {
  mkdirSync(path.endsWith('/') ? path : dirname(path), { recursive: true })
  if (path.endsWith('/')) return
  if (typeof what === 'string' || Buffer.isBuffer(what)) writeFileSync(path, what)
  else if ('link' in what) symlinkSync(what.link, path)
  else writeFileSync(path, what.script, { mode: 0o755 })
}

/** Writes files of a catalog below a folder. */
export const writeCatalog = (folder: string, files: Readonly<Record<string, WrittenFile>>): void => {
  for (const [name, what] of Object.entries(files)) write(join(folder, name), what)
}

const marker = '/run/prove-watch'

/** A host of a lab of its own, and catalogs that it is brought to from here, over ssh, by what the command line does. */
export class ManagedHost {
  readonly #folder = mkdtempSync(join(tmpdir(), 'prove-managed-'))

  private constructor(
    private readonly lab: Lab,
    readonly host: LabHost,
  ) {}

  static async boot(): Promise<ManagedHost> {
    const lab = await Lab.open()
    const [host] = await lab.boot(1)
    if (host === undefined) throw new Error('the lab has no host')
    return new ManagedHost(lab, host)
  }

  /** How ssh reaches it. */
  get reached(): { readonly name: string; readonly sshConfig: string } {
    return { name: this.host.name, sshConfig: this.lab.sshConfig }
  }

  /** Runs text as root on the host; what it printed. Rejects with its words where it fails. */
  run(script: string): Promise<string> {
    return this.host.run(script)
  }

  plan(catalog: WrittenCatalog): Promise<Told> {
    return this.#operate('plan', catalog)
  }

  apply(catalog: WrittenCatalog): Promise<Told> {
    return this.#operate('apply', catalog)
  }

  /** From now on what is written under paths can be told. */
  async beginWatch(): Promise<void> {
    await this.run(`: >${marker}`)
  }

  /** What under these paths was made, changed or removed (then its directory is told) since the watch began. */
  touched(paths: readonly string[]): Promise<string> {
    return this.run(`find ${paths.join(' ')} -cnewer ${marker} 2>/dev/null || :`)
  }

  async close(): Promise<void> {
    await this.lab.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #operate(operation: 'plan' | 'apply', { states, files = {} }: WrittenCatalog): Promise<Told> {
    const folder = mkdtempSync(join(this.#folder, 'catalog-'))
    const options = { config: this.lab.sshConfig }
    const config = { targets: { h1: { host: this.host.name, executor: 'ssh', options } } }
    writeCatalog(folder, { 'prove.config.json': JSON.stringify(config), 'site.yml': states, ...files })
    const events: ProveEvent[] = []
    const project = { ...(await openProject(folder)), facts: { get: () => undefined, put: () => undefined } }
    await runOperation(
      project,
      { ...usualRun, operation, states: [join(folder, 'site.yml')] },
      { event: (event) => void events.push(event), end: () => undefined },
      { take: () => undefined },
    ).catch((error: unknown) => {
      const known = knownErrors(error)
      throw known.length === 0 ? error : new Error(known.map(({ message }) => message).join('\n'), { cause: error })
    })
    const last = events.at(-1)
    const summary = last?.type === 'summary' ? last.targets['h1'] : undefined
    if (summary === undefined) throw new Error(`no summary: ${JSON.stringify(events)}`)
    const lines = events.filter((event): event is InvocationEvent => event.type === 'invocation')
    return { events, lines, summary }
  }
}
