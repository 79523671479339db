import { defineMeta, type MetaState } from '@prove/core'
import { groupExamples } from './examples.js'
import { members, membersOf } from './members.js'

/** States that belong together. */
export const group: MetaState = defineMeta({
  name: 'meta.group',
  about: 'Keep states together: notified, required and, where they fail, made up for as one.',
  details: `Members run under the normal rules of order. When all have ended and one has failed, \`rescue\` runs; where it succeeds the
group is *rescued*: it satisfies \`requires\`, and the failure does not fail the run. \`always\` runs last, also after Ctrl-C, unless
no member has begun.

What a group requires, its members require; \`lazy\`, \`defer\`, \`when\`, \`with\`, \`retry\`, \`timeout\`, \`run_as\` and \`env\` are its
members' too. Members are written in place or named, and their ids are \`GROUP/MEMBER\`.`,
  args: {
    members: members('The states of the group, under the normal rules of order.'),
    rescue: members(
      'What runs when all members have ended and one failed; where it succeeds the group has.',
    ).optional(),
    always: members('What runs last, whatever happened, unless the group never began.').optional(),
  },
  examples: groupExamples,
  shape: ({ members: all, rescue, always }) => ({
    members: membersOf(all, ['members']),
    rescue: membersOf(rescue, ['rescue']),
    always: membersOf(always, ['always']),
  }),
})
