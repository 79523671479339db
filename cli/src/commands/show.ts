import { defineCommand } from './command.js'
import { keptTargetOption } from './kept-target-option.js'
import type { OutputFlags, TargetFlags } from './options.js'

interface Flags extends TargetFlags, OutputFlags {
  readonly diff?: true
  readonly verbose?: true
}

export const showCommand = defineCommand<Flags>({
  name: 'show',
  about: 'Tell what came of a kept run: outcomes, durations, round trips, diffs.',
  heading: 'Look',
  arguments: [
    {
      words: '[run]',
      about: 'its id, or what it begins or ends with; last, or last~1 for the one before; the last unless given',
      completes: 'runs',
    },
  ],
  options: [
    keptTargetOption,
    {
      flags: '-o, --output <report>',
      about: 'console, json (its events), html (a page for a browser), or a report of a plugin',
      default: 'console',
      completes: ['console', 'json', 'html'],
    },
    { flags: '--diff', about: 'also how texts changed, whole' },
    { flags: '-v, --verbose', about: 'also states that were as declared' },
  ],
  examples: [
    { line: 'prove show', about: 'the last run' },
    { line: 'prove show last~1 -t web1 --diff', about: 'one target of the run before it' },
    { line: 'prove show ab12 -o html >run.html', about: 'a page to look at, or to hand on' },
  ],
  run: async ([run], { target, output, diff, verbose }, { project, colors, print }) => {
    const { showRun } = await import('../history/show-run.js')
    const asked = (run as string | undefined) ?? 'last'
    const call = { asked, targets: target, output, diff: diff === true, verbose: verbose === true }
    return showRun(await project(), call, { colors, print })
  },
})
