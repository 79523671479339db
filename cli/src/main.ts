import { colorsFor } from './console/colors.js'
import { screenOf } from './console/screen.js'
import { runLine } from './run-line.js'

/** Runs the command line; the process ends with the right status by itself. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A reader that has seen enough, such as head, is no error; what was begun goes on, and ends with its own status.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  process.exitCode = await runLine(argv, {
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    colors: colorsFor(process.stdout),
    errorColors: colorsFor(process.stderr),
    screen: screenOf(process.stdout),
  })
}
