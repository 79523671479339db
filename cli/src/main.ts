import { CommanderError } from 'commander'
import { colorsFor } from './colors.js'
import { type Call, program } from './program.js'

/**
 * Runs the command line; the process ends with the right status by itself. What a command needs is loaded only for
 * it: help and version start in no time.
 */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A reader that has seen enough, such as head, is no error; what was begun goes on, and ends with its own status.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  try {
    let call: Call | undefined
    await program((made) => {
      call = made
    }).parseAsync(argv, { from: 'user' })
    if (call === undefined) return
    const { runCall } = await import('./run-call.js')
    process.exitCode = await runCall(call, (text) => void process.stdout.write(text))
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 1
      return
    }
    const { errorText } = await import('./report-errors.js')
    process.stderr.write(errorText(error, colorsFor(process.stderr)))
    process.exitCode = 1
  }
}
