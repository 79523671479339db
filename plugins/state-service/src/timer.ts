import {
  account,
  blocked,
  type Change,
  command,
  type CommandAnswer,
  content,
  type ContentAnswer,
  defineState,
  file,
  type FileAnswer,
  isBlocked,
  makeBlob,
  type MadeBlob,
  quoteAll,
  type Read,
  z,
} from '@prove/core'
import { type AccountReads, accountReads, wholeFileChanges, wholeFileSteps } from '@prove/core/files'
import { control } from './control.js'
import { isAbsent } from './obstacles.js'
import type { KnownService, ServiceAnswer } from './reads/service-answer.js'
import { service } from './reads/service.js'
import { timerExamples } from './timer-examples.js'
import { calendars, ownMark, timedServiceText, timerText, timeSpans } from './timer-units.js'
import { checkCommand } from './unit-check.js'
import { unitFolder } from './unit-name.js'
import { isOneLine } from './unit-text.js'

const line = z.string().min(1).refine(isOneLine, 'expected a single line')

const args = {
  name: z
    .string()
    .regex(/^\w[\w.:-]{0,200}$/, 'expected a name such as "backup"')
    .refine((name) => !/\.(timer|service)$/.test(name), 'expected a name without a suffix, such as "backup"')
    .meta({ description: 'The name of the timer and of the service that it starts, without a suffix.' }),
  on_calendar: z
    .union([line, z.array(line).min(1)])
    .optional()
    .meta({
      description: 'When it elapses, as a calendar expression of systemd or several: "daily", "Mon..Fri 03:30".',
    }),
  on_boot: line.optional().meta({ description: 'How long after each boot it elapses: "15min".' }),
  command: z
    .union([z.string().min(1), z.array(z.string()).min(1)])
    .optional()
    .meta({
      description: 'What it runs: text for a shell, or a list of words. Without it, another state keeps the service.',
    }),
  user: account('The user that runs the command; root unless given.').optional(),
  persistent: z
    .boolean()
    .default(false)
    .meta({ description: 'Make up at once for a time that passed while the host was off.' }),
  random_delay: line
    .optional()
    .meta({ description: 'Wait a random time, up to this long, each time it elapses: "1h".' }),
  description: line.optional().meta({ description: 'What the two units are for.' }),
  absent: z.literal(true).optional().meta({ description: 'Keep the timer away instead.' }),
}

type Arguments = z.output<z.ZodObject<typeof args>>

interface SeenTimer {
  readonly timer: FileAnswer
  readonly service: FileAnswer
  readonly unit: ServiceAnswer
  readonly oldTimer?: ContentAnswer | undefined
  readonly oldService?: ContentAnswer | undefined
  readonly times?: CommandAnswer | undefined
  readonly user?: { readonly id: number | undefined } | undefined
}

const timerPath = ({ name }: Arguments): string => `${unitFolder}/${name}.timer`
const servicePath = ({ name }: Arguments): string => `${unitFolder}/${name}.service`

const differs = (now: FileAnswer | undefined, wanted: MadeBlob | undefined): boolean =>
  now !== undefined && wanted !== undefined && now.sha256 !== wanted.sha256

const timerBlob = (given: Arguments): MadeBlob => makeBlob(timerText(given))

const serviceBlob = (given: Arguments): MadeBlob | undefined => {
  const text = timedServiceText(given)
  return text === undefined ? undefined : makeBlob(text)
}

/** Asks systemd-analyze whether it understands all times. */
const timesCommand = (given: Arguments): Read<CommandAnswer> => {
  const ask = (verb: string, words: readonly string[]): readonly string[] =>
    words.length === 0 ? [] : [`systemd-analyze ${verb} -- ${quoteAll(words)} >/dev/null`]
  return command({ command: [...ask('calendar', calendars(given)), ...ask('timespan', timeSpans(given))].join(' && ') })
}

