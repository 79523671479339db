import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { BlobStore } from '../contracts/blob.js'
import type { Facts, FactSource } from '../contracts/facts.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import type { Answered, Read } from '../contracts/read.js'
import type { Performed, Segment, Session } from '../contracts/session.js'
import type { Step, StepResult } from '../contracts/step.js'
import { openBlob } from '../made-blob.js'
import type { FileAnswer, FileQuery } from '../reads/file.js'
import { type Entry, locate } from '../reads/location.js'
import type { LedgerClearStep, LedgerNoteStep } from '../steps/ledger.js'
import type {
  FileAttributesStep,
  FileDirectoryStep,
  FileLinkStep,
  FileRemoveStep,
  FileWriteStep,
} from '../steps/file.js'

/** One thing in the memory of a target. */
export interface MemoryEntry {
  readonly type: 'file' | 'directory' | 'link'
  readonly mode?: string
  readonly owner?: string
  readonly group?: string
  /** The bytes of a file, or where a link leads. */
  readonly content?: string
}

/** How a command ended that also says something. */
export interface CommandEnd {
  readonly exit: number
  readonly stdout: string
}

export interface MemoryTargetOptions {
  readonly entries?: Readonly<Record<string, MemoryEntry>>
  readonly users?: readonly string[]
  /** What commands do, by their text: change the entries, and end with a status. An unknown command fails with 127. */
  readonly commands?: Readonly<Record<string, (target: MemoryTarget) => number | CommandEnd>>
  readonly blobs: BlobStore
  /** What sources of facts give, by name: from the start, or once they are asked for. */
  readonly sourceFacts?: Readonly<Record<string, unknown>>
  readonly lazyFacts?: Readonly<Record<string, unknown>>
}

const facts: Facts = {
  hostname: 'memory',
  kernel: 'Linux',
  kernelVersion: '6.1',
  arch: 'x86_64',
  os: 'debian',
  osVersion: '12',
  user: 'root',
  uid: 0,
  group: 'root',
  home: '/root',
  boot: 'memory',
  dialect: 'gnu',
  tools: ['stat', 'sha256sum', 'xargs', 'readlink', 'id', 'head', 'wc', 'cat', 'setsid', 'tar'],
  stateFolder: '/var/lib/prove',
}

type FileStep = FileWriteStep | FileDirectoryStep | FileAttributesStep | FileLinkStep | FileRemoveStep

/** A target without a host: the engine runs against it as against a real one, and counts its round trips. */
export class MemoryTarget implements Session {
  readonly facts = facts
  readonly entries = new Map<string, MemoryEntry>([['/', { type: 'directory', mode: '0755' }]])
  readonly #inodes = new Map<string, number>()
  readonly #ledger = new Map<string, LedgerEntry>()
  #gathered: Readonly<Record<string, unknown>>
  #next = 1
  #trips = 1
  #stopped = false

  constructor(private readonly options: MemoryTargetOptions) {
    for (const [path, entry] of Object.entries(options.entries ?? {})) this.entries.set(path, entry)
    this.#gathered = options.sourceFacts ?? {}
  }

  get roundTrips(): number {
    return this.#trips
  }

