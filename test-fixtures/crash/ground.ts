import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ended, Place, textOf, until } from '../cli/prove.js'

const here = dirname(fileURLToPath(import.meta.url))

/** A place with the catalog of the crash tests, and a folder that its states are below. */
export class CrashGround {
  readonly place = new Place()
  readonly root = this.place.path('root')

  constructor() {
    mkdirSync(this.root)
    this.place.write('site.yml', readFileSync(join(here, 'site.yml')))
    const config = {
      name: 'crash',
      plugins: [
        '@prove/loader-nunjucks',
        '@prove/loader-yaml',
        '@prove/meta-core',
        '@prove/state-cmd',
        '@prove/state-file',
        join(here, 'executor/index.js'),
      ],
      targets: { local: { executor: 'crash' } },
    }
    this.place.write('prove.config.json', JSON.stringify(config))
  }

  /** `crash`: `VICTIM:POINT`. */
  apply(crash = '', points = this.place.path('points')): Promise<Ended> {
    return this.place.prove(['apply', 'site.yml', '-o', 'json', '--var', `root=${this.root}`], {
      HOME: this.root,
      // What an earlier run has remembered of the facts is part of what the next one meets.
      XDG_CACHE_HOME: this.place.path('.cache'),
      PROVE_CRASH: crash,
      PROVE_CRASH_POINTS: points,
    })
  }

  /** The points of the conversation that the last run came to. */
  points(): readonly string[] {
    return JSON.parse(readFileSync(this.place.path('points'), 'utf8')) as readonly string[]
  }

  /** Until what a run has begun has ended, be it without it. */
  orphansEnd(): Promise<void> {
    return until(`the end of ${this.place.processes().join(', ')}`, () => this.place.processes().length === 0)
  }

  /** Everything below the root but the logs: type, mode, and what it holds. */
  tree(): Readonly<Record<string, string>> {
    const names = readdirSync(this.root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => !name.startsWith('log/'),
    )
    return Object.fromEntries(names.sort().map((name) => [name, shown(join(this.root, name))]))
  }

  /** How often each state wrote to its log. */
  logs(): Readonly<Record<string, number>> {
    const folder = join(this.root, 'log')
    const names = existsSync(folder) ? readdirSync(folder).sort() : []
    return Object.fromEntries(names.map((name) => [name, textOf(join(folder, name)).split('\n').length - 1]))
  }

  /** Copies that are not there, or older than what they copy: nobody told them. */
  stale(): readonly string[] {
    const times = (name: string) => lstatSync(join(this.root, name), { throwIfNoEntry: false })
    return Object.entries(heard).flatMap(([copy, sources]) =>
      sources
        .filter((name) => (times(name)?.ctimeMs ?? 0) > (times(`running/${copy}`)?.mtimeMs ?? 0))
        .map((name) => `${name} → ${copy}`),
    )
  }

  /** Files that no run may leave: scratch, locks, entries of the ledger, half-written files. */
  leftOver(): readonly string[] {
    const state = dirname(this.place.lock)
    const half = readdirSync(this.root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('.prove-'),
    )
    const kept = existsSync(state) ? readdirSync(state, { recursive: true, encoding: 'utf8' }) : []
    return [
      ...half.map((name) => join(this.root, name)),
      ...kept.filter((name) => name !== 'ledger' && !history.test(name)).map((name) => join(state, name)),
      ...this.place.scratch(),
    ].map((path) => relative(this.place.folder, path))
  }
}

/** What the master keeps of its runs lies in the same folder here: `CATALOG/runs/ID.jsonl`. */
const history = /^(prove|(prove\/)?[0-9a-f]{16}(\/runs(\/[\w-]+\.jsonl)?)?)$/

/** The copies below `running`, and what they are made of. */
const heard: Readonly<Record<string, readonly string[]>> = {
  app: ['etc/app.conf', 'etc/app.limits'],
  sync: ['running/app'],
  confirm: ['running/sync'],
  db: ['etc/db.conf', 'etc/db.key'],
  web: ['etc/web.conf'],
  announced: ['etc/release', 'etc/archive'],
  tell: ['etc/news'],
}

const shown = (path: string): string => {
  const { mode } = lstatSync(path)
  const kind = lstatSync(path).isDirectory() ? 'directory' : readFileSync(path, 'utf8')
  return `${(mode & 0o7777).toString(8)} ${kind}`
}
