import type { CompiledState, LateRead, MetaState, Notification, Scope } from '@prove/core'
import { holdsLate } from '@prove/core'
import { type Diagnostics, includedFrom } from './diagnostics.js'
import { expand, type ExpandedState, type WrittenMember } from './expand.js'
import { callsOf, type Fields } from './fields.js'
import { LateValues, statesUsedBy } from './late-values.js'
import { type Draft, linkGroups } from './link-groups.js'
import { order, type UnorderedState } from './order.js'
import { PartCompiler, type PartGround } from './part-compiler.js'
import { type ReferenceField, referencesOf } from './parse-states.js'
import { References } from './references.js'
import { tellRivals } from './rivals.js'
import type { Unit } from './units.js'

/** States in the order they will run, and the facts that must be gathered before they can be known. */
export interface Compilation {
  readonly states: readonly CompiledState[]
  readonly needed: ReadonlySet<string>
}

export interface CompileGround extends PartGround {
  readonly metas: { get(name: string): MetaState | undefined }
  /** Reads that late values can ask, by name. */
  readonly lateReads: ReadonlyMap<string, LateRead>
}

/**
 * Makes plain data of written states: groups expanded, arguments validated, references resolved, in the order they will run.
 * Where errors were told, the states are those that are left.
 */
export const compile = (units: readonly Unit[], ground: CompileGround, diagnostics: Diagnostics): Compilation => {
  const needed = new Set<string>()
  const files = units.map((unit) => new FileCompiler(unit, ground, needed, diagnostics))
  const references = new References(files, diagnostics)
  const listeners = new Listeners()
  const drafts = files.flatMap((file) => file.states.map((state) => file.draft(state, references, listeners)))
  const byDraft = new Map(drafts.map(({ draft, find }) => [draft.id, find]))
  const linked = linkGroups(
    drafts.map(({ draft }) => draft),
    (draft, member) => byDraft.get(draft.id)?.(member) ?? [],
    diagnostics,
  )
  const receivers = new Receivers(linked, diagnostics)
  const states = linked.map((draft) => unordered(draft, listeners, receivers))
  tellRivals(states, ground.functions, diagnostics)
  return { states: order(states, diagnostics), needed }
}

/** One file as one target sees it. */
class FileCompiler {
  readonly id: string
  readonly prefix: string
  readonly chain: Unit['chain']
  readonly states: readonly ExpandedState[]
  readonly #late: LateValues
  readonly #parts: PartCompiler
  readonly #scope: Scope

