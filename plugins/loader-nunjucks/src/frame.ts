/** Stands for an argument that was not given: it hides the names around it, and is not defined. */
export const notGiven = Symbol('not given')

/** The names of one scope. Maps, because a template may name anything, `__proto__` too. */
export class Frame {
  readonly names = new Map<string, unknown>()
  /** The names that other templates can import; of the outermost scope of a template only. */
  readonly exported: Set<string> | undefined

  constructor(
    readonly parent: Frame | undefined,
    /** Names around it cannot be assigned from inside. */
    readonly isIsolated: boolean,
    isTop = false,
  ) {
    this.exported = isTop ? new Set() : undefined
  }

  /** The value of a name; undefined where no scope has it. */
  lookup(name: string): unknown {
    const value = this.names.get(name)
    return value === undefined ? this.parent?.lookup(name) : value
  }

  /** Gives a value to a name where it is known, or here. */
  assign(name: string, value: unknown): void {
    const owner = this.#ownerOf(name) ?? this
    owner.define(name, value)
  }

  #ownerOf(name: string): Frame | undefined {
    if (this.names.has(name)) return this
    return this.isIsolated || this.parent === undefined ? undefined : this.parent.#ownerOf(name)
  }

  /** Gives a value to a name here, which other templates can import unless it starts with an underscore. */
  define(name: string, value: unknown): void {
    this.names.set(name, value)
    if (!name.startsWith('_')) this.exported?.add(name)
  }

  /** All names that can be seen from here. */
  *visible(): Iterable<string> {
    for (const [name, value] of this.names) if (value !== notGiven) yield name
    if (this.parent !== undefined) yield* this.parent.visible()
  }
}
