/** A use of a state function or meta-state that people may copy. The tests apply it, and then again without a change. */
export interface Example {
  /** What it is for, in a few words: "A configuration that a check must accept". */
  readonly title: string
  /** The text of a state file in YAML. */
  readonly states: string
  /** Files of the catalog that it names as prove://…, by that name. */
  readonly files?: Readonly<Record<string, string>>
  /** Text for a shell of root that makes a host on which the example has something to do: for its test alone. */
  readonly host?: string
}
