/** Lines of `key value`, as the scripts print them: all values of each key, in order. */
export class KeyValues {
  readonly #values = new Map<string, string[]>()

  constructor(output: string) {
    for (const line of output.split('\n')) {
      const space = line.indexOf(' ')
      if (space < 1) continue
      const key = line.slice(0, space)
      const values = this.#values.get(key) ?? []
      values.push(line.slice(space + 1))
      this.#values.set(key, values)
    }
  }

  all(key: string): readonly string[] {
    return this.#values.get(key) ?? []
  }

  /** The first value, without blanks around it; undefined when there is none or it is empty. */
  first(key: string): string | undefined {
    return this.all(key)[0]?.trim() || undefined
  }

  /** Whether this key was said with this value. */
  has(key: string, value: string): boolean {
    return this.all(key).includes(value)
  }
}
