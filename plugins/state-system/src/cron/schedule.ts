import { z } from '@prove/core'

/** The names that cron has for whole schedules. */
const specials = ['reboot', 'yearly', 'annually', 'monthly', 'weekly', 'daily', 'midnight', 'hourly'] as const

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

interface Field {
  readonly least: number
  readonly most: number
  readonly names?: readonly string[]
}

const numberIn = (word: string, { least, most, names = [] }: Field): number | undefined => {
  const named = names.indexOf(word.toLowerCase())
  const value = named >= 0 ? named + least : /^\d{1,2}$/.test(word) ? Number(word) : undefined
  return value !== undefined && value >= least && value <= most ? value : undefined
}

const isItem = (item: string, field: Field): boolean => {
  const [range = '', step, ...more] = item.split('/')
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,2}$/.test(step))) return false
  if (range === '*') return true
  const ends = range.split('-').map((word) => numberIn(word, field))
  const [from, to] = ends
  if (ends.length > 2 || from === undefined) return false
  if (ends.length === 1) return step === undefined
  return to !== undefined && from <= to
}

const field = (about: string, limits: Field): z.ZodOptional<z.ZodType<string, string | number>> =>
  z
    .union([z.string(), z.int()])
    .transform(String)
    .refine(
      (text) => text.split(',').every((item) => isItem(item, limits)),
      `expected "*", or numbers from ${limits.least} to ${limits.most}, ranges such as "1-5", steps such as "*/5", and lists of these`,
    )
    .optional()
    .meta({ description: about })

/** When a job runs: five fields, each "*" unless given, or a name for all of them. */
export const scheduleArguments = {
  minute: field('0 to 59.', { least: 0, most: 59 }),
  hour: field('0 to 23.', { least: 0, most: 23 }),
  day: field('Day of the month, 1 to 31.', { least: 1, most: 31 }),
  month: field('1 to 12, or jan to dec.', { least: 1, most: 12, names: months }),
  weekday: field('0 to 7, where 0 and 7 are Sunday, or sun to sat.', { least: 0, most: 7, names: weekdays }),
  special: z.enum(specials).optional().meta({ description: 'A whole schedule by its name, instead of the fields.' }),
}

export interface Schedule {
  readonly minute?: string | undefined
  readonly hour?: string | undefined
  readonly day?: string | undefined
  readonly month?: string | undefined
  readonly weekday?: string | undefined
  readonly special?: (typeof specials)[number] | undefined
}

const fieldsOf = ({ minute, hour, day, month, weekday }: Schedule): readonly (string | undefined)[] => [
  minute,
  hour,
  day,
  month,
  weekday,
]

/** As a crontab has it: `0 3 * * *`, `@daily`. */
export const scheduleText = (schedule: Schedule): string =>
  schedule.special === undefined
    ? fieldsOf(schedule)
        .map((each) => each ?? '*')
        .join(' ')
    : `@${schedule.special}`

/** True where something says when the job runs. */
export const hasSchedule = (schedule: Schedule): boolean =>
  schedule.special !== undefined || fieldsOf(schedule).some((each) => each !== undefined)

/** True where fields are given beside the name for all of them. */
export const saysTwice = (schedule: Schedule): boolean =>
  schedule.special !== undefined && fieldsOf(schedule).some((each) => each !== undefined)
