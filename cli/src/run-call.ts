import { loadConfig, ProveError, type ProveEvent } from '@prove/core'
import { colorsFor } from './colors.js'
import { loadKernel } from './load-kernel.js'
import type { OperationCall } from './program.js'
import { consoleReport, jsonReport } from './report.js'
import { runOperation } from './run-operation.js'

/** Carries out one operation as it was typed, and returns the exit status. */
export const runCall = async (call: OperationCall): Promise<number> => {
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
