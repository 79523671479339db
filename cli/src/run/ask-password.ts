import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { ProveError } from '@prove/core'

/** Asks on the terminal without showing what is typed. Reads one line from a pipe when there is no terminal. */
export const askPassword = async (question: string): Promise<string> => {
  const { stdin, stderr } = process
  const terminal = stdin.isTTY
  if (terminal) stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: silent, terminal })
  try {
    for await (const line of lines) return line
  } finally {
    lines.close()
    if (terminal) stderr.write('\n')
  }
  throw new ProveError('PRV_USAGE', 'no password was given', { hint: 'type it, or pipe it to standard input' })
}
