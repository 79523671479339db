import { execFile } from 'node:child_process'

/** Runs a program to its end; what it printed. Rejects with its own words where it fails. */
export const command = (program: string, words: readonly string[], input = ''): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { maxBuffer: 64 << 20, env: { ...process.env, LC_ALL: 'C' } }
    const child = execFile(program, words, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout)
      reject(new Error(`${[program, ...words].join(' ')}: ${stderr.trim() || error.message}`, { cause: error }))
    })
    // Who does not read its input may end before it is written.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })

/** Runs a program for what it may undo; that there was nothing to undo is no error. */
export const attempt = async (program: string, words: readonly string[]): Promise<void> => {
  await command(program, words).catch(() => undefined)
}
