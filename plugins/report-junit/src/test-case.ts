import type { ChangeEvent, InvocationEvent } from '@prove/core'
import type { TestCase, Verdict } from './suites.js'

interface Place {
  readonly file: string
  readonly line: number
}

/** A part of a state as a case. The number tells invocations of the same part apart. */
export const testCase = (event: InvocationEvent, place: Place | undefined): TestCase => {
  const { target, state, part, fn, sequence, elapsedMs, outcome, confidence, changes } = event
  const said = outcome === 'ok' || outcome === 'skipped' ? '' : [wordsOf(event), ...changes.map(changeText)].join('\n')
  return {
    name: `${state} ${fn}${part === 0 ? '' : ` part ${part}`} #${sequence}`,
    className: `${target}.${state}`,
    elapsedMs,
    ...(place === undefined ? {} : { file: place.file, line: place.line }),
    verdict: verdictOf(event),
    said: said === '' && confidence === undefined ? undefined : said || undefined,
  }
}

const verdictOf = ({ outcome, reason = outcome, outputs }: InvocationEvent): Verdict | undefined => {
  const message = reason.split('\n')[0] ?? ''
  switch (outcome) {
    case 'failed':
    case 'unstable': {
      const said = [outputs?.['stdout'], outputs?.['stderr']].filter((text) => typeof text === 'string' && text !== '')
      return { kind: 'failure', message, type: outcome, text: [reason, ...said].join('\n') }
    }
    case 'skipped':
    case 'pending':
      return { kind: 'skipped', message }
    default:
      return undefined
  }
}

/** The outcome, and in plans how sure it is. */
const wordsOf = ({ outcome, confidence, dependsOn = [], reason }: InvocationEvent): string => {
  const sure = confidence === 'conditional' ? ` if ${dependsOn.join(', ')}` : ''
  return `${outcome}${sure}${reason === undefined ? '' : `: ${reason}`}`
}

const changeText = ({ field, from, to, diff }: ChangeEvent): string =>
  diff ?? `${field}: ${shown(from)} -> ${shown(to)}`

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
