import { type Place, ProveError, type ValuePath } from '@prove/core'

/** How many lists and maps may lie inside one another. */
const maxDepth = 100

/**
 * The same data in maps and lists of its own, so that no scope sees what became of the data of another. Throws
 * PRV_LOADER_FAILED for all that is no plain data, and names its path.
 */
export const plainCopy = (value: unknown, placeOf: (path: ValuePath) => Place): unknown =>
  new Copier(placeOf).copy(value, [])

class Copier {
  /** The maps and lists around the value, which none inside it may be. */
  readonly #around = new Set<object>()

  constructor(private readonly placeOf: (path: ValuePath) => Place) {}

  copy(value: unknown, path: ValuePath): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') {
      return Number.isFinite(value) ? value : this.#refuse(path, `is ${value}`, 'give a number, or null')
    }
    if (typeof value !== 'object') return this.#refuseScalar(value, path)
    if (this.#around.has(value)) return this.#refuse(path, 'holds itself', 'give data without circles')
    if (path.length > maxDepth) return this.#refuse(path, 'nests too deep', 'give flatter values')
    this.#around.add(value)
    const copied = Array.isArray(value) ? this.#list(value, path) : this.#map(value, path)
    this.#around.delete(value)
    return copied
  }

  #list(list: readonly unknown[], path: ValuePath): readonly unknown[] {
    // Array.from sees the holes of a list, which map skips.
    return Array.from(list, (item, i) => this.copy(item, [...path, i]))
  }

  #map(map: object, path: ValuePath): Record<string, unknown> {
    this.#refuseInstance(map, path)
    if (Object.getOwnPropertySymbols(map).length > 0) this.#refuse(path, 'has a symbol as a key', 'use texts as keys')
    const copied: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(map)) {
      // Code that copies keys one by one would set the prototype by it.
      if (key === '__proto__') this.#refuse([...path, key], 'is a key that is not allowed', 'use another key')
      copied[key] = this.copy(value, [...path, key])
    }
    return copied
  }

  #refuseScalar(value: unknown, path: ValuePath): never {
    if (value === undefined) return this.#refuse(path, 'is undefined', 'look for a misspelt name, or leave the key out')
    if (typeof value === 'function') return this.#refuse(path, 'is a function', 'call it, and give what it returns')
    const hint = typeof value === 'bigint' ? 'convert it with Number(…) or String(…)' : 'give a text, number or boolean'
    return this.#refuse(path, `is a ${typeof value}`, hint)
  }

  #refuseInstance(value: object, path: ValuePath): void {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype === null || Object.getPrototypeOf(prototype) === null) return
    const name = nameOfClass(prototype)
    const hint = hints[name] ?? 'give plain maps and lists'
    this.#refuse(path, name === 'Object' ? 'has a prototype of its own' : `is an instance of ${name}`, hint)
  }

  #refuse(path: ValuePath, problem: string, hint: string): never {
    const message = `${shownPath(path)} ${problem}`
    throw new ProveError('PRV_LOADER_FAILED', message, { place: this.placeOf(path), hint })
  }
}

const hints: Readonly<Record<string, string>> = {
  Date: 'give a text, such as date.toISOString()',
  Map: 'convert it with Object.fromEntries(map)',
  Set: 'convert it with [...set]',
  Promise: 'write await in front of it, in an async function',
  RegExp: 'give its source as a text',
  Buffer: 'convert it to a text',
  URL: 'give its href',
}

const nameOfClass = (prototype: unknown): string => {
  const { constructor } = prototype as { readonly constructor?: { readonly name?: unknown } }
  return typeof constructor?.name === 'string' && constructor.name !== '' ? constructor.name : 'a class'
}

/** As it would be written in code: `web.parts[0]["file.link"].path`. */
const shownPath = (path: ValuePath): string => {
  const [first, ...rest] = path
  if (first === undefined) return 'the map of states'
  const steps = rest.map((key) => {
    if (typeof key === 'number') return `[${key}]`
    return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  })
  return `${first}${steps.join('')}`
}
