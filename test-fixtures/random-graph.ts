import fc from 'fast-check'

/** A notification of a state by its number; `with` is a variable of that invocation. */
export interface Notify {
  readonly to: number
  readonly with?: number | undefined
}

export interface GraphState {
  /** Whether its file is there before the run. */
  readonly isThere: boolean
  /** It cannot be done. */
  readonly fails: boolean
  readonly lazy: boolean
  readonly defer: boolean
  /** Numbers of earlier states. */
  readonly requires: readonly number[]
  /** Numbers of groups whose members all come earlier. */
  readonly groups: readonly number[]
  readonly notify: readonly Notify[]
}

export interface GraphGroup {
  /** Numbers of states. */
  readonly members: readonly number[]
  readonly hasRescue: boolean
  readonly notify: readonly Notify[]
}

export interface Graph {
  readonly states: readonly GraphState[]
  readonly groups: readonly GraphGroup[]
}

/** A number of whatever there is, or of whatever comes earlier. */
const number = fc.nat(999)

const seldom = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })
const notify = fc.array(
  fc.record({ to: number, with: fc.option(fc.nat(1), { nil: undefined, freq: 2 }) }, { requiredKeys: ['to'] }),
  { maxLength: 2 },
)

const drawnState = fc.record({
  isThere: fc.boolean(),
  fails: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  lazy: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  defer: seldom,
  requires: fc.array(number, { maxLength: 2 }),
  groups: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(number, { maxLength: 1 }) },
  ),
  notify,
})

const drawnGroup = fc.record({
  members: fc.array(number, { minLength: 1, maxLength: 4 }),
  hasRescue: fc.boolean(),
  notify,
})

const distinct = (all: readonly number[], below: number): readonly number[] =>
  below === 0 ? [] : [...new Set(all.map((each) => each % below))]

/** Hard edges lead to earlier states alone, and not to those that run at the end from those that do not. */
const permitted = ({ states, groups }: Graph): Graph => {
  const isLate = (i: number): boolean => states[i]?.defer ?? false
  const known = groups.map((group) => {
    const members = distinct(group.members, states.length)
    // A branch comes after the members and is not deferred.
    return { ...group, members: group.hasRescue ? members.filter((i) => !isLate(i)) : members }
  })
  return {
    groups: known,
    states: states.map((state, i) => ({
      ...state,
      requires: distinct(state.requires, i).filter((other) => state.defer || !isLate(other)),
      groups: distinct(state.groups, known.length).filter((g) =>
        (known[g]?.members ?? []).every((member) => member < i && (state.defer || !isLate(member))),
      ),
    })),
  }
}

/** Notifications that never come back: circles are failures, and have cases of their own. */
const withoutCircles = ({ states, groups }: Graph): Graph => {
  const count = states.length
  // Groups are numbered behind the states; what a member does may make its group notify.
  const edges: Set<number>[] = [...states, ...groups].map(() => new Set<number>())
  for (const [g, { members }] of groups.entries()) for (const i of members) edges[i]?.add(count + g)
  const leads = (from: number, to: number, seen = new Set<number>()): boolean => {
    if (from === to) return true
    if (seen.has(from)) return false
    seen.add(from)
    return [...(edges[from] ?? [])].some((next) => leads(next, to, seen))
  }
  const kept = (own: number, all: readonly Notify[]): readonly Notify[] =>
    all
      .map((each) => ({ ...each, to: each.to % count }))
      .filter(({ to }) => {
        if (leads(to, own)) return false
        edges[own]?.add(to)
        return true
      })
  return {
    states: states.map((state, i) => ({ ...state, notify: kept(i, state.notify) })),
    groups: groups.map((group, g) => ({ ...group, notify: kept(count + g, group.notify) })),
  }
}

/** States that each own a file, under groups that name them. */
export const randomGraph: fc.Arbitrary<Graph> = fc
  .record({
    states: fc.array(drawnState, { minLength: 1, maxLength: 30 }),
    groups: fc.array(drawnGroup, { maxLength: 4 }),
  })
  .map((drawn) => withoutCircles(permitted(drawn)))

const calls = (all: readonly Notify[]): unknown =>
  all.map(({ to, with: given }) => (given === undefined ? `s${to}` : { state: `s${to}`, with: { n: given } }))

/** As they would be written; `order` is that of their declaration. */
export const writtenOf = ({ states, groups }: Graph, order = states.map((_, i) => i)): Record<string, unknown> => {
  const written = order.flatMap((i) => {
    const state = states[i]
    if (state === undefined) return []
    const { fails, lazy, defer, requires, groups: needed } = state
    const fields = {
      ...(lazy ? { lazy } : {}),
      ...(defer ? { defer } : {}),
      requires: [...requires.map((each) => `s${each}`), ...needed.map((each) => `g${each}`)],
      notify: calls(state.notify),
    }
    const path = fails ? `/no/${i}` : `/etc/${i}`
    return [[`s${i}`, { 'file.managed': { path, content: 'x' }, ...fields }] as const]
  })
  const around = groups.map(({ members, hasRescue, notify: told }, g) => {
    const rescue = { r: { 'file.managed': { path: `/etc/r${g}`, content: 'x' } } }
    const group = { members: members.map((i) => `s${i}`), ...(hasRescue ? { rescue } : {}) }
    return [`g${g}`, { 'meta.group': group, notify: calls(told) }] as const
  })
  return Object.fromEntries([...written, ...around])
}