  constructor(
    unit: Unit,
    private readonly ground: CompileGround,
    needed: Set<string>,
    all: Diagnostics,
  ) {
    const diagnostics = includedFrom(all, unit.chain)
    const { scope } = unit.context
    this.id = unit.id
    this.prefix = unit.prefix
    this.chain = unit.chain
    this.#scope = scope
    this.#late = new LateValues({ scope, calls: ground.lateReads, diagnostics, needed })
    this.#parts = new PartCompiler(ground, unit, this.#late, needed, diagnostics)
    this.states = expand(unit.states, { metas: ground.metas, late: this.#late, diagnostics, needed })
  }

  draft(state: ExpandedState, references: References, listeners: Listeners) {
    const id = `${this.id}:${state.name}`
    const find = (field: ReferenceField): string[] =>
      referencesOf(state, field).flatMap((name) => references.find(name, this, state, field))
    const stateOf = (name: string): string | undefined => references.findOutputs(name, this, state)
    const listens = listeners.add(id, 'changed', find('listen')) + listeners.add(id, 'failed', find('listen_failure'))
    const parts = state.parts.flatMap((part) => this.#parts.compile(part, { state, stateOf }) ?? [])
    const notifications = this.#notifications(state, references, stateOf)
    const given = this.#with(state, stateOf)
    const isLate =
      holdsLate([given, notifications]) ||
      parts.some(({ late, guards }) => late !== undefined || guards.when !== undefined)
    const whens = parts.flatMap(({ guards }) => (guards.when === undefined ? [] : [{ $late: guards.when }]))
    const args = parts.flatMap((part) => (part.late ?? []).map((name) => part.args[name]))
    const uses = [...statesUsedBy([given, notifications, whens, args])].filter((other) => other !== id)
    const isSet = (name: 'lazy' | 'defer'): boolean =>
      state.fields[name] === true || state.parts.some(({ fields }) => fields[name] === true)
    const isLazyByNature =
      state.parts.length > 0 &&
      state.fields['lazy'] !== false &&
      state.parts.every(({ fn, fields }) => fields['lazy'] !== false && this.ground.functions.get(fn)?.lazy === true)
    const draft: Draft = {
      id,
      state: {
        parts,
        notifications,
        place: state.place,
        ...(isLate && Object.keys(given).length > 0 ? { with: given } : {}),
        ...(uses.length === 0 ? {} : { uses }),
      },
      requires: find('requires'),
      after: [...find('after'), ...uses],
      lazy: listens > 0 || isSet('lazy') || isLazyByNature,
      defer: isSet('defer'),
      gates: [],
      ...(state.group === undefined ? {} : { written: state.group }),
    }
    const findMember = (member: WrittenMember): readonly string[] =>
      'own' in member
        ? [`${this.id}:${member.own}`]
        : references.find(member.named, this, state, 'members', member.path)
    return { draft, find: findMember }
  }

  /** Variables of every invocation: those of the file's instance, of the groups around, and its own. */
  #with(state: ExpandedState, stateOf: (name: string) => string | undefined): Readonly<Record<string, unknown>> {
    const { loaded, path, names = {} } = state
    const fields: readonly Fields[] = [...state.inherited, state.fields, ...state.parts.map((part) => part.fields)]
    const written = Object.assign({}, this.#scope.with, ...fields.map((each) => each.with)) as Record<string, unknown>
    if (!holdsLate(written)) return written
    const resolved = this.#late.resolve(written, { loaded, path: [...path, 'with'], names }, stateOf)
    return (resolved ?? {}) as Readonly<Record<string, unknown>>
  }

  /** What a state says about whom it notifies: for all of its parts, or for one. */
  #notifications(
    state: ExpandedState,
    references: References,
    stateOf: (name: string) => string | undefined,
  ): readonly Notification[] {
    const { loaded, path, names = {} } = state
    const sources = [
      { fields: state.fields, part: {}, path },
      ...state.parts.map((part, i) => ({ fields: part.fields, part: { part: i }, path: part.path })),
    ]
    return sources.flatMap(({ fields, part, path: at }) =>
      (['notify', 'notify_failure'] as const).flatMap((field) => {
        const on = field === 'notify' ? ('changed' as const) : ('failed' as const)
        const calls = callsOf(fields[field])
        const plain = calls.filter((call) => call.with === undefined)
        const found = plain.flatMap((call) => references.find(call.state, this, state, field))
        const given = calls.flatMap((call): readonly Notification[] => {
          if (call.with === undefined) return []
          const states = references.find(call.state, this, state, field)
          const variables = this.#late.resolve(call.with, { loaded, path: [...at, field], names }, stateOf)
          return variables === undefined ? [] : [{ on, ...part, states, with: variables as Record<string, unknown> }]
        })
        return found.length === 0 ? given : [{ on, ...part, states: found }, ...given]
      }),
    )
  }
}

/** The inverse of notifications, written at the receiver. */
class Listeners {
  readonly #byState = new Map<string, Notification[]>()

  /** Returns how many states it listens to. */
  add(receiver: string, on: Notification['on'], states: readonly string[]): number {
    for (const id of states) this.#byState.set(id, [...this.of(id), { on, states: [receiver] }])
    return states.length
  }

  of(id: string): readonly Notification[] {
    return this.#byState.get(id) ?? []
  }
}

/** Who is meant when a group is notified: every lazy state in it. */
class Receivers {
  readonly #byId: ReadonlyMap<string, Draft>

  constructor(
    drafts: readonly Draft[],
    private readonly diagnostics: Diagnostics,
  ) {
    this.#byId = new Map(drafts.map((draft) => [draft.id, draft]))
  }

  of(id: string, by: Draft): readonly string[] {
    const within = this.#within(id)
    const isGroup = this.#byId.get(id)?.group !== undefined
    const lazy = isGroup ? within.filter((each) => this.#byId.get(each)?.lazy === true) : within
    if (isGroup && within.length > 0 && lazy.length === 0) {
      this.diagnostics.add('PRV_STATE_SHAPE', `${by.id} notifies the group ${id}, in which no state is lazy`, {
        place: by.state.place,
        hint: 'notify one of its states by name, or mark those that are to be woken: lazy: true',
      })
    }
    return lazy
  }

  #within(id: string): readonly string[] {
    const group = this.#byId.get(id)?.group
    if (group === undefined) return [id]
    // Branches are not woken: what becomes of the members opens them.
    return group.members.flatMap((each) => this.#within(each))
  }
}

const unordered = (draft: Draft, listeners: Listeners, receivers: Receivers): UnorderedState => {
  const { id, of, state, requires, after, lazy, defer, gates, group } = draft
  const told = [...state.notifications, ...listeners.of(of ?? id)]
  return {
    ...state,
    id,
    ...(of === undefined ? {} : { of }),
    requires: [...new Set(requires)],
    after: [...new Set(after)],
    lazy,
    ...(defer ? { defer } : {}),
    notifications: told.map((each) => ({ ...each, states: each.states.flatMap((one) => receivers.of(one, draft)) })),
    ...(gates.length === 0 ? {} : { gates }),
    ...(group === undefined ? {} : { group }),
  }
}
