import { type ProveEvent, ProveError } from '@prove/core'
import { CommanderError } from 'commander'
import { colorsFor } from './colors.js'
import { loadKernel } from './load-kernel.js'
import { type OperationCall, program } from './program.js'
import { consoleReport, jsonReport } from './report.js'
import { errorText } from './report-errors.js'
import { runOperation } from './run-operation.js'

/** Runs the command line; the process ends with the right status by itself. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A reader that has seen enough, such as head, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  try {
    let call: OperationCall | undefined
    await program((made) => {
      call = made
    }).parseAsync(argv, { from: 'user' })
    if (call !== undefined) process.exitCode = await run(call)
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 1
      return
    }
    process.stderr.write(errorText(error, colorsFor(process.stderr)))
    process.exitCode = 1
  }
}

const run = async (call: OperationCall): Promise<number> => {
  const { loadConfig } = await import('@prove/core')
  const { output, verbose, diffLines } = call
  if (output !== 'console' && output !== 'json') {
    throw new ProveError('PRV_USAGE', `there is no output "${output}"`, { hint: 'it is console or json' })
  }
  const colors = colorsFor(process.stdout)
  const report = output === 'json' ? jsonReport : consoleReport({ colors, verbose, diffLines })
  const config = await loadConfig(process.cwd())
  const kernel = await loadKernel(config)
  const emit = (event: ProveEvent): void => {
    for (const line of report.event(event)) process.stdout.write(`${line}\n`)
  }
  return runOperation(kernel, config, { ...call, emit })
}
