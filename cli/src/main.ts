import { colorsFor } from './console/colors.js'
import { screenOf } from './console/screen.js'

/** Runs the command line; the process ends with the right status by itself. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A reader that has seen enough, such as head, is no error; what was begun goes on, and ends with its own status.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  if (argv[0] === '__complete') {
    const { answer } = await import('./completion/answer.js')
    // What a configuration has left open must not keep a prompt waiting.
    process.stdout.write(await answer(argv.slice(1)), () => process.exit(0))
    return
  }
  const [{ runLine }, { proveFace }] = await Promise.all([import('./run-line.js'), import('./prove-face.js')])
  const terminal = {
    print: (text: string) => void process.stdout.write(text),
    complain: (text: string) => void process.stderr.write(text),
    colors: colorsFor(process.stdout),
    errorColors: colorsFor(process.stderr),
    screen: screenOf(process.stdout),
  }
  process.exitCode = await runLine(argv, terminal, proveFace)
}
