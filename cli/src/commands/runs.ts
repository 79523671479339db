import { defineCommand } from './command.js'
import { atLeastOne, type OutputFlags, outputOption, type TargetFlags } from './options.js'
import { keptTargetOption } from './kept-target-option.js'

interface Flags extends TargetFlags, OutputFlags {
  readonly failed?: true
  readonly number: number
}

export const runsCommand = defineCommand<Flags>({
  name: 'runs',
  about: 'List the plans and applies that this machine keeps, the newest first.',
  heading: 'Look',
  arguments: [],
  options: [
    keptTargetOption,
    { flags: '--failed', about: 'only those that failed somewhere, or did not end' },
    { flags: '-n, --number <number>', about: 'how many to list', parse: atLeastOne, default: 20 },
    outputOption(['console', 'json']),
  ],
  examples: [
    { line: 'prove runs', about: 'the last 20' },
    { line: 'prove runs -t web1 --failed', about: 'where a target went wrong' },
    { line: 'prove show last', about: 'all about one of them' },
  ],
  run: async (_words, { target, failed, number, output }, { project, colors, print }) => {
    const { listRuns } = await import('../history/list-runs.js')
    const call = { targets: target, failed: failed === true, number, output }
    return listRuns((await project()).history, call, { colors, print })
  },
})
