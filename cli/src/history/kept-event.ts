import type { ChangeEvent, ErrorEvent, InvocationEvent, ProveEvent, TargetEvent } from '@prove/core'

/** What stands in the place of a value that is not kept. */
export const notKept = '(not kept)'

/** Characters of a reason or an error that are kept: it may hold what a command printed. */
const sentenceLimit = 200

/** Characters of a diff that are kept. */
const diffLimit = 64 * 1024

/** Characters of a value that changed. */
const valueLimit = 1024

/**
 * The event as it is kept on disk, where more people read it, for longer, than on a terminal: without what a command was
 * given or answered. See docs/decisions/0017-run-history.md for each.
 */
export const keptEvent = (event: ProveEvent): ProveEvent => {
  switch (event.type) {
    case 'invocation':
      return keptInvocation(event)
    case 'target':
      return keptTarget(event)
    case 'error':
      return { ...event, ...keptError(event) }
    default:
      return event
  }
}

const keptInvocation = ({ outputs: _outputs, reason, ...event }: InvocationEvent): InvocationEvent => ({
  ...event,
  ...(reason === undefined ? {} : { reason: cut(reason, sentenceLimit) }),
  changes: event.changes.map(keptChange),
  with: withoutValues(event.with),
})

const keptTarget = ({ facts: _facts, result: _result, entry, error, ...event }: TargetEvent): TargetEvent => ({
  ...event,
  ...(entry === undefined ? {} : { entry: { ...entry, with: withoutValues(entry.with) } }),
  ...(error === undefined ? {} : { error: keptError(error) }),
})

const keptError = <E extends Pick<ErrorEvent, 'message' | 'hint'>>(error: E): E => ({
  ...error,
  message: cut(error.message, sentenceLimit),
  ...(error.hint === undefined ? {} : { hint: cut(error.hint, sentenceLimit) }),
})

const keptChange = ({ field, from, to, diff }: ChangeEvent): ChangeEvent => ({
  field,
  from: keptValue(from),
  to: keptValue(to),
  ...(diff === undefined ? {} : { diff: keptDiff(diff) }),
})

const keptValue = (value: unknown): unknown => {
  if (typeof value === 'string') return cut(value, valueLimit)
  return (JSON.stringify(value)?.length ?? 0) > valueLimit ? notKept : value
}

const keptDiff = (diff: string): string => {
  if (diff.length <= diffLimit) return diff
  const kept = diff.slice(0, diff.lastIndexOf('\n', diffLimit) + 1)
  return `${kept}… ${diff.slice(kept.length).split('\n').length - 1} more lines were not kept\n`
}

const cut = (text: string, limit: number): string => (text.length <= limit ? text : `${text.slice(0, limit - 1)}…`)

const withoutValues = (variables: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.keys(variables).map((name) => [name, notKept]))
