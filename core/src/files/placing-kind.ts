import type { Facts } from '../contracts/facts.js'
import type { Step, StepKind } from '../contracts/step.js'
import type { FileFields } from '../reads/file-prediction.js'
import { fileLibrary } from '../steps/file-library.js'
import { quote } from '../wire/quote.js'
import { type PlacedContent, placing } from '../steps/placed-content.js'

/** A kind of step that puts content in place of a file which the target itself brings along. */
export interface PlacingDefinition<S extends Step & PlacedContent> {
  readonly name: S['kind']
  readonly tools?: readonly string[]
  /**
   * Shell text that writes the content to its standard output, or fails and says why. It calls functions of `library`, and
   * those of the step library; everything in it is quoted.
   */
  readonly bring: (step: S, facts: Facts) => string
  /** What is known of the content beforehand; undefined where not even its hash is. */
  readonly content: (step: S) => Omit<FileFields, 'type'> | undefined
  readonly library: (facts: Facts) => string
  /** Shell text that is run once the content is in place. */
  readonly placed?: (step: S, facts: Facts) => string
  readonly seconds?: (step: S) => number
}

const thenLibrary = 'then_do() { after=$1; shift; "$@" || return; eval "$after"; }'

/** The rest is as with `file.write`: made complete beside the file, validated, and renamed. */
export const definePlacing = <S extends Step & PlacedContent>(definition: PlacingDefinition<S>): StepKind<S> => {
  const { name, tools, bring, content, library, placed, seconds } = definition
  return {
    name,
    ...(tools === undefined ? {} : { tools }),
    library: (facts) => `${fileLibrary(facts)}\n${thenLibrary}\n${library(facts)}`,
    mayRefuse: placing.mayRefuse,
    touches: placing.touches,
    gives: (step, facts) => {
      const known = content(step)
      return known === undefined ? undefined : placing.gives(step, known, facts)
    },
    command: (step, _blobPath, facts) => {
      const words = placing.command(step, [`!${bring(step, facts)}`, '', ''])
      return placed === undefined ? words : `then_do ${quote(placed(step, facts))} ${words}`
    },
    leftovers: placing.leftovers,
    ...(seconds === undefined ? {} : { seconds }),
  }
}
