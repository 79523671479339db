import { defineMeta, type MetaState } from '@prove/core'
import { sequenceExamples } from './examples.js'
import { members, membersOf } from './members.js'

/** States one after the other. */
export const sequence: MetaState = defineMeta({
  name: 'meta.sequence',
  about:
    'Run states one after the other, lazy or not, each when the one before has succeeded; a named one may come again.',
  main: 'states',
  details: `Each state is written in place, under a key, or named. A named state may come several times.`,
  examples: sequenceExamples,
  args: { states: members('The states, in order.') },
  shape: ({ states }) => ({ members: membersOf(states, ['states']), inSequence: true }),
})
