import { groupBy, type InvocationEvent, type Place } from '@prove/core'
import type { TargetPicture } from './board.js'
import { reasonText } from './reason-text.js'

/** Something that went wrong in the same way on some targets. */
export interface Failure {
  /** A full id; undefined where a target as a whole failed. */
  readonly state: string | undefined
  readonly outcome: InvocationEvent['outcome']
  readonly place: Place | undefined
  /** The first line of it. */
  readonly reason: string
  readonly hint: string | undefined
  /** In the order of the run. */
  readonly targets: readonly string[]
}

/** What went wrong, each once, with the targets that it concerns. */
export const failuresOf = (targets: readonly TargetPicture[]): readonly Failure[] => {
  const all = targets.flatMap((target) => [...target.errors.map(errorOn(target)), ...statesOn(target)])
  const keyOf = ({ state, outcome, place, reason, hint }: Failure): string =>
    JSON.stringify([state, outcome, place, reason, hint])
  return [...groupBy(all, keyOf).values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [{ ...first, targets: [...new Set([first, ...more].flatMap(({ targets: names }) => names))] }],
  )
}

const errorOn =
  ({ name }: TargetPicture) =>
  ({ message, hint, place }: TargetPicture['errors'][number]): Failure => ({
    state: undefined,
    outcome: 'failed',
    place,
    reason: message.split('\n')[0] ?? '',
    hint,
    targets: [name],
  })

const statesOn = ({ name, notable, states }: TargetPicture): readonly Failure[] =>
  [...notable.values()]
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'unstable')
    .map((event) => ({
      state: event.state,
      outcome: event.outcome,
      place: states.get(event.state)?.place,
      reason: firstLine(event),
      hint: undefined,
      targets: [name],
    }))

/** Where a command says only how it ended, what it said last is the reason. */
const firstLine = (event: InvocationEvent): string => {
  const { first, rest } = reasonText(event, true)
  const last = rest.at(-1)
  return last === undefined || !/^exit -?\d+$/.test(first) ? first : `${first}: ${last}`
}
