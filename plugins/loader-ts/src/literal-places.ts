import type { Place, ValuePath } from '@prove/core'
import { type Contents, type Entry, keyOf, Literals } from './literals.js'
import { type AnyNode, type Named, type ObjectLiteral, readSyntaxTree, walk } from './syntax-tree.js'

/** A point on the way along a path: what stands there, and what the value may be. */
interface Point {
  readonly key: AnyNode | undefined
  readonly value: AnyNode | undefined
  readonly values: readonly Named[]
  /** Code in which the value must be, where no literal shows it. */
  readonly within: readonly AnyNode[]
}

/**
 * The places of values in the literals of a source. Where code makes a value, it is the place of the first key of that
 * name in this code, or of the code.
 */
export class LiteralPlaces {
  readonly #file: string
  readonly #text: string
  readonly #namedIn = new WeakMap<AnyNode, ReadonlyMap<string, Entry>>()
  #root: { readonly literals: Literals | undefined; readonly point: Point } | undefined

  constructor(file: string, text: string) {
    this.#file = file
    this.#text = text
  }

  /** The first position of the file. */
  get start(): Place {
    return { file: this.#file, line: 1, column: 1 }
  }

  placeOf(path: ValuePath): Place {
    return this.#placeOf(this.#point(path).value)
  }

  placeOfKey(path: ValuePath): Place {
    return this.#placeOf(this.#point(path).key)
  }

  #placeOf(node: AnyNode | undefined): Place {
    const start = node?.loc?.start
    return start === undefined ? this.start : { file: this.#file, line: start.line, column: start.column + 1 }
  }

  /** As far along the path as the source shows it. */
  #point(path: ValuePath): Point {
    this.#root ??= this.#read()
    const { literals, point } = this.#root
    let now = point
    for (const key of path) {
      const next = literals === undefined ? undefined : this.#step(literals, now, key)
      if (next === undefined) break
      now = next
    }
    return now
  }

  #read(): { readonly literals: Literals | undefined; readonly point: Point } {
    const tree = readSyntaxTree(this.#file, this.#text)
    const literals = tree === undefined ? undefined : new Literals(tree)
    const values = literals?.roots() ?? []
    const first = values[0] ?? tree?.exportedAt
    return { literals, point: { key: first, value: first, values, within: [] } }
  }

  #step(literals: Literals, from: Point, key: string | number): Point | undefined {
    const contents = from.values.map((value) => literals.contentsOf(value))
    const written = entryIn(contents, String(key))
    if (written !== undefined) return this.#entered(literals, written)
    const hidden = [...from.within, ...contents.flatMap((each) => each.hidden)]
    if (hidden.length === 0) return undefined
    const named = typeof key === 'string' ? this.#named(hidden, key) : undefined
    if (named !== undefined) return this.#entered(literals, named)
    const [only, ...others] = hidden
    if (only === undefined || others.length > 0 || from.within.length > 0)
      return { ...from, values: [], within: hidden }
    return this.#hiddenIn(literals, from, only)
  }

  #entered(literals: Literals, { key, value }: Entry): Point {
    const values = value === undefined ? [] : literals.values(value)
    return { key, value: value ?? key, values, within: [] }
  }

  /** The only code in which the value can be: a member with a computed key is followed, all else is searched. */
  #hiddenIn(literals: Literals, from: Point, code: AnyNode): Point {
    const { type, key, value } = code as AnyNode & { readonly key?: AnyNode; readonly value?: Named }
    if (type === 'ObjectProperty' && key !== undefined && value !== undefined) {
      return this.#entered(literals, { key: code, value })
    }
    if (type === 'SpreadElement') return { key: code, value: code, values: [], within: [code] }
    return { ...from, values: [], within: [code] }
  }

  #named(codes: readonly AnyNode[], key: string): Entry | undefined {
    for (const code of codes) {
      const found = this.#namesIn(code).get(key)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** The first member of each name anywhere in some code. */
  #namesIn(code: AnyNode): ReadonlyMap<string, Entry> {
    const known = this.#namedIn.get(code)
    if (known !== undefined) return known
    const names = new Map<string, Entry>()
    walk(code, (node) => {
      if (node.type !== 'ObjectExpression') return
      for (const member of (node as ObjectLiteral).properties) {
        const name = member.type === 'ObjectProperty' ? keyOf(member) : undefined
        if (name === undefined || names.has(name) || member.type !== 'ObjectProperty') continue
        names.set(name, { key: member.key, value: member.value as Named })
      }
    })
    this.#namedIn.set(code, names)
    return names
  }
}

const entryIn = (contents: readonly Contents[], key: string): Entry | undefined => {
  for (const { entries } of contents) {
    const found = entries.get(key)
    if (found !== undefined) return found
  }
  return undefined
}
