import type { CompiledGroup, CompiledState, Gate } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import type { WrittenGroup, WrittenMember } from './expand.js'

/** A state whose references are full ids, before the groups are linked: lists are added to. */
export interface Draft {
  readonly id: string
  readonly of?: string
  readonly state: Pick<CompiledState, 'parts' | 'notifications' | 'place' | 'with' | 'uses'>
  requires: string[]
  after: string[]
  lazy: boolean
  defer: boolean
  gates: Gate[]
  readonly written?: WrittenGroup
  group?: CompiledGroup
}

/** Finds the full ids that a member means; none after the error was told. */
export type FindMember = (draft: Draft, member: WrittenMember) => readonly string[]

/**
 * Links groups with what belongs to them: members take part in what the group requires and how it runs, branches come after
 * the members, and the group itself comes last. Returns all states in the order of declaration, with further runs of those
 * that a sequence names again.
 */
export const linkGroups = (drafts: readonly Draft[], find: FindMember, diagnostics: Diagnostics): readonly Draft[] =>
  new Linking(drafts, find, diagnostics).run()

class Linking {
  readonly #byId: Map<string, Draft>
  readonly #all: Draft[]

  constructor(
    drafts: readonly Draft[],
    private readonly find: FindMember,
    private readonly diagnostics: Diagnostics,
  ) {
    this.#byId = new Map(drafts.map((draft) => [draft.id, draft]))
    this.#all = [...drafts]
  }

  run(): readonly Draft[] {
    const groups = this.#all.filter(({ written }) => written !== undefined)
    for (const draft of groups) this.#resolve(draft)
    for (const draft of groups) if (this.#holdsItself(draft)) return []
    // The inner ones are declared first: what outer ones give comes on top.
    for (const draft of groups) this.#link(draft)
    for (const draft of groups) if (draft.written?.inSequence === true) this.#chain(draft)
    for (const draft of this.#all) {
      draft.requires = draft.requires.flatMap((id) => this.#requirement(id))
    }
    return this.#all
  }

  /** Every state in a group, also of the groups inside it; those too when `groups` is set. */
  within(id: string, groups = false): readonly string[] {
    const group = this.#byId.get(id)?.group
    if (group === undefined) return [id]
    const inner = [...group.members, ...group.rescue, ...group.always].flatMap((each) => this.within(each, groups))
    return groups ? [...inner, id] : inner
  }

  #resolve(draft: Draft): void {
    const { written } = draft
    if (written === undefined) return
    const ids = (members: readonly WrittenMember[]): readonly string[] =>
      members.flatMap((member) => this.find(draft, member))
    draft.group = written.inSequence
      ? { members: this.#again(draft, ids(written.members)), rescue: [], always: [] }
      : { members: ids(written.members), rescue: ids(written.rescue), always: ids(written.always) }
  }

  /** What a sequence names again gets further runs of its own, just before the sequence ends. */
  #again(draft: Draft, ids: readonly string[]): readonly string[] {
    const times = new Map<string, number>()
    return ids.flatMap((id) => {
      const time = (times.get(id) ?? 0) + 1
      times.set(id, time)
      const base = this.#byId.get(id)
      if (time === 1 || base === undefined) return id
      if (base.written !== undefined) {
        const message = `${draft.id} cannot run the group ${id} a second time`
        this.diagnostics.add('PRV_STATE_SHAPE', message, { place: draft.state.place, hint: 'name its members' })
        return []
      }
      const copy: Draft = {
        ...base,
        id: `${id}#${this.#count(id) + 1}`,
        of: id,
        requires: [...base.requires],
        after: [...base.after],
        gates: [...base.gates],
        lazy: false,
      }
      this.#byId.set(copy.id, copy)
      this.#all.splice(this.#all.indexOf(draft), 0, copy)
      return copy.id
    })
  }

  #count(id: string): number {
    return this.#all.filter((draft) => draft.id === id || draft.of === id).length
  }

  #holdsItself(draft: Draft): boolean {
    const seen = new Set<string>()
    const holds = (id: string): boolean => {
      const group = this.#byId.get(id)?.group
      if (group === undefined || seen.has(id)) return false
      seen.add(id)
      const inner = [...group.members, ...group.rescue, ...group.always]
      return inner.includes(draft.id) || inner.some(holds)
    }
    if (!holds(draft.id)) return false
    this.diagnostics.add('PRV_STATE_CYCLE', `the group ${draft.id} holds itself`, {
      place: draft.state.place,
      hint: 'name states in it, and no group that it is a part of',
    })
    return true
  }

  #link(draft: Draft): void {
    const { id, group } = draft
    if (group === undefined) return
    const all = (ids: readonly string[]): readonly string[] => ids.flatMap((each) => this.within(each, true))
    const [members, rescue, always] = [all(group.members), all(group.rescue), all(group.always)]
    for (const each of this.#drafts([...members, ...rescue, ...always])) {
      each.requires.push(...draft.requires)
      each.after.push(...draft.after)
      each.lazy ||= draft.lazy
      each.defer ||= draft.defer
    }
    for (const each of this.#drafts(rescue)) {
      each.gates.unshift({ group: id, as: 'rescue' })
      each.after.push(...members)
    }
    for (const each of this.#drafts(always)) {
      each.gates.unshift({ group: id, as: 'always' })
      each.after.push(...members, ...rescue)
    }
    const inner = this.#drafts([...members, ...rescue, ...always])
    draft.after = [...draft.after, ...inner.map((each) => each.id)]
    draft.requires = []
    draft.defer ||= inner.some(({ defer }) => defer)
  }

  /** Each entry of a sequence stands on the one before. */
  #chain({ group, lazy }: Draft): void {
    let before: string | undefined
    for (const id of group?.members ?? []) {
      for (const each of this.#drafts(this.within(id))) {
        // To be named in a sequence is to be asked for, where the sequence is.
        each.lazy = lazy
        if (before !== undefined) each.requires.push(before)
      }
      before = id
    }
  }

  /** A group that can make up for a failure is required itself, any other by its members. */
  #requirement(id: string): readonly string[] {
    const group = this.#byId.get(id)?.group
    if (group === undefined || group.rescue.length + group.always.length > 0) return [id]
    return group.members.flatMap((each) => this.#requirement(each))
  }

  #drafts(ids: readonly string[]): readonly Draft[] {
    return ids.flatMap((id) => this.#byId.get(id) ?? [])
  }
}
