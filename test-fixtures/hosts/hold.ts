import { type ChildProcess, spawn } from 'node:child_process'

/**
 * Holds a file's lock until `release`, or until this process ends in whatever way. Undefined where another has it and `wait` is not
 * asked for.
 */
export const hold = async (file: string, { wait = false } = {}): Promise<{ release: () => void } | undefined> => {
  const words = [...(wait ? [] : ['--nonblock']), file, 'sh', '-c', 'echo held; exec cat']
  const child = spawn('flock', words, { stdio: ['pipe', 'pipe', 'ignore'] })
  const held = await firstOf(child)
  return held ? { release: () => child.stdin.end() } : undefined
}

const firstOf = (child: ChildProcess): Promise<boolean> =>
  new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve(true))
    child.once('error', reject)
    child.once('close', () => resolve(false))
  })
