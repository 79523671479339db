import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ManagedHost, type WrittenCatalog, writeCatalog } from '../hosts/managed-host.js'
import { type CaseTask, caseTasksOf } from './case-tasks.js'
import { beginScript, type Ground, noteScript, notesFolder } from './ground.js'
import { endOf, type Ends, play } from './play.js'

/** What a case is for a recording. */
interface RecordedCase extends WrittenCatalog {
  readonly title: string
  readonly before?: string
  readonly after?: string
  readonly isRaced?: true
  readonly outcome?: Ends
  readonly second?: Ends
}

/** How two runs of one case ended, and what the host shows then. */
interface Outcome {
  readonly first: Ends
  readonly second: Ends
  readonly shown: readonly string[]
}

/** A case that ended in another way with Ansible. */
export interface Difference {
  readonly title: string
  readonly ours: Outcome
  readonly theirs: Outcome
  /** What its tasks answered. */
  readonly answers: unknown
}

/** Notes on a host, case by case, what each begins with and what Prove leaves; then Ansible is asked for the same. */
export class Recording {
  readonly #tasks: readonly (readonly CaseTask[] | undefined)[]
  readonly #left = new Map<number, string>()

  constructor(
    private readonly ground: Ground,
    private readonly cases: readonly RecordedCase[],
  ) {
    this.#tasks = cases.map(({ states, files = {}, isRaced }) =>
      isRaced === true ? undefined : caseTasksOf(states, Object.keys(files)),
    )
  }

  /** Cases that both were asked for. */
  get compared(): number {
    return this.#left.size
  }

  async begin(host: ManagedHost, i: number): Promise<void> {
    if (this.#tasks[i] !== undefined) await host.run(noteScript(this.ground, i))
  }

  async end(host: ManagedHost, i: number): Promise<void> {
    if (this.#tasks[i] !== undefined) this.#left.set(i, await host.run(this.ground.shows))
  }

  /** Runs every noted case with Ansible, on the same host made anew. */
  async differences(host: ManagedHost): Promise<readonly Difference[]> {
    const folder = mkdtempSync(join(tmpdir(), 'prove-beside-'))
    try {
      return await this.#differences(host, folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  async #differences(host: ManagedHost, folder: string): Promise<readonly Difference[]> {
    const { root } = host.host
    const notes = join(folder, 'notes')
    cpSync(join(root, notesFolder), notes, { recursive: true })
    await host.host.reset()
    // What shows of services is not to be what the boot has still to do.
    await host.run('systemctl is-system-running --wait >/dev/null || :')
    if (this.ground.before !== undefined) await host.run(this.ground.before)
    cpSync(notes, join(root, notesFolder), { recursive: true })

    const numbers = [...this.#left.keys()]
    const script = (name: string, text: string): string => {
      const path = `${notesFolder}/${name}`
      writeFileSync(join(root, path), text)
      return path
    }
    const shows = script('shows', this.ground.shows)
    const showing = (i: number | undefined): string =>
      i === undefined ? '' : `sh ${shows} >${notesFolder}/${i}.shown || exit; `
    /** The check of a case may be what lets its second run end in another way. */
    const between = (i: number): { readonly between?: string } => {
      const { second, after } = this.cases[i] ?? {}
      if (second === undefined || after === undefined) return {}
      return { between: `sh ${script(`${i}.after`, after)} >/dev/null 2>&1 || :` }
    }
    const catalogOf = (i: number): string => {
      const catalog = join(folder, 'catalogs', String(i))
      writeCatalog(catalog, this.cases[i]?.files ?? {})
      return catalog
    }
    const played = numbers.map((i, k) => ({
      begin: `${showing(numbers[k - 1])}sh ${script(`${i}.begin`, beginScript(this.ground, i, this.cases[i]?.before))}`,
      tasks: this.#tasks[i] ?? [],
      catalog: catalogOf(i),
      ...between(i),
    }))
    const home = join(folder, 'home')
    mkdirSync(home)
    const results = await play(played, `${showing(numbers.at(-1))}:`, host.reached, home)
    const answers = JSON.parse(readFileSync(results, 'utf8')) as readonly (readonly Parameters<typeof endOf>[0][])[]
    return numbers.flatMap((i, k) => {
      const each = this.cases[i]
      if (each === undefined) return []
      const { title, outcome = 'changed', second = outcome === 'failed' ? 'failed' : 'ok' } = each
      const [one = [], two = []] = answers[k] ?? []
      const shown = readFileSync(join(root, notesFolder, `${i}.shown`), 'utf8')
      const ours = { first: outcome, second, shown: this.#left.get(i)?.split('\n') ?? [] }
      const theirs = { first: endOf(one), second: endOf(two), shown: shown.split('\n') }
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ title, ours, theirs, answers: answers[k] }]
    })
  }
}
