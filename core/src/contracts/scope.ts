/** The target that a file is loaded for. */
export interface TargetScope {
  readonly name: string
  /** Its address; the same as the name unless one is given. */
  readonly host: string
  readonly groups: readonly string[]
  readonly roles: readonly string[]
}

/** What templates and TypeScript states can see. */
export interface Scope {
  readonly target: TargetScope
  /** The merged variables. */
  readonly variables: Readonly<Record<string, unknown>>
  /**
   * What is known of the target. Asking for a name that no plugin gives throws PRV_FACT_UNKNOWN; asking for one that has
   * not been gathered yet throws {@link FactsNeeded}. Loaders and renderers let both pass.
   */
  readonly facts: Readonly<Record<string, unknown>>
  /** The variables of this instance. */
  readonly with: Readonly<Record<string, unknown>>
}

/** Names that no variable may have, because templates see something else by them. */
export const reservedNames = ['target', 'variables', 'facts', 'with'] as const

/** A file asked for facts that nobody has gathered: not an error, but a reason to ask the target first. */
export class FactsNeeded extends Error {
  override readonly name = 'FactsNeeded'

  constructor(readonly facts: readonly string[]) {
    super(`facts are needed: ${facts.join(', ')}`)
  }
}
