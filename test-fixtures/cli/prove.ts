import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type InvocationEvent, type ProveEvent, quoteAll, type SummaryEvent, type TargetSummary } from '@prove/core'

export const program = join(dirname(fileURLToPath(import.meta.url)), '../../cli/bin/prove.js')

/** How a run of the built command line ended. */
export interface Ended {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A run that may still be going on. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** What standard output holds so far. */
  readonly said: () => string
}

const isRoot = process.getuid?.() === 0

/** As root the state folder and the scratch folders have fixed places: a mount namespace gives each test its own. */
const separable = isRoot && spawnSync('unshare', ['-m', 'true']).status === 0

const separate =
  'mkdir -p /var/lib/prove; mount --bind "$1" /var/lib/prove && mount --bind "$2" /run && shift 2 && exec "$@"'

/** The words that run others with folders of their own in place of /var/lib/prove and /run, where that can be. */
export const apart = (state: string, run: string, words: readonly string[]): readonly string[] =>
  separable ? ['unshare', '-m', 'sh', '-c', separate, 'separate', state, run, ...words] : words

/** A temporary folder to run prove in, with a state folder and, as root, a place for scratch of its own. */
export class Place {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'prove-cli-')))
  readonly #state = this.#made('.state')
  readonly #run = this.#made('.run')

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string | Uint8Array): string {
    const path = this.path(name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }

  /** A state file of plain data; JSON is YAML too. */
  states(states: Readonly<Record<string, unknown>>, name = 'site.yml'): string {
    return this.write(name, JSON.stringify(states, undefined, 1))
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    return this.#spawn([process.execPath, program, ...args], env)
  }

  prove(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.start(args, env).ended
  }

  /** Runs it on a terminal of 80 columns and 24 rows; standard output is all that a terminal would have been sent. */
  onTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    const line = quoteAll([process.execPath, program, ...args])
    const sized = `stty cols 80 rows 24; exec ${line}`
    // What a service that builds and tests says of itself is not meant for this terminal.
    return this.#spawn(['script', '-qec', sized, '/dev/null'], { CI: '', TERM: 'xterm', NO_COLOR: '', ...env })
  }

  /** Runs text for a shell in which "prove" is the built command line. */
  shell(text: string): Promise<Ended> {
    return this.#spawn(['sh', '-c', `prove() { '${process.execPath}' '${program}' "$@"; }; ${text}`], {}).ended
  }

  get lock(): string {
    return isRoot ? join(separable ? this.#state : '/var/lib/prove', 'lock') : join(this.#state, 'prove/lock')
  }

  /** Scratch folders of this place; where they cannot be kept apart, those whose shell has ended. */
  scratch(): readonly string[] {
    if (separable) return scratchIn(this.#run)
    return ['/run', '/dev/shm', '/tmp']
      .flatMap(scratchIn)
      .filter((path) => !existsSync(`/proc/${/prove\.(\d+)\./.exec(path)?.[1] ?? ''}`))
  }

  /** Command lines of the living processes that a run in this place has begun, prove itself included. */
  processes(): readonly string[] {
    return readdirSync('/proc')
      .filter(
        (name) => /^\d+$/.test(name) && textOf(`/proc/${name}/environ`).includes(`PROVE_TEST_PLACE=${this.folder}\0`),
      )
      .map((name) => `${name} ${textOf(`/proc/${name}/cmdline`).replaceAll('\0', ' ').slice(0, 300)}`)
  }

  /** Ends what is left of this place, then removes it. */
  remove(): void {
    for (const line of this.processes()) {
      try {
        process.kill(Number(line.split(' ')[0]), 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
    }
    rmSync(this.folder, { recursive: true, force: true })
  }

  #made(name: string): string {
    const path = join(this.folder, name)
    mkdirSync(path)
    return path
  }

  #spawn(words: readonly string[], env: Readonly<Record<string, string>>): Running {
    const [first = '', ...rest] = apart(this.#state, this.#run, words)
    const child = spawn(first, rest, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PROVE_TEST_PLACE: this.folder,
        XDG_STATE_HOME: this.#state,
        XDG_CACHE_HOME: '/dev/null',
        ...env,
      },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (exit) => resolve({ exit, stdout, stderr }))
    })
    return { child, ended, said: () => stdout }
  }
}

const scratchIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('prove.'))
    .map((name) => join(folder, name))

/** What a file holds; nothing where it cannot be read. */
export const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Looks again and again until the condition holds. Throws when it does not within two minutes. */
export const until = async (what: string, holds: () => boolean): Promise<void> => {
  const limit = Date.now() + 120_000
  while (!holds()) {
    if (Date.now() > limit) throw new Error(`waited in vain: ${what}`)
    await new Promise((resume) => setTimeout(resume, 10))
  }
}

/** Standard output of `-o json`. */
export const eventsOf = ({ stdout }: Pick<Ended, 'stdout'>): readonly ProveEvent[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ProveEvent)

export const invocationsOf = (ended: Ended): readonly InvocationEvent[] =>
  eventsOf(ended).filter((event): event is InvocationEvent => event.type === 'invocation')

/** The last event about a state. */
export const lineOf = (ended: Ended, state: string): InvocationEvent => {
  const line = invocationsOf(ended).findLast((event) => event.state === state)
  if (line === undefined) throw new Error(`no line about ${state} in:\n${ended.stdout}${ended.stderr}`)
  return line
}

/** The last line, which must be the summary. */
export const summaryOf = (ended: Ended): SummaryEvent => {
  const last = eventsOf(ended).at(-1)
  if (last?.type !== 'summary') throw new Error(`no summary at the end of:\n${ended.stdout}${ended.stderr}`)
  return last
}

export const targetOf = (ended: Ended, target = 'local'): TargetSummary => {
  const found = summaryOf(ended).targets[target]
  if (found === undefined) throw new Error(`no target ${target} in:\n${ended.stdout}`)
  return found
}
