import { didYouMean, evaluate, holdsLate, type Late, messageOf, truthy } from '@prove/core'
import type { Calls } from './calls.js'
import { LateNameError } from './late-error.js'
import { partsOf } from './parts-of.js'
import { spanOf } from './spans.js'

/** What is known of names while the states are compiled. */
export interface FoldScope {
  /** The value of a variable, and of `variables`, `facts` and `target`; undefined where it is not defined. */
  readonly names: (name: string) => { readonly value: unknown } | undefined
  /** For hints. */
  readonly knownNames: () => readonly string[]
  /** The full id of a state whose outputs are used; undefined after it was told that there is none. */
  readonly stateOf: (name: string) => string | undefined
  readonly calls: Calls
}

/**
 * The same expression with names replaced by their values, and calculated as far as no answer is needed. What can never
 * be chosen is left out unlooked at, as in templates. Throws LateNameError; what facts throw passes.
 */
export const foldLate = (tree: Late, scope: FoldScope): Late => new Folder(scope).fold(tree, true)

/** Names of maps of which every member is known. */
const roots = new Set(['variables', 'facts', 'target'])

class Folder {
  constructor(private readonly scope: FoldScope) {}

  /** `isCertain` is false for what may never be evaluated: what is wrong with its values may then be meant. */
  fold(tree: Late, isCertain: boolean): Late {
    switch (tree.kind) {
      case 'value':
        return tree
      case 'name':
        return this.#name(tree)
      case 'outputs':
        return { kind: 'outputs', state: this.scope.stateOf(tree.state) ?? tree.state }
      case 'member':
        return this.#member(tree, isCertain)
      case 'if':
        return this.#if(tree, isCertain)
      case 'binary':
        return this.#binary(tree, isCertain)
      case 'read':
        return this.#read({ ...tree, args: this.#all(tree.args, isCertain) }, isCertain, tree)
      case 'list':
        return this.#calculated({ ...tree, items: this.#all(tree.items, isCertain) }, isCertain, tree)
      case 'map': {
        const entries = Object.entries(tree.entries).map(([key, part]) => [key, this.fold(part, isCertain)] as const)
        return this.#calculated({ ...tree, entries: Object.fromEntries(entries) }, isCertain, tree)
      }
      case 'text':
        return this.#calculated({ ...tree, pieces: this.#all(tree.pieces, isCertain) }, isCertain, tree)
      case 'not':
        return this.#calculated({ ...tree, value: this.fold(tree.value, isCertain) }, isCertain, tree)
    }
  }

  #all(trees: readonly Late[], isCertain: boolean): readonly Late[] {
    return trees.map((tree) => this.fold(tree, isCertain))
  }

  #name(tree: Extract<Late, { kind: 'name' }>): Late {
    const { name } = tree
    if (name === 'with') return tree
    const found = this.scope.names(name)
    if (found === undefined) throw new LateNameError(`"${name}" is not defined`, this.#hintFor(name), spanOf(tree))
    // Facts are a view that gives one fact at a time; a tree is plain data.
    return constant(name, roots.has(name) ? { ...(found.value as object) } : found.value, tree)
  }

  #hintFor(name: string): string | undefined {
    const usage = this.scope.calls.get(name)?.usage
    if (usage !== undefined) return `write ${usage}`
    if (['True', 'False', 'None'].includes(name)) return `write ${name.toLowerCase()}`
    return didYouMean(name, [...this.scope.knownNames(), ...roots, 'with', 'outputs'])
  }

  #member(tree: Extract<Late, { kind: 'member' }>, isCertain: boolean): Late {
    const key = this.fold(tree.key, isCertain)
    if (tree.of.kind === 'name' && roots.has(tree.of.name) && key.kind === 'value') {
      return this.#rootMember(tree.of.name, String(key.value), tree)
    }
    return this.#calculated({ kind: 'member', of: this.fold(tree.of, isCertain), key }, isCertain, tree)
  }

  #rootMember(root: string, name: string, tree: Late): Late {
    const map = (this.scope.names(root)?.value ?? {}) as Readonly<Record<string, unknown>>
    // Asking comes first: facts that are unknown, or not gathered yet, throw what is to be told.
    const value = map[name]
    if (Object.hasOwn(map, name)) return constant(`${root}.${name}`, value, tree)
    throw new LateNameError(`"${root}" has no "${name}"`, didYouMean(name, Object.keys(map)), spanOf(tree))
  }

  #if({ test, value, otherwise }: Extract<Late, { kind: 'if' }>, isCertain: boolean): Late {
    const asked = this.fold(test, isCertain)
    if (asked.kind === 'value') return this.fold(truthy(asked.value) ? value : otherwise, isCertain)
    return { kind: 'if', test: asked, value: this.fold(value, false), otherwise: this.fold(otherwise, false) }
  }

  #binary(tree: Extract<Late, { kind: 'binary' }>, isCertain: boolean): Late {
    const { operator, left, right } = tree
    const first = this.fold(left, isCertain)
    if (operator !== 'and' && operator !== 'or') {
      const both: Late = { kind: 'binary', operator, left: first, right: this.fold(right, isCertain) }
      return this.#calculated(both, isCertain, tree)
    }
    if (first.kind !== 'value') return { kind: 'binary', operator, left: first, right: this.fold(right, false) }
    return truthy(first.value) === (operator === 'or') ? first : this.fold(right, isCertain)
  }

  /** Arguments that are known are looked at now, and not when the state is about to run. */
  #read(tree: Extract<Late, { kind: 'read' }>, isCertain: boolean, written: Late): Late {
    const values = tree.args.flatMap((arg) => (arg.kind === 'value' ? [arg.value] : []))
    const asked = this.scope.calls.get(tree.read)
    if (!isCertain || asked === undefined || values.length < tree.args.length) return tree
    try {
      asked.read(...values)
    } catch (error) {
      throw new LateNameError(`${asked.usage}: ${messageOf(error)}`, undefined, spanOf(written))
    }
    return tree
  }

  #calculated(tree: Late, isCertain: boolean, written: Late): Late {
    if (partsOf(tree).some(({ kind }) => kind !== 'value')) return tree
    const result = evaluate(tree, { with: {}, ask: () => undefined, lateRead: () => undefined })
    if ('value' in result) return { kind: 'value', value: result.value }
    if ('problem' in result && isCertain) throw new LateNameError(result.problem, undefined, spanOf(written))
    return tree
  }
}

const constant = (name: string, value: unknown, tree: Late): Late => {
  if (!holdsLate(value)) return { kind: 'value', value: value ?? null }
  throw new LateNameError(
    `"${name}" holds a late value, which cannot be part of another one`,
    'write its text out here',
    spanOf(tree),
  )
}
