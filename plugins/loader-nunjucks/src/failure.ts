import { didYouMean, FactsNeeded, messageOf, type Place, ProveError, ProveErrors, withDetails } from '@prove/core'
import type { Frame } from './frame.js'
import type { Node } from './nunjucks.js'
import type { TemplateText } from './template-text.js'

/** Thrown by filters and functions whose own message says all; it is given the place of its use. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message)
  }
}

/**
 * What rendering throws, out of anything that was thrown while doing `what` at a place: facts that are needed and known
 * errors pass, the rest becomes PRV_TEMPLATE_FAILED.
 */
export const toTemplateError = (thrown: unknown, what: string, place: Place): unknown => {
  if (thrown instanceof FactsNeeded || thrown instanceof ProveErrors) return thrown
  if (thrown instanceof ProveError) return thrown.place === undefined ? withDetails(thrown, { place }) : thrown
  if (thrown instanceof Refusal) {
    return new ProveError('PRV_TEMPLATE_FAILED', thrown.message, { place, hint: thrown.hint })
  }
  const message =
    thrown instanceof RangeError && /call stack/.test(thrown.message)
      ? 'the template nests too deep'
      : `${what} failed: ${sentence(thrown)}`
  return new ProveError('PRV_TEMPLATE_FAILED', message, { place, cause: thrown })
}

/** The first line of a message, without a period. */
const sentence = (thrown: unknown): string => {
  const [line = ''] = messageOf(thrown).split('\n')
  return line.trim().replace(/\.$/, '')
}

/** The error of a name that nothing defines. */
export const undefinedName = (source: TemplateText, node: Node, name: string, known: Iterable<string>): ProveError =>
  source.error('PRV_TEMPLATE_UNDEFINED', `"${name}" is not defined`, node, {
    hint: instead.get(name) ?? didYouMean(name, known) ?? `add it to the variables, or write ${name} | default(…)`,
  })

const instead: ReadonlyMap<string, string> = new Map([
  ['True', 'write true'],
  ['False', 'write false'],
  ['None', 'write none'],
  ['super', 'super() works inside of a block of a template that extends another one'],
  ['caller', 'caller() works inside of a macro that is used with {% call %}'],
  ['loop', '"loop" works inside of {% for %}'],
])

/** Every name that an expression can use. */
export const visibleNames = (frame: Frame, global: Iterable<string>): readonly string[] => [
  ...new Set([...frame.visible(), ...global]),
]