/** Whether a service came with a timer. */
const isOwn = (old: ContentAnswer | undefined): boolean => old?.text?.startsWith(ownMark) === true

const isFile = (now: FileAnswer | undefined): boolean => now?.type === 'file'

/** Keep a command that systemd runs at given times. */
export const timer = defineState({
  name: 'systemd.timer',
  about: 'Keep a timer of systemd that runs a command, enabled and started.',
  details: `It keeps two units in \`/etc/systemd/system\`: \`NAME.timer\` and, where there is a \`command\`, \`NAME.service\`. Both must
pass \`systemd-analyze\` first. Of a text every character reaches the shell as it is written: \`%\` and \`$\` mean nothing to systemd there.

What the command prints is in the journal: \`journalctl -u NAME\`. It runs as \`Type=oneshot\`: while it runs it is not started
again. A service of that name that did not come with a timer is an error, and stays as it is.

With \`absent\` the timer is stopped, disabled and removed, and a service that came with it as well.`,
  main: 'name',
  args,
  examples: timerExamples,

  owns: (given) => (given.command === undefined ? timerPath(given) : [timerPath(given), servicePath(given)]),
  conflict: (given) => {
    const isTimed = given.on_calendar !== undefined || given.on_boot !== undefined
    if (given.absent === true) {
      return isTimed || given.command !== undefined
        ? '"absent" excludes "on_calendar", "on_boot" and "command"'
        : undefined
    }
    if (!isTimed) return '"on_calendar" or "on_boot" must be given'
    if (given.user !== undefined && given.command === undefined) return '"user" is for a "command"'
    const [program] = typeof given.command === 'string' ? [] : (given.command ?? [])
    return program === undefined || /^[\w/.]/.test(program) ? undefined : `"${program}" is not the name of a program`
  },

  reads: (
    given,
    { timer: now, service: of }: Partial<SeenTimer>,
  ): Pick<AccountReads, 'user'> & {
    readonly timer: Read<FileAnswer>
    readonly service: Read<FileAnswer>
    readonly unit: Read<ServiceAnswer>
    readonly oldTimer?: Read<ContentAnswer>
    readonly oldService?: Read<ContentAnswer>
    readonly times?: Read<CommandAnswer>
  } => {
    const all = {
      timer: file(timerPath(given)),
      service: file(servicePath(given)),
      unit: service(`${given.name}.timer`),
    }
    const old = { oldTimer: content(timerPath(given)), oldService: content(servicePath(given)) }
    // Whether a service that is there came with the timer.
    if (given.absent === true) return isFile(of) ? { ...all, oldService: old.oldService } : all
    const isOther = differs(now, timerBlob(given))
    return {
      ...all,
      ...accountReads({ owner: given.user }),
      ...(isOther ? { times: timesCommand(given) } : {}),
      ...(isOther && isFile(now) ? { oldTimer: old.oldTimer } : {}),
      ...(isFile(of) && differs(of, serviceBlob(given)) ? { oldService: old.oldService } : {}),
    }
  },

  check: (given, seen) => {
    const { unit, times } = seen
    if (unit.init !== 'systemd') return blocked('systemd does not run on this host')
    if (given.absent === true) return changesOfAbsent(given, seen, unit)
    if (seen.user !== undefined && seen.user.id === undefined) return blocked(`there is no user "${given.user}"`)
    if (times !== undefined && times.exit !== 0) {
      return blocked(`systemd does not understand when: ${times.stderr.trim().split('\n')[0] ?? ''}`)
    }
    const found: Change[] = []
    for (const [part, changes] of [
      ['service', serviceChanges(given, seen)],
      ['timer', wholeFileChanges(timerFile(given), { now: seen.timer, old: seen.oldTimer })],
    ] as const) {
      if (isBlocked(changes)) return changes
      found.push(...changes.map((change) => ({ ...change, field: `${part}.${change.field}` })))
    }
    if (isAbsent(unit)) {
      return [...found, { field: 'state', from: 'stopped', to: 'running' }, { field: 'enabled', from: false, to: true }]
    }
    if (unit.activity !== 'running') found.push({ field: 'state', from: unit.activity, to: 'running' })
    if (unit.atBoot !== 'enabled') found.push({ field: 'enabled', from: false, to: true })
    return found
  },

  apply: (given, seen, changes) => {
    const { timer: now, service: of, unit, oldTimer, oldService } = seen
    if (given.absent === true) return stepsOfAbsent(given, unit, changes)
    const parts = new Set(changes.map(({ field }) => field.split('.')[0]))
    const own = serviceFile(given)
    const known = isAbsent(unit) ? { init: unit.init, id: `${given.name}.timer`, stale: false } : unit
    const load = (kind: 'timer' | 'service') =>
      ({ kind: 'systemd.load', unit: `${given.name}.${kind}`, path: `${unitFolder}/${given.name}.${kind}` }) as const
    return [
      ...(parts.has('service') && own !== undefined
        ? [...wholeFileSteps(own, { now: of, old: oldService }), load('service')]
        : []),
      ...(parts.has('timer') ? [...wholeFileSteps(timerFile(given), { now, old: oldTimer }), load('timer')] : []),
      // A timer that runs keeps to its old times until it is started anew.
      ...(parts.has('timer') || parts.has('state') ? control('restart', known) : []),
      ...(parts.has('enabled') ? control('enable', known) : []),
    ]
  },
})

