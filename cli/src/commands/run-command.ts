import { existsSync } from 'node:fs'
import type { ReportGround, ShownRun } from '../console/report-to.js'
import type { RunOptions } from '../run/run-operation.js'
import type { CommandContext } from './command.js'
import type { RolloutFlags, RunFlags } from './run-options.js'
import type { StateFlags } from './state-options.js'

type Given = Pick<RunOptions, 'operation'> & Partial<RunOptions>

type Flags = RunFlags & RolloutFlags & Partial<StateFlags>

/** Runs an operation with the flags that all commands with targets have; what they do not have is as it is by default. */
export const runCommand = async (flags: Flags, context: CommandContext, given: Given): Promise<number> => {
  const { operate } = await import('../run/operate.js')
  const { options, shown, ground } = runOf(flags, context, given)
  return operate(await context.project(), options, shown, ground)
}

/** What a run is told by those flags. */
export const runOf = (
  flags: Flags,
  { project: _project, ...ground }: CommandContext,
  given: Given,
): { readonly options: RunOptions; readonly shown: ShownRun; readonly ground: ReportGround } => {
  const { target, output, concurrency, serial = [], maxFail, elevate, askPassword, askLogin, verbose } = flags
  const files = (given.states ?? []).filter((word) => existsSync(word))
  const shown = { output, verbose, diffLines: flags.diff === false ? undefined : (flags.diffLines ?? 40), files }
  const options = {
    targets: target,
    states: [],
    given: { files: [], values: {} },
    input: undefined,
    speculate: flags.speculate ?? true,
    ledgerOptional: false,
    detailedExitCode: flags.detailedExitcode === true,
    pace: { concurrency, serial, maxFail },
    elevate,
    askPassword: askPassword === true,
    askLogin: askLogin === true,
    ...given,
  }
  return { options, shown, ground }
}
