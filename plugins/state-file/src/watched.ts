import { createHash } from 'node:crypto'
import { defineState, entry, path, type StateFunction } from '@prove/core'
import { missingParents, obstacleTo } from '@prove/core/files'
import { watchedExamples } from './watched-examples.js'

/** What an agent hears of changes of, by links with these names: it looks here when it starts. */
const folder = '/var/lib/prove/watches'

const marker = (watched: string): string =>
  `${folder}/${createHash('sha256').update(watched).digest('hex').slice(0, 32)}`

/** Keep an eye on a path, and act at once when somebody changes it. */
export const watched: StateFunction = defineState({
  name: 'file.watched',
  about: 'Hear of changes of a file or a directory at once, and do then what this state notifies.',
  details: `For targets with an agent: a shell that is gone hears nothing. The agent keeps watching when the run is over, and after a boot.
When the path is changed, made or removed, by whomever, it applies the states that this one notifies, with what they require, as they were in the last run: a file that
somebody edited is as declared again a moment later. What it did is in its log, \`journalctl -u prove-agent\`.

Of a directory what lies directly in it counts. Changes by runs of Prove count as well; they find everything as declared.

A state that is taken out of the catalog is watched for no longer, from the next run on.`,
  main: 'path',
  args: { path: path('What is watched; it need not exist.') },
  examples: watchedExamples,
  needs: 'agent',
  native: { watch: ({ path: at }) => [at] },

  reads: ({ path: at }) => ({ now: entry(marker(at)) }),

  check: ({ path: at }, { now }) => {
    if (now.type === 'link' && now.target === at) return []
    return obstacleTo(marker(at), now, true) ?? [{ field: 'watched', from: false, to: true }]
  },

  apply: ({ path: at }, { now }) => [
    { kind: 'file.link', path: marker(at), target: at, parents: missingParents(marker(at), now) } as const,
  ],
})
