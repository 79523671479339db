import { FactsNeeded, holdsLate, isLateValue, type Member, type MetaState, type ValuePath } from '@prove/core'
import { knownOnly, named, parsed } from './arguments.js'
import type { Diagnostics } from './diagnostics.js'
import { fieldPath } from './field-path.js'
import { type FieldName, type Fields, mayBeLate, readField } from './fields.js'
import type { LateValues } from './late-values.js'
import { parseState, type WrittenPart, type WrittenState } from './parse-states.js'
import { valueAt } from './value-at.js'

/** A state of a group: one that is written inside it, by its name in the unit; or one that is named. */
export type WrittenMember = { readonly own: string } | { readonly named: string; readonly path: ValuePath }

export interface WrittenGroup {
  readonly members: readonly WrittenMember[]
  readonly rescue: readonly WrittenMember[]
  readonly always: readonly WrittenMember[]
  readonly inSequence: boolean
}

/** A state of which nothing but references is left to be found out. */
export interface ExpandedState extends WrittenState {
  /** Set where a meta-state made a group of it; it has no parts then. */
  readonly group?: WrittenGroup
}

export interface ExpandGround {
  readonly metas: { get(name: string): MetaState | undefined }
  readonly late: LateValues
  readonly diagnostics: Diagnostics
  /** Facts that nobody has gathered. */
  readonly needed: Set<string>
}

/** States in each other deeper than this have no end. */
const depthLimit = 50

/** Makes groups of meta-states and states of what is written in them, and reads the fields that had to wait for a target. */
export const expand = (states: readonly WrittenState[], ground: ExpandGround): readonly ExpandedState[] => {
  const expansion = new Expansion(ground)
  return states.flatMap((state) => expansion.state(state, 0))
}

class Expansion {
  constructor(private readonly ground: ExpandGround) {}

  state(written: WrittenState, depth: number): readonly ExpandedState[] {
    const state = this.#withFields(written)
    const meta = state.parts.flatMap((part) => {
      const found = this.ground.metas.get(part.fn)
      return found === undefined ? [] : [{ part, found }]
    })[0]
    if (meta === undefined) return [state]
    if (state.parts.length > 1 || depth > depthLimit) {
      const message =
        depth > depthLimit ? 'meta-states nest too deep' : `${meta.found.name} cannot stand beside other parts`
      this.ground.diagnostics.add('PRV_STATE_SHAPE', message, {
        place: meta.part.place,
        hint: 'give it a state of its own',
      })
      return []
    }
    try {
      return this.#group(state, meta.part, meta.found, depth)
    } catch (error) {
      if (!(error instanceof FactsNeeded)) throw error
      for (const name of error.facts) this.ground.needed.add(name)
      return []
    }
  }

