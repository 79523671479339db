import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { command } from '../hosts/command.js'

const program = fileURLToPath(new URL('far-end.mjs', import.meta.url))

/** What a far end says of a connection, both ways of which have ended; else what was wrong. */
export type Said = { readonly sent: string; readonly came: string } | { readonly error: string }

/** What TCP of a system did so far because frames were lost, came late and came twice. */
export interface Repairs {
  readonly sentAgain: number
  readonly outOfOrder: number
  readonly cameTwice: number
}

/** A program in a network namespace that listens with each transport. */
export class FarEnd {
  private constructor(
    private readonly child: ChildProcess,
    private readonly namespace: string,
    private readonly lines: AsyncIterator<string>,
    readonly addresses: Readonly<Record<string, string>>,
  ) {}

  /** Resolves when it listens; over each connection it is to send so many bytes. */
  static async start(namespace: string, host: string, length: number, schemes: readonly string[]): Promise<FarEnd> {
    const line = ['ip', 'netns', 'exec', namespace, process.execPath, program, host, String(length), ...schemes]
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...line], { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const { value } = (await lines.next()) as { value?: string }
    if (value === undefined) throw new Error('the far end ended before it listened')
    const { addresses } = JSON.parse(value) as { addresses: Record<string, string> }
    return new FarEnd(child, namespace, lines, addresses)
  }

  /** What it says of the next connection. */
  async next(): Promise<Said> {
    const { value } = (await this.lines.next()) as { value?: string }
    if (value === undefined) throw new Error('the far end ended')
    return JSON.parse(value) as Said
  }

  async repairs(): Promise<Repairs> {
    const files = ['/proc/net/snmp', '/proc/net/netstat']
    const counts = countsIn(await command('ip', ['netns', 'exec', this.namespace, 'cat', ...files]))
    const countOf = (name: string): number => counts.get(name) ?? Number.NaN
    return {
      sentAgain: countOf('RetransSegs'),
      outOfOrder: countOf('TCPOFOQueue'),
      cameTwice: countOf('TCPDSACKOldSent') + countOf('TCPDSACKOfoSent'),
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    this.child.kill('SIGKILL')
    await once(this.child, 'close')
  }
}

/** Two lines belong together: names, and below them counts. */
const countsIn = (text: string): ReadonlyMap<string, number> => {
  const rows = text.split('\n').map((line) => line.split(' ').slice(1))
  const pairs = rows.flatMap((row, at) =>
    at % 2 === 0 ? row.map((name, i) => [name, Number(rows[at + 1]?.[i])] as const) : [],
  )
  return new Map(pairs)
}
