import type { InvocationEvent } from '@prove/core'

export interface ReasonText {
  readonly first: string
  /** What stands under it, line by line. */
  readonly rest: readonly string[]
}

/** Lines that a failed command said which are shown, unless all are asked for. */
const saidLines = 10

/** Why a part ended as it did. What a failed command said in several lines stays in lines. */
export const reasonText = (
  { outcome, reason = '', outputs }: Pick<InvocationEvent, 'outcome' | 'reason' | 'outputs'>,
  isWhole: boolean,
): ReasonText => {
  const [first = '', ...rest] = reason.replace(/\n$/, '').split('\n')
  const [, exit] = /^(exit -?\d+): /.exec(first) ?? []
  const said = exit === undefined || !['failed', 'rescued'].includes(outcome) ? [] : saidBy(outputs ?? {})
  if (exit === undefined || said.length < 2) return { first, rest }
  const left = isWhole ? 0 : said.length - saidLines
  return left > 0
    ? {
        first: exit,
        rest: [`… ${left} more ${left === 1 ? 'line' : 'lines'} (-v shows all)`, ...said.slice(-saidLines)],
      }
    : { first: exit, rest: said }
}

/** Where a command said something, preferably as an error. */
const saidBy = ({ stderr, stdout }: Readonly<Record<string, unknown>>): readonly string[] => {
  const text = [stderr, stdout].find((each) => typeof each === 'string' && each.trim() !== '')
  return typeof text === 'string' ? text.trim().split('\n') : []
}
