import { colorsFor } from './console/colors.js'
import { screenOf } from './console/screen.js'

/** Runs the command line, and ends the process with the right status. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A reader that has seen enough, such as head, is no error; what was begun goes on, and ends with its own status.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  if (argv[0] === '__complete') {
    const { answer } = await import('./completion/answer.js')
    process.stdout.write(await answer(argv.slice(1)))
    return end(0)
  }
  const [{ runLine }, { proveFace }] = await Promise.all([import('./run-line.js'), import('./prove-face.js')])
  const terminal = {
    print: (text: string) => void process.stdout.write(text),
    complain: (text: string) => void process.stderr.write(text),
    colors: colorsFor(process.stdout),
    errorColors: colorsFor(process.stderr),
    screen: screenOf(process.stdout),
  }
  return end(await runLine(argv, terminal, proveFace))
}

/** When all is written. What a configuration has left open, and what Node would take apart first, keep no prompt waiting. */
const end = async (status: number): Promise<never> => {
  for (const stream of [process.stdout, process.stderr]) {
    // What nobody reads any more is not waited for.
    if (!stream.destroyed) await new Promise((resolve) => stream.write('', resolve))
  }
  process.exit(status)
}
