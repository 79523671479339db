import { defineMeta, type MetaState } from '@prove/core'
import { members, membersOf } from './members.js'

/** States that belong together. */
export const group: MetaState = defineMeta({
  name: 'meta.group',
  about: 'Keep states together: notified, required and, where they fail, made up for as one.',
  args: {
    members: members('The states of the group, under the normal rules of order.'),
    rescue: members(
      'What runs when all members have ended and one failed; where it succeeds the group has.',
    ).optional(),
    always: members('What runs last, whatever happened, unless the group never began.').optional(),
  },
  shape: ({ members: all, rescue, always }) => ({
    members: membersOf(all, ['members']),
    rescue: membersOf(rescue, ['rescue']),
    always: membersOf(always, ['always']),
  }),
})
