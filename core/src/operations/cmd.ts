import { defineOperation } from '../define.js'
import { exec } from '../steps/exec.js'
import type { CommandLine } from '../steps/command-line.js'
import type { ActionResult } from './outcome.js'

export interface CmdInput extends CommandLine {
  /** Seconds. */
  readonly timeout?: number | undefined
}

export const cmdOperation = defineOperation({
  name: 'cmd',
  about: 'Run one command on the target.',
  endsItself: true,
  command: (input: CmdInput): CmdInput => input,
  action: async (request, { session, interruption }): Promise<ActionResult> => {
    const ignore = interruption.onAsk((times) => {
      if (times === 2) void session.kill().catch(() => undefined)
    })
    const { results } = await session.perform(
      [{ steps: [{ number: 0, needs: [], step: exec(request) }], proof: [] }],
      [],
    )
    ignore()
    const result = results.get(0)
    const outcome = result?.status === 'done' ? 'ok' : result?.status === 'timeout' ? 'timed-out' : 'failed'
    return {
      outcome,
      result: { stdout: result?.stdout ?? '', stderr: result?.stderr ?? '', exit: result?.exit ?? -1 },
    }
  },
})
