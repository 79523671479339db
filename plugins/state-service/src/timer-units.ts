import { commandText, unitText } from './unit-text.js'

/** What is declared of a timer. */
export interface TimerArguments {
  readonly name: string
  readonly on_calendar?: string | readonly string[] | undefined
  readonly on_boot?: string | undefined
  readonly command?: string | readonly string[] | undefined
  readonly user?: string | undefined
  readonly persistent: boolean
  readonly random_delay?: string | undefined
  readonly description?: string | undefined
}

/** The first line of a service that came with a timer: such a service goes with it. */
export const ownMark = '# Made by systemd.timer of Prove.'

export const calendars = ({ on_calendar: given }: TimerArguments): readonly string[] =>
  given === undefined ? [] : typeof given === 'string' ? [given] : given

export const timeSpans = ({ on_boot: onBoot, random_delay: delay }: TimerArguments): readonly string[] =>
  [onBoot, delay].filter((span) => span !== undefined)

const descriptionOf = ({ name, description }: TimerArguments): string => description ?? `${name}, run by a timer`

/** The timer. */
export const timerText = (given: TimerArguments): string => {
  const { on_boot: onBoot, persistent, random_delay: delay } = given
  return unitText({
    Unit: { Description: descriptionOf(given).replaceAll('%', '%%') },
    Timer: {
      ...(calendars(given).length === 0 ? {} : { OnCalendar: [...calendars(given)] }),
      ...(onBoot === undefined ? {} : { OnBootSec: onBoot }),
      ...(persistent ? { Persistent: true } : {}),
      ...(delay === undefined ? {} : { RandomizedDelaySec: delay }),
    },
    Install: { WantedBy: 'timers.target' },
  })
}

/** The service that it starts; undefined where another state keeps that. */
export const timedServiceText = (given: TimerArguments): string | undefined => {
  const { command, user } = given
  if (command === undefined) return undefined
  const sections = {
    Unit: { Description: descriptionOf(given).replaceAll('%', '%%') },
    Service: { Type: 'oneshot', ...(user === undefined ? {} : { User: user }), ExecStart: commandText(command) },
  }
  return `${ownMark}\n${unitText(sections)}`
}
