import { type CommandEnd, type MemoryEntry, MemoryTarget } from '../../core/src/testing/memory-target.js'
import type { LocalGround } from '../local-session.js'
import type { GraphCase } from './graph-case.js'
import type { Stage } from './stage.js'

/** A target in memory, whose commands are the few that cases use. */
export class MemoryStage implements Stage {
  readonly name = 'in memory'
  readonly root = '/root-of-case'
  #log: string[] = []
  #failing = new Map<string, number>()
  #target: MemoryTarget | undefined

  constructor(private readonly ground: LocalGround) {}

  build({ there = {}, fails = [], failsTimes = {} }: GraphCase): MemoryTarget {
    const files = Object.entries(there).map(([name, content]): [string, MemoryEntry] => [
      `${this.root}/${name}`,
      { type: 'file', content },
    ])
    const entries = { [this.root]: { type: 'directory' }, ...Object.fromEntries(files) } as const
    this.#log = []
    this.#failing = new Map([...fails.map((name) => [name, Infinity] as const), ...Object.entries(failsTimes)])
    const run = (text: string) => (target: MemoryTarget) => this.#run(text.split(' && '), target)
    // Whatever the text, there is a command for it.
    const commands = new Proxy({}, { get: (_none, text) => run(String(text)) })
    return (this.#target = new MemoryTarget({ entries, commands, blobs: this.ground.blobs }))
  }

  log(): readonly string[] {
    return this.#log
  }

  snapshot(): string {
    return JSON.stringify([this.#log, [...(this.#target?.entries ?? [])]])
  }

  async waiting(environment: string) {
    return ((await this.#target?.ledger()) ?? []).filter((entry) => entry.environment === environment)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #run(commands: readonly string[], target: MemoryTarget): number | CommandEnd {
    let stdout = ''
    for (const command of commands) {
      const end = this.#one(command.split(' '), target)
      if (typeof end === 'string') stdout += end
      else if (end !== 0) return { exit: end, stdout }
    }
    return { exit: 0, stdout }
  }

  /** An exit status, or what it says. */
  #one([program = '', ...words]: readonly string[], { entries }: MemoryTarget): number | string {
    const [first = '', path = ''] = words
    switch (program) {
      case 'work':
        return this.#work(first)
      case 'printf':
        return first
      case 'touch':
        if (!entries.has(first)) entries.set(first, { type: 'file', content: '' })
        return 0
      case 'rm':
        entries.delete(path)
        return 0
      case 'test':
        return entries.has(path) ? 0 : 1
      case 'false':
        return 1
      default:
        return program === 'true' ? 0 : 127
    }
  }

  #work(name: string): number {
    this.#log.push(name)
    const left = this.#failing.get(name) ?? 0
    this.#failing.set(name, left - 1)
    return left > 0 ? 1 : 0
  }
}
