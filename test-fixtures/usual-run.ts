import type { RunOptions } from '../cli/src/run/run-operation.js'

/** A run as the command line begins it that was told nothing but what to do. */
export const usualRun: Omit<RunOptions, 'operation'> = {
  targets: [],
  states: [],
  given: { files: [], values: {} },
  input: undefined,
  speculate: true,
  ledgerOptional: false,
  askPassword: false,
  askLogin: false,
  elevate: undefined,
  detailedExitCode: false,
  pace: { concurrency: 100, serial: [] },
}
