import { type Place, reservedNames, type Scope } from '@prove/core'
import { globals } from './globals.js'
import type { Frame } from './frame.js'
import { maxDepth, maxRounds } from './limits.js'
import { Refusal } from './failure.js'
import type { Members } from './member.js'
import type { Output } from './output.js'
import type { Template, TemplateStore } from './template-store.js'

/** A part of a template that prints something, or changes names. */
export type Statement = (run: Run) => void

/** A part of a template that has a value. */
export type Expression = (run: Run) => unknown

/** The blocks of one name: the first is printed, each calls the next by `super()`. */
type BlockChains = Map<string, Statement[]>

/** One template while it is rendered. */
export interface Run {
  readonly rendering: Rendering
  frame: Frame
  out: Output
  readonly blocks: BlockChains
  /** The template that this one extends. */
  parent: { readonly name: string; readonly template: Template; readonly place: Place } | undefined
  /** The block that is being printed, and how often `super` has led to it. */
  readonly block: { readonly name: string; readonly level: number } | undefined
}

/** Everything that templates share while one file is rendered for one target. */
export class Rendering implements Members {
  readonly own = new WeakSet<object>()
  readonly facts: object
  #rounds = 0
  #depth = 0

  constructor(
    private readonly scope: Scope,
    /** Where templates are looked up, after the folder of the one that asks. */
    readonly folders: readonly string[],
    readonly store: TemplateStore,
  ) {
    this.facts = scope.facts
  }

  /** The value of a name that no template defines. */
  lookup(name: string): unknown {
    if ((reservedNames as readonly string[]).includes(name)) return this.scope[name as (typeof reservedNames)[number]]
    return Object.hasOwn(this.scope.variables, name) ? this.scope.variables[name] : globals.get(name)
  }

  get names(): readonly string[] {
    return [...reservedNames, ...Object.keys(this.scope.variables), ...globals.keys()]
  }

  /** Counts one round of a loop or one call of a macro, so that no template runs forever. */
  countRound(): void {
    if (++this.#rounds > maxRounds) throw new Refusal(`the template makes more than ${maxRounds} rounds of loops`)
  }

  /** Does something inside of a template or macro that another one uses. */
  nest<T>(what: string, action: () => T): T {
    if (this.#depth >= maxDepth) throw new Refusal(`${what} uses itself without end`, 'stop with a condition')
    this.#depth++
    const result = action()
    this.#depth--
    return result
  }
}
