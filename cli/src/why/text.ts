import { groupBy, type GuardCommand } from '@prove/core'
import type { Colors } from '../console/colors.js'
import { listed } from '../graph/listed.js'
import { worst } from '../graph/last-outcomes.js'
import { paint } from '../graph/paint.js'
import { momentText } from '../history/moments.js'
import { printable } from '../console/printable.js'
import type { LastRunStory, Link, RunStory } from './last-run-story.js'
import type { OrderReason } from './place-in-order.js'
import type { GuardsOfPart, Why } from './why.js'

/** Where the answers begin. */
const column = 19

const reasons: Readonly<Record<OrderReason, string>> = {
  requires: 'requires',
  after: 'after',
  soft: 'soft after',
  notify: 'notify',
  notify_failure: 'notify_failure',
  member: 'its members',
  rescue: 'its rescue',
  always: 'its always',
  group: 'by its group',
}

/** The answer for people, as lines of at most 80 columns where ids allow it. */
export const whyText = (why: Why, colors: Colors): string => {
  const { state, place, functions, target, groups } = why
  const lines = [
    `${colors.bold(printable(state))}  ${functions.join(', ')}${functions.length === 0 ? '[group]' : ''}  ${colors.dim(printable(place))}`,
    ...orderLines(why),
    ...wakeLines(why),
    ...told(
      'groups',
      groups.map(({ group, as }) => `${as} of ${printable(group)}`),
    ),
    ...gateLines(why),
    ...guardLines(why),
    ...(why.lastRun === null
      ? told('last run', [`no "prove apply" of ${target} is remembered here`])
      : runLines(why.lastRun, colors)),
  ]
  return `${lines.join('\n')}\n`
}

const told = (label: string, items: readonly string[], separator?: string): readonly string[] =>
  listed(label, items, 2, column, separator)

/** A sentence, wrapped between words. */
const sentence = (label: string, text: string): readonly string[] => told(label, text.split(/\s+/), '')

const orderLines = ({ order, deferred }: Why): readonly string[] => {
  const { position, of, after, longestChain } = order
  const byReason = groupBy(
    after.flatMap(({ state, by }) => by.map((reason) => ({ state, reason }))),
    ({ reason }) => reason,
  )
  return [
    ...told('place', [`${position} of ${of}${deferred ? ', deferred to the end' : ''}`]),
    ...[...byReason].flatMap(([reason, all]) =>
      listed(
        reasons[reason],
        all.map(({ state }) => printable(state)),
        4,
        column,
      ),
    ),
    ...(longestChain.length < 2 ? [] : told('longest chain', longestChain.map(printable), ' →')),
  ]
}

const wakeLines = ({ lazy, notifiedBy }: Why): readonly string[] => {
  const notifiers = notifiedBy.map(({ state, on }) => `${printable(state)} (when ${on})`)
  if (!lazy) return told('notified by', notifiers)
  return [
    ...told('lazy', ['runs only when notified']),
    ...told('notified by', notifiers.length === 0 ? ['no state'] : notifiers),
  ]
}

const gateLines = ({ gates }: Why): readonly string[] =>
  gates.flatMap(({ group, as }) =>
    sentence(
      'runs only',
      as === 'rescue'
        ? `when a member of ${printable(group)} failed`
        : `when ${printable(group)} has begun, as its last`,
    ),
  )

const guardLines = ({ guards, functions }: Why): readonly string[] =>
  guards.flatMap((each) => {
    const part = functions.length === 1 ? '' : ` (part ${each.part + 1}, ${each.fn})`
    return conditionsOf(each).flatMap((condition) => sentence('guard', `${condition}${part}`))
  })

const conditionsOf = ({ creates, unless, onlyif, when }: GuardsOfPart): readonly string[] => [
  ...(creates === undefined ? [] : [`creates ${printable(creates)}`]),
  ...unless.map((command) => `unless ${commandText(command)}`),
  ...onlyif.map((command) => `onlyif ${commandText(command)}`),
  ...(when ? ['when its late condition holds'] : []),
]

const commandText = (command: GuardCommand): string =>
  printable(typeof command === 'string' ? command : command.join(' '))

const runLines = (
  { started, outcome, runs, keptBack = [], notRun }: LastRunStory,
  colors: Colors,
): readonly string[] => [
  ...told('last run', [`${momentText(started)}: ${outcome}`]),
  ...(notRun === undefined ? [] : sentence('', printable(notRun))),
  ...runs.flatMap((run, i) => storyLines(run, runs.length === 1 ? 'it was' : `run ${i + 1}`, colors)),
  ...told('kept back', keptBack.map(printable)),
]

const storyLines = ({ parts, chains }: RunStory, label: string, colors: Colors): readonly string[] => {
  const all = worst(parts.map((part) => part.outcome))
  return [
    ...told(label, [all === undefined ? 'not run' : paint(all, colors)(all)]),
    ...parts.flatMap(({ fn, outcome, fields, reason }) => {
      const what = fields.length === 0 ? '' : ` (${fields.join(', ')})`
      const because = reason === undefined ? '' : `: ${printable(reason)}`
      return sentence('', `${fn} ${outcome}${what}${because}`)
    }),
    ...chains.flatMap((chain) => told('  notified', chain.map(linkText), ' →')),
  ]
}

const linkText = ({ state, outcome, since }: Link): string => {
  if (since !== undefined) return `${printable(state)} in an earlier run, at ${momentText(since)}`
  return `${printable(state)}${outcome === undefined ? '' : ` ${outcome}`}`
}
