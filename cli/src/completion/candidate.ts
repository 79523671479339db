/** A word that may stand where the cursor is. */
export interface Candidate {
  /** The whole word, with what was typed of it. */
  readonly value: string
  readonly about?: string
  /** More may follow without a space, as behind a folder. */
  readonly isOpen?: boolean
}
