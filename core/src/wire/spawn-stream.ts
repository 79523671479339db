import { type ChildProcess, spawn } from 'node:child_process'
import type { ByteStream } from '../contracts/executor.js'
import { ProveError } from '../error.js'

export interface SpawnOptions {
  readonly cwd?: string | undefined
  /** In place of our own environment. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** What to check where the program cannot be started. */
  readonly hint: string
}

/**
 * The stream of a program that leads to a shell: `sh -c …`, `docker exec -i web sh -c …`. It has a session of its own, so that Ctrl-C
 * in the terminal does not reach it. Throws PRV_TARGET_UNREACHABLE when it cannot be started.
 */
export const spawnStream = (argv: readonly string[], { cwd, env, hint }: SpawnOptions): Promise<ByteStream> =>
  new Promise((resolve, reject) => {
    const [program = 'sh', ...words] = argv
    const child = spawn(program, words, { stdio: 'pipe', detached: true, cwd, env: env ?? process.env })
    child.once('error', (error) => {
      reject(new ProveError('PRV_TARGET_UNREACHABLE', `cannot start "${program}": ${error.message}`, { hint }))
    })
    child.once('spawn', () => resolve(streamOf(child)))
  })

const streamOf = (child: ChildProcess): ByteStream => {
  const { stdin, stdout, stderr } = child
  if (stdin === null || stdout === null || stderr === null) throw new Error('the shell was started without pipes')
  // A shell that ends while we write is told by its close, with the reason.
  stdin.on('error', () => {})
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stdin.write(bytes, (error) => (error ? reject(error) : resolve()))
      }),
    end: () => stdin.end(),
    onData: (listener) => stdout.on('data', listener),
    onNotice: (listener) => stderr.on('data', listener),
    onClose: (listener) =>
      child.once('close', (code, signal) => {
        listener(code === 0 ? undefined : `the shell ended with ${signal ?? `status ${code}`}`, code ?? undefined)
      }),
    destroy: () => {
      stdin.destroy()
      stdout.destroy()
      stderr.destroy()
      // It ends by itself, now or when it has answered; nobody waits for that.
      child.unref()
    },
  }
}