const timerFile = (given: Arguments) => ({
  path: timerPath(given),
  blob: timerBlob(given),
  validate: checkCommand(`${given.name}.timer`, undefined, false),
})

const serviceFile = (given: Arguments) => {
  const blob = serviceBlob(given)
  if (blob === undefined) return undefined
  return { path: servicePath(given), blob, validate: checkCommand(`${given.name}.service`, undefined, false) }
}

const serviceChanges = (given: Arguments, { service: now, oldService }: SeenTimer) => {
  const own = serviceFile(given)
  if (own === undefined) return []
  if (isFile(now) && differs(now, own.blob) && !isOwn(oldService)) {
    return blocked(`"${own.path}" was not made by systemd.timer: leave out "command" to start it, or remove it`)
  }
  return wholeFileChanges(own, { now, old: oldService })
}

const changesOfAbsent = (given: Arguments, { timer: now, service: of, oldService }: SeenTimer, unit: ServiceAnswer) => {
  if (now.type !== 'absent' && now.type !== 'file') return blocked(`"${timerPath(given)}" is no regular file`)
  const known = isAbsent(unit) ? undefined : unit
  const changes: Change[] = []
  if (known?.activity === 'running') changes.push({ field: 'state', from: 'running', to: 'stopped' })
  if (known?.atBoot === 'enabled') changes.push({ field: 'enabled', from: true, to: false })
  if (now.type === 'file') changes.push({ field: 'timer.type', from: 'file', to: 'absent' })
  if (of.type === 'file' && isOwn(oldService)) {
    changes.push({ field: 'service.type', from: 'file', to: 'absent' })
  }
  return changes
}

const stepsOfAbsent = (given: Arguments, unit: ServiceAnswer, changes: readonly Change[]) => {
  const fields = new Set(changes.map(({ field }) => field))
  const known: KnownService | undefined = isAbsent(unit) ? undefined : unit
  const remove = (kind: 'timer' | 'service') => {
    const path = `${unitFolder}/${given.name}.${kind}`
    const load = { kind: 'systemd.load', unit: `${given.name}.${kind}`, path } as const
    return [{ kind: 'file.remove', path } as const, load]
  }
  return [
    ...(fields.has('state') && known !== undefined ? control('stop', known) : []),
    ...(fields.has('enabled') && known !== undefined ? control('disable', known) : []),
    ...(fields.has('timer.type') ? remove('timer') : []),
    ...(fields.has('service.type') ? remove('service') : []),
  ]
}
