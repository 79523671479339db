import { type Change, defineState, quote, z } from '@prove/core'
import { markedLine, withMarkedLine, withoutMarkedLine } from './cron/marked-lines.js'
import { pathOf, pieceOf, placeArguments, placeDiffers, placeReads, type SeenPlace, placeSteps } from './cron/place.js'
import { hasSchedule, saysTwice, type Schedule, scheduleArguments, scheduleText } from './cron/schedule.js'
import { cronEntryExamples } from './examples.js'
import type { Edit } from './kept-file.js'
import { oneLine } from './one-line.js'

interface Entry extends Schedule {
  readonly name: string
  readonly user?: string | undefined
  readonly file?: string | undefined
  readonly command?: string | undefined
  readonly variables?: Readonly<Record<string, string | number | boolean>> | undefined
  readonly absent?: boolean | undefined
  readonly disabled?: boolean | undefined
}

/** Variables that cron itself reads: of no use to it in the command. */
const ofCron = [
  'MAILTO',
  'MAILFROM',
  'SHELL',
  'CRON_TZ',
  'LOGNAME',
  'USER',
  'RANDOM_DELAY',
  'CONTENT_TYPE',
  'CONTENT_TRANSFER_ENCODING',
]

const environment = (variables: Entry['variables'] = {}): string => {
  // A bare "%" ends the command for cron.
  const words = Object.entries(variables).map(
    ([name, value]) => `${name}=${quote(String(value)).replaceAll('%', String.raw`\%`)}`,
  )
  return words.length === 0 ? '' : `export ${words.join(' ')}; `
}

const lineOf = (entry: Entry): string => {
  const { user = 'root', file, command = '', disabled } = entry
  const words = [
    scheduleText(entry),
    ...(file === undefined ? [] : [user]),
    `${environment(entry.variables)}${command}`,
  ]
  return `${disabled === true ? '# ' : ''}${words.join(' ')}`
}

const editOf =
  (entry: Entry): Edit =>
  (text, own) =>
    entry.absent === true
      ? withoutMarkedLine(text, own(entry.name))
      : withMarkedLine(text, own(entry.name), own(lineOf(entry)))

/** Keep a job of cron. */
export const cronEntry = defineState({
  name: 'cron.entry',
  about: 'Keep a job of cron, in the crontab of a user or in a file of /etc/cron.d.',
  details: `A comment with the name stands above the job, and one below it; every other line stays byte for byte as it is.

A \`%\` of the command means what it means in every crontab: a line break, and what follows is its input. Write \`\\%\` for the
character. Variables of \`variables\` are set for this job alone, in its line; those that cron itself reads, such as MAILTO, are kept
by \`cron.variable\`. The field \`env\` of every state is for commands that the run starts, and not for the job.`,
  main: 'name',
  args: {
    name: oneLine('What the job is known by in its crontab.'),
    ...placeArguments,
    ...scheduleArguments,
    command: oneLine('The command line, for a shell.').optional(),
    variables: z
      .record(
        z.string().regex(/^[A-Za-z_]\w*$/, 'expected the name of a variable'),
        z.union([oneLine('Its value.').or(z.literal('')), z.number(), z.boolean()]),
      )
      .optional()
      .meta({ description: 'Environment variables of this job.' }),
    disabled: z.boolean().optional().meta({ description: 'Keep the job as a comment.' }),
    absent: z.boolean().optional().meta({ description: 'Remove the job.' }),
  },
  examples: cronEntryExamples,

  edits: pathOf,
  conflict: (given) => {
    if (given.absent === true) return undefined
    if (given.command === undefined) return 'a job needs a "command"'
    if (saysTwice(given)) return '"special" and the fields of the schedule exclude each other'
    if (!hasSchedule(given)) return 'a job needs a schedule: "minute", "hour", … or "special"'
    const odd = Object.keys(given.variables ?? {}).find((name) => ofCron.includes(name))
    return odd === undefined ? undefined : `${odd} is read by cron itself: keep it with cron.variable`
  },

  reads: (given) => placeReads(given),

  check: (given, seen: SeenPlace) => {
    const found = placeDiffers(given, seen, editOf(given))
    if (typeof found !== 'boolean') return found
    if (!found) return []
    const change: Change = {
      field: 'entry',
      from: pieceOf(seen, (text, own) => markedLine(text, own(given.name))),
      to: given.absent === true ? null : lineOf(given),
    }
    return [change]
  },

  apply: (given, seen) => placeSteps(given, seen, editOf(given)),
})
