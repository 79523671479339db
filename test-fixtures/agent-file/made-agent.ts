import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What stands for the agent where its file is tried, and the agent itself. */
export const entries = { trial: 'test-fixtures/agent-file/entry.ts', agent: 'cli/src/agent-main.ts' } as const

/** What is built of the entry, in a folder that `remove` removes. */
export class MadeAgent {
  constructor(private readonly entry: string = entries.trial) {}

  readonly folder = mkdtempSync(join(tmpdir(), 'prove-made-agent-'))

  /** The path of the one file; made anew where a file of an earlier test would do. */
  file(name: string, { fresh = false } = {}): string {
    const path = join(this.folder, name)
    this.#build('agent-file.mjs', ['--output', path, ...(fresh ? ['--fresh'] : [])])
    return path
  }

  /** The path of a package with the one file, which is not compressed. */
  package(version: string, into = '.'): string {
    const output = join(this.folder, into)
    const printed = this.#build('agent-package.mjs', [
      '--output',
      output,
      '--version',
      version,
      '--compression',
      'none',
    ])
    return join(root, printed.trim())
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #build(script: string, words: readonly string[]): string {
    return execFileSync(process.execPath, [join(root, 'build', script), '--entry', join(root, this.entry), ...words], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }
}