  get allFacts(): Readonly<Record<string, unknown>> {
    return { ...this.#gathered, ...facts }
  }

  gatherFacts(sources?: readonly FactSource[]): Promise<Readonly<Record<string, unknown>>> {
    const { lazyFacts = {} } = this.options
    const names = sources?.flatMap((source) => Object.keys(source.facts)) ?? Object.keys(lazyFacts)
    const asked = names.filter((name) => !Object.hasOwn(this.#gathered, name))
    if (asked.length > 0) this.#trips += 1
    const given = Object.fromEntries(asked.map((name) => [name, lazyFacts[name] ?? null]))
    this.#gathered = { ...this.#gathered, ...given }
    return Promise.resolve(this.allFacts)
  }

  seekTools = (): Promise<void> => Promise.resolve()

  read(reads: readonly Read[]): Promise<readonly Answered[]> {
    this.#trips += 1
    return Promise.resolve(reads.map((read) => this.#answer(read)))
  }

  async perform(segments: readonly Segment[], then: readonly Read[]): Promise<Performed> {
    const results = new Map<number, StepResult>()
    const proofs: (readonly Answered[])[] = []
    for (const { steps, proof } of segments) {
      for (const { number, needs, step } of steps) {
        const needed = needs.every((id) => results.get(id)?.status === 'done')
        results.set(number, this.#stopped ? ended('stopped', 0) : needed ? await this.#do(step) : ended('skipped', 0))
      }
      proofs.push(proof.map((read) => this.#answer(read)))
    }
    this.#trips += 1
    return { results, proofs, answers: then.map((read) => this.#answer(read)) }
  }

  ledger(): Promise<readonly LedgerEntry[]> {
    return Promise.resolve([...this.#ledger.values()])
  }

  resume(): Promise<void> {
    this.#stopped = false
    return Promise.resolve()
  }

  stop(): void {
    this.#stopped = true
  }

  kill(): Promise<void> {
    this.#stopped = true
    return Promise.resolve()
  }

  #answer(read: Read): Answered {
    const { path = '', name = '', exact } = read.query as { path?: string; name?: string; exact?: boolean }
    switch (read.kind) {
      case 'file':
        return { ok: true, value: this.#file(read.query as FileQuery) }
      case 'content':
        // For a diff nothing is the same as an empty file; as a value it is not.
        if (exact === true && !this.entries.has(path)) return { ok: true, value: {} }
        return { ok: true, value: { text: this.entries.get(path)?.content ?? '' } }
      case 'editable': {
        const entry = this.entries.get(path)
        if (entry?.type === 'file') return { ok: true, value: { text: entry.content ?? '', encoding: 'utf8' } }
        return { ok: true, value: { why: entry === undefined ? 'absent' : 'other' } }
      }
      case 'empty':
        return { ok: true, value: ![...this.entries.keys()].some((key) => key.startsWith(`${path}/`)) }
      case 'account':
        return { ok: true, value: { id: this.options.users?.includes(name) === true ? 1000 : undefined } }
      case 'command':
        return { ok: true, value: { ...this.#command(read.query), stderr: '' } }
      default:
        return { ok: false, problem: 'unavailable', detail: read.kind }
    }
  }

  #file({ path, hash }: FileQuery): FileAnswer {
    const seen = new Map<string, Entry>()
    for (const [name, { type, content }] of this.entries) {
      const target = type === 'link' && content !== undefined ? { target: content } : {}
      seen.set(name, { type, device: '1', inode: String(this.#inode(name)), ...target })
    }
    const location = locate(path, seen)
    const above = { parent: location.parent, writable: true, mine: true, by: 0, exists: location.exists, location }
    const entry = this.entries.get(path)
    if (entry === undefined) return { type: 'absent', ...above }
    const { type, mode = type === 'directory' ? '0755' : '0644', owner = 'root', group = 'root', content = '' } = entry
    const known = { type, mode, owner, group, size: Buffer.byteLength(content), names: 1, ...above }
    if (type === 'link') return { ...known, target: content }
    return type === 'file' && hash ? { ...known, sha256: sha256(content) } : known
  }

  #inode(path: string): number {
    const known = this.#inodes.get(path) ?? this.#next++
    this.#inodes.set(path, known)
    return known
  }

  #command(query: unknown): CommandEnd {
    const { command } = query as { readonly command: string | readonly string[] }
    const text = typeof command === 'string' ? command : command.join(' ')
    const end = this.options.commands?.[text]?.(this) ?? 127
    return typeof end === 'number' ? { exit: end, stdout: '' } : end
  }

  async #do(step: Step): Promise<StepResult> {
    if (step.kind === 'ledger.note') {
      for (const entry of (step as LedgerNoteStep).entries) this.#ledger.set(entry.key, entry)
      return ended('done', 0)
    }
    if (step.kind === 'ledger.clear') {
      for (const key of (step as LedgerClearStep).keys) this.#ledger.delete(key)
      return ended('done', 0)
    }
    if (step.kind === 'exec') {
      const { exit, stdout } = this.#command(step)
      return { ...ended(exit === 0 ? 'done' : 'failed', exit), stdout }
    }
    return this.#doFile(step as FileStep)
  }

  async #doFile(step: FileStep): Promise<StepResult> {
    const { path } = step
    if (step.kind === 'file.remove') {
      for (const name of [...this.entries.keys()]) {
        if (name === path || name.startsWith(`${path}/`)) this.entries.delete(name)
      }
      return ended('done', 0)
    }
    for (const parent of 'parents' in step ? (step.parents ?? []) : []) this.entries.set(parent, { type: 'directory' })
    if (!this.entries.has(posix.dirname(path))) return ended('failed', 1)
    this.#inodes.delete(path)
    this.entries.set(path, { ...this.entries.get(path), ...given(step), ...(await this.#made(step)) })
    return ended('done', 0)
  }

  async #made(step: Exclude<FileStep, FileRemoveStep>): Promise<MemoryEntry> {
    switch (step.kind) {
      case 'file.write': {
        const chunks: Buffer[] = []
        for await (const chunk of openBlob(this.options.blobs, step.blob)) chunks.push(chunk)
        return { type: 'file', content: Buffer.concat(chunks).toString('utf8') }
      }
      case 'file.link':
        return { type: 'link', content: step.target }
      case 'file.directory':
        return { type: 'directory' }
      case 'file.attributes':
        return { type: step.type === 'directory' ? 'directory' : 'file' }
    }
  }
}

const given = (step: { owner?: string | undefined; group?: string | undefined; mode?: string | undefined }): object =>
  Object.fromEntries(
    (['owner', 'group', 'mode'] as const).flatMap((name) => (step[name] === undefined ? [] : [[name, step[name]]])),
  )

const ended = (status: StepResult['status'], exit: number): StepResult => ({ status, exit, stdout: '', stderr: '' })

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
