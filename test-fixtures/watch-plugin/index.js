import { definePlugin, defineState, entry, path } from '@prove/core'

/** What a shell cannot do: to hear of a change at once. */
const watched = defineState({
  name: 'watch.watched',
  about: 'Keep an eye on a file.',
  main: 'path',
  args: { path: path('The file.') },
  reads: ({ path: at }) => ({ now: entry(at) }),
  check: () => {
    throw new Error('nothing is asked or done where there is no agent')
  },
  apply: () => [],
  needs: 'agent',
})

export default definePlugin({ name: 'state-watch', core: '^0.1.0', states: [watched] })