  #group(state: WrittenState, part: WrittenPart, meta: MetaState, depth: number): readonly ExpandedState[] {
    const { diagnostics } = this.ground
    const found = named(part, state, meta, diagnostics)
    if (found === undefined) return []
    const { written, placeOf } = found
    const placeOfKey = (key: string) => state.loaded.placeOfKey([...part.path, key])
    const values = this.#settled(knownOnly(found, meta, placeOfKey, diagnostics), state, part)
    // Undefined: the error was told.
    if (Object.entries(values).some(([name, value]) => value === undefined && written[name] !== undefined)) return []
    const places = { place: part.place, placeOf }
    const args = parsed(meta, values, [], places, diagnostics)
    if (args === undefined || Object.keys(values).length < Object.keys(written).length) return []
    const shape = meta.shape(args)
    if ('problem' in shape) {
      const { problem, path, hint } = shape
      diagnostics.add('PRV_ARGUMENT_INVALID', problem, { place: placeOf(path), hint })
      return []
    }
    const fields = { ...state.fields, ...part.fields }
    this.#refuseGuards(fields, state, part, meta)
    const inherited = [...state.inherited, fields]
    const nested: ExpandedState[] = []
    const at = (path: ValuePath): ValuePath => [...part.path, ...(found.isMain ? path.slice(1) : path)]
    const branch = (members: readonly Member[] = []): readonly WrittenMember[] =>
      members.flatMap((member): readonly WrittenMember[] => {
        if ('state' in member) return [{ named: member.state, path: at(member.path) }]
        const made = this.#nested(
          { ...state, inherited },
          member,
          at(member.path),
          member.made ?? valueAt(args, member.path),
        )
        if (made === undefined) return []
        nested.push(...this.state(made, depth + 1))
        return [{ own: made.name }]
      })
    const group = {
      members: branch(shape.members),
      rescue: branch(shape.rescue),
      always: branch(shape.always),
      inSequence: shape.inSequence === true,
    }
    return [...nested, { ...state, parts: [], fields, group }]
  }

  /** A state that is written in the arguments. */
  #nested(
    { name, loaded, inherited, names }: WrittenState,
    member: Extract<Member, { suffix: string }>,
    path: ValuePath,
    value: unknown,
  ): WrittenState | undefined {
    const given = member.names === undefined ? {} : this.#known(member.names, path, loaded)
    const site = { name: `${name}${member.suffix}`, path, loaded, inherited, names: { ...names, ...given } }
    return parseState(site, value, this.ground.diagnostics)
  }

  /** Arguments that are late values themselves must be known here; those inside states wait for these. */
  #settled(
    values: Readonly<Record<string, unknown>>,
    state: WrittenState,
    { path }: WrittenPart,
  ): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        isLateValue(value) ? this.#constant(value, [...path, name], state) : value,
      ]),
    )
  }

  #known(
    names: Readonly<Record<string, unknown>>,
    path: ValuePath,
    loaded: WrittenState['loaded'],
  ): Readonly<Record<string, unknown>> {
    return holdsLate(names) ? (this.#constant(names, path, { loaded }) as Readonly<Record<string, unknown>>) : names
  }

  #withFields(state: WrittenState): WrittenState {
    const fields = this.#fields(state.fields, state.path, state)
    const parts = state.parts.map((part) => {
      const own = this.#fields(part.fields, part.path, state)
      return own === part.fields ? part : { ...part, fields: own }
    })
    const isSame = fields === state.fields && parts.every((part, i) => part === state.parts[i])
    return isSame ? state : { ...state, fields, parts }
  }

  /** Fields with late values that the compiler can know, read now. */
  #fields(fields: Fields, path: ValuePath, state: WrittenState): Fields {
    const late = Object.entries(fields).filter(
      ([name, value]) => !mayBeLate(name as FieldName) && typeof value === 'object' && holdsLate(value),
    )
    if (late.length === 0) return fields
    const { diagnostics } = this.ground
    const read = late.flatMap(([name, value]) => {
      const at = fieldPath(state.loaded.data, path, name as FieldName, value)
      const known = this.#constant(value, at, state)
      const found =
        known === undefined
          ? undefined
          : readField(name as FieldName, known, (inner) => state.loaded.placeOf([...at, ...inner]), diagnostics)
      return found === undefined ? [] : [[name, found] as const]
    })
    const rest = Object.entries(fields).filter(([name]) => !late.some(([other]) => other === name))
    return Object.fromEntries([...rest, ...read]) as Fields
  }

  /** A value that must be known without asking the target; undefined after the error was told. */
  #constant(value: unknown, path: ValuePath, state: Pick<WrittenState, 'loaded' | 'names'>): unknown {
    const { late, diagnostics } = this.ground
    const known = late.resolve(value, { path, loaded: state.loaded, names: state.names ?? {} })
    if (known === undefined || !holdsLate(known)) return known
    diagnostics.add('PRV_LATE_INVALID', 'this late value is known only in the middle of a run', {
      place: state.loaded.placeOf(path),
      hint: 'what asks the target can stand in arguments of state functions, in "when" and in "with"',
    })
    return undefined
  }

  /** They would be looked at again before each member, when earlier ones may have changed the answer. */
  #refuseGuards(fields: Fields, { loaded }: WrittenState, { path }: WrittenPart, { name }: MetaState): void {
    const guard = (['unless', 'onlyif', 'creates'] as const).find((each) => fields[each] !== undefined)
    if (guard === undefined) return
    this.ground.diagnostics.add('PRV_FIELD_INVALID', `${name} cannot have the guard "${guard}"`, {
      place: loaded.placeOfKey(fieldPath(loaded.data, path, guard, fields[guard])),
      hint: 'give it to the members',
    })
  }
}
