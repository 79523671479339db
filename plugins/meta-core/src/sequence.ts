import { defineMeta, type MetaState } from '@prove/core'
import { members, membersOf } from './members.js'

/** States one after the other. */
export const sequence: MetaState = defineMeta({
  name: 'meta.sequence',
  about:
    'Run states one after the other, lazy or not, each when the one before has succeeded; a named one may come again.',
  main: 'states',
  args: { states: members('The states, in order.') },
  shape: ({ states }) => ({ members: membersOf(states, ['states']), inSequence: true }),
})
