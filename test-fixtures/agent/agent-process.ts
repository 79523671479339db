import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownIdentity } from '@prove/link'
import { apart, program } from '../cli/prove.js'

/** An agent as a program of its own, which can be killed and started again. */
export class AgentProcess {
  readonly fingerprint: string
  #child: ChildProcess | undefined
  port = 0
  /** All that it has logged. */
  logged = ''

  constructor(
    private readonly folder: string,
    private readonly master: string,
  ) {
    mkdirSync(folder, { recursive: true })
    this.fingerprint = ownIdentity(join(folder, 'agent.key')).fingerprint
  }

  /** Resolves when it listens; at the same port as before. */
  async start(): Promise<void> {
    const config = join(this.folder, 'agent.json')
    writeFileSync(config, JSON.stringify({ masters: [this.master], listen: [`tcp://127.0.0.1:${this.port}`] }))
    const own = ['var', 'run'].map((name) => join(this.folder, name)) as [string, string]
    for (const folder of own) mkdirSync(folder, { recursive: true })
    const line = [process.execPath, program, 'agent', 'run', '--config', config, '--state', this.folder]
    const [first = '', ...words] = apart(...own, line)
    const child = spawn(first, words, { stdio: ['ignore', 'ignore', 'pipe'] })
    this.#child = child
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (bytes: Buffer) => {
        this.logged += String(bytes)
        const port = /listening at tcp:\/\/127\.0\.0\.1:(\d+)/.exec(this.logged)?.[1]
        if (port === undefined) return
        this.port = Number(port)
        resolve()
      })
      child.once('exit', () => reject(new Error(`the agent ended: ${this.logged}`)))
    })
  }

  /** As a crash ends it: at once. What it has begun is not asked. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
}
