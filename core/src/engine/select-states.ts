import type { CompiledState } from '../contracts/compiled.js'

/**
 * The states that run when only some of them are asked for, by their full ids: those, what they require and use, and what
 * belongs to groups among them. All others become lazy: they run when something that changed notifies them, so no
 * notification is lost. A lazy state that is asked for runs, and one behind a gate does not wait for it.
 */
export const selectStates = (
  states: readonly CompiledState[],
  asked: ReadonlySet<string>,
): readonly CompiledState[] => {
  const byId = new Map(states.map((state) => [state.id, state]))
  const wanted = new Set<string>()
  const open = [...asked]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const state = byId.get(id)
    if (state === undefined || wanted.has(id)) continue
    wanted.add(id)
    const { requires, uses = [], group } = state
    open.push(...requires, ...uses, ...(group === undefined ? [] : membersOf(group)))
  }
  return states.map((state) => {
    if (asked.has(state.of ?? state.id) || asked.has(state.id)) return opened(state)
    return wanted.has(state.id) || state.group !== undefined ? state : { ...state, lazy: true }
  })
}

const membersOf = ({ members, rescue, always }: NonNullable<CompiledState['group']>): readonly string[] => [
  ...members,
  ...rescue,
  ...always,
]

const opened = ({ gates: _gates, ...state }: CompiledState): CompiledState => ({ ...state, lazy: false })
